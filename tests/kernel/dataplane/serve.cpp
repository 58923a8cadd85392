// dataplane_serve PORT MODE INTERFACE...: a data plane with the routes of
// routes.bpf.c on interfaces of this network namespace, until stdin ends.
// MODE is tc, xdp or xdp-generic; "standalone-" before it: without a server.
// Commands on stdin, a line each: "counts" prints the counters that are not 0 as
// one line "name=number ...", "swap" makes a new build of the same routes.
#include <bpf/libbpf.h>

#include <csignal>
#include <cstdlib>
#include <iostream>
#include <string>

#include "load/data_plane.h"

extern "C" {
extern const unsigned char jsxdp_test_routes[];
extern const unsigned char jsxdp_test_routes_end[];
}

using jsxdp::load::DataPlane;

namespace {

template <typename T>
T must(std::expected<T, std::string> result) {
  if (!result) {
    std::cerr << result.error() << '\n';
    std::exit(2);
  }
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) return 1;
  std::string mode = argv[2];
  const bool standalone = mode.starts_with("standalone-");
  if (standalone) mode.erase(0, 11);
  /* A signal ends the read of stdin below, so that everything is detached. */
  struct sigaction action{};
  action.sa_handler = [](int) {};
  for (const int signal : {SIGINT, SIGTERM}) sigaction(signal, &action, nullptr);
  DataPlane plane = must(DataPlane::load(
      {.port = static_cast<uint16_t>(std::atoi(argv[1])), .standalone = standalone}));

  bpf_object* object =
      bpf_object__open_mem(jsxdp_test_routes, jsxdp_test_routes_end - jsxdp_test_routes, nullptr);
  must(plane.share_maps(object));
  if (bpf_object__load(object)) return 2;
  const auto program = [&](const std::string& name) {
    return bpf_program__fd(bpf_object__find_program_by_name(object, name.c_str()));
  };
  std::vector<jsxdp::load::RouteProgram> routes;
  for (const auto& [pattern, name] : {std::pair<std::string, std::string>{"/hello/:name", "hello"},
                                      {"/hello/:name/*", "hello"},
                                      {"/size/:bytes", "size"},
                                      {"/size/:bytes/:salt", "size"},
                                      {"/fresh/:bytes/:salt", "fresh"},
                                      {"/pass/*", "pass"}})
    routes.push_back({pattern, program(name + "_xdp"), program(name + "_tc")});
  must(plane.set_routes(routes));
  for (int i = 3; i < argc; i++)
    must(plane.attach(argv[i], mode == "xdp"           ? jsxdp::load::Mode::kXdpNative
                               : mode == "xdp-generic" ? jsxdp::load::Mode::kXdpGeneric
                                                       : jsxdp::load::Mode::kTc));
  std::cout << "ready" << std::endl;
  std::string line;
  while (std::getline(std::cin, line)) {
    if (line == "swap") {
      must(plane.set_routes(routes));
      std::cout << "swapped";
    } else if (line == "counts") {
      const jsxdp::load::Counts counts = plane.counts();
      for (uint32_t i = 0; i < counts.size(); i++)
        if (counts[i]) std::cout << jsxdp::load::count_name(i) << '=' << counts[i] << ' ';
    }
    std::cout << std::endl;
  }
  bpf_object__close(object);
  return 0;
}
