#pragma once

#include <array>
#include <cstdint>
#include <expected>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/control.h"
#include "load/routing.h"

struct bpf_object;

namespace jsxdp::load {

// Which hook answers on an interface. TC is always attached, since it adopts what
// nobody answers; XDP comes in front of it where it pays.
enum class Mode : uint8_t {
  kTc,          // TC alone: any interface, lo too, and veth with a plain peer
  kXdpNative,   // XDP in the driver, then TC
  kXdpGeneric,  // XDP in the network stack, then TC
};

// Numbers by enum jx_count, summed over the CPUs.
using Counts = std::array<uint64_t, JX_N_COUNTS>;

// The programs of one route, file descriptors of loaded programs (not kept).
struct RouteProgram {
  std::string pattern;
  int xdp = -1;
  int tc = -1;
};

// The data plane in the kernel: loaded, configured, attached. Destroying it
// detaches it. Errors are messages for the user, with the kernel's reason.
class DataPlane {
 public:
  struct Options {
    uint16_t port = 0;        // host byte order
    bool standalone = false;  // no server behind: answer 404 instead of passing
  };

  // Loads the programs and maps. Needs CAP_BPF, CAP_NET_ADMIN and CAP_PERFMON.
  static std::expected<DataPlane, std::string> load(const Options& options);

  DataPlane(DataPlane&&) noexcept;
  DataPlane& operator=(DataPlane&&) noexcept;
  ~DataPlane();

  // Makes every map of `object` that the data plane has too (by name) be the data
  // plane's. To be called before the object is loaded.
  std::expected<void, std::string> share_maps(bpf_object* object) const;

  // Replaces all routes by a new build, atomically: requests are answered by the
  // old build or by the new one, and a retransmission by the one that answered
  // first. The builds before the last three are forgotten.
  std::expected<void, std::string> set_routes(std::span<const RouteProgram> routes);

  // Attaches to an interface of the calling thread's network namespace, and
  // answers on its addresses from now on. Ethernet and loopback only.
  std::expected<void, std::string> attach(const std::string& interface, Mode mode);

  // Answers on this address (IPv4 or IPv6, as text) as well.
  std::expected<void, std::string> add_address(const std::string& address);

  // Takes the programs off all interfaces. To be called in their namespace.
  void detach();

  Counts counts() const;
  jx_route_count route_count(uint32_t route) const;

  // The file descriptor of one of the data plane's maps or programs, or -1.
  int map(const char* name) const;
  int program(const char* name) const;

 private:
  struct State;
  explicit DataPlane(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// The counter's name for people, "answered".
std::string_view count_name(uint32_t count);

}  // namespace jsxdp::load
