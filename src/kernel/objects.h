#pragma once

// The BPF objects that the build compiled, embedded.
extern "C" {
// xdp.bpf.c and tc.bpf.c, linked.
extern const unsigned char jsxdp_dataplane_object[];
extern const unsigned char jsxdp_dataplane_object_end[];
}
