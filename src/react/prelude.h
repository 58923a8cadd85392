// The modules of prelude/, embedded by the build. Internal to react/.
#pragma once

namespace jsxdp::react {

extern const char kReactSource[];
extern const char kJsxRuntimeSource[];
extern const char kReactDomSource[];
extern const char kReactDomClientSource[];
extern const char kJsxdpSource[];
extern const char kNodeSource[];

}  // namespace jsxdp::react
