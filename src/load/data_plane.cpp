#include "load/data_plane.h"

#include <arpa/inet.h>
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <ifaddrs.h>
#include <linux/if_link.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <ctime>
#include <numeric>

#include "kernel/frame.h"
#include "kernel/objects.h"
#include "load/message.h"

namespace jsxdp::load {
namespace {

// Enough builds that a retransmission finds its own, one less than tokens can
// tell apart.
constexpr uint32_t kKeptBuilds = JX_GENERATIONS - 1;

std::unexpected<std::string> failed(std::string_view what, int error) {
  return std::unexpected(message(what, ": ", std::strerror(std::abs(error))));
}

int64_t nanoseconds(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

// CLOCK_REALTIME - CLOCK_TAI: whole seconds, whatever passes between two calls.
int64_t wall_offset() {
  const int64_t offset = nanoseconds(CLOCK_REALTIME) - nanoseconds(CLOCK_TAI);
  constexpr int64_t second = 1'000'000'000;
  return (offset - second / 2) / second * second;
}

jx_address address_key(const sockaddr* address, uint32_t ifindex) {
  jx_address key;
  std::memset(&key, 0, sizeof key);
  if (address->sa_family == AF_INET) {
    key.bytes[10] = key.bytes[11] = 0xff;
    std::memcpy(key.bytes + 12, &reinterpret_cast<const sockaddr_in*>(address)->sin_addr, 4);
  } else {
    const in6_addr& ip6 = reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr;
    std::memcpy(key.bytes, &ip6, 16);
    if (IN6_IS_ADDR_LINKLOCAL(&ip6)) key.ifindex = ifindex;
  }
  return key;
}

int quiet(libbpf_print_level level, const char* format, va_list args) {
  if (level != LIBBPF_WARN || !std::getenv("JSXDP_BPF_LOG")) return 0;
  return std::vfprintf(stderr, format, args);
}

}  // namespace

struct DataPlane::State {
  struct Attached {
    uint32_t ifindex = 0;
    uint32_t xdp_flags = 0;  // 0: no XDP
    bool made_qdisc = false;
    uint32_t handle = 0;
    uint32_t priority = 0;
  };
  struct Build {
    std::vector<uint32_t> indices;
    std::vector<jx_pattern_key> keys;
  };

  bpf_object* object = nullptr;
  jx_config config{};
  std::vector<Attached> attached;
  std::array<Build, JX_GENERATIONS> builds;
  bool first_build = true;

  ~State() {
    for (const Attached& one : attached) detach(one);
    bpf_object__close(object);
  }

  int map(const char* name) const { return bpf_object__find_map_fd_by_name(object, name); }
  int program(const char* name) const {
    const bpf_program* program = bpf_object__find_program_by_name(object, name);
    return program ? bpf_program__fd(program) : -1;
  }

  int write_config() {
    const uint32_t zero = 0;
    return bpf_map_update_elem(map("jx_config"), &zero, &config, BPF_ANY);
  }

  static void detach(const Attached& one) {
    if (one.xdp_flags) bpf_xdp_detach(static_cast<int>(one.ifindex), one.xdp_flags, nullptr);
    LIBBPF_OPTS(bpf_tc_hook, hook, .ifindex = static_cast<int>(one.ifindex),
                .attach_point = BPF_TC_INGRESS);
    LIBBPF_OPTS(bpf_tc_opts, filter, .handle = one.handle, .priority = one.priority);
    bpf_tc_detach(&hook, &filter);
    if (!one.made_qdisc) return;
    hook.attach_point = static_cast<bpf_tc_attach_point>(BPF_TC_INGRESS | BPF_TC_EGRESS);
    bpf_tc_hook_destroy(&hook);
  }

  // Empties a build's place, so that a new build can have it.
  void forget(uint32_t generation) {
    Build& build = builds[generation];
    for (const jx_pattern_key& key : build.keys) bpf_map_delete_elem(map("jx_patterns"), &key);
    for (const uint32_t index : build.indices) {
      bpf_map_delete_elem(map("jx_routes_xdp"), &index);
      bpf_map_delete_elem(map("jx_routes_tc"), &index);
    }
    build = {};
  }

  // `count` indices of the program arrays that no build uses.
  std::vector<uint32_t> free_indices(size_t count) const {
    std::vector<bool> used(JX_MAX_ROUTES);
    for (const Build& build : builds)
      for (const uint32_t index : build.indices) used[index] = true;
    std::vector<uint32_t> free;
    for (uint32_t i = 0; i < JX_MAX_ROUTES && free.size() < count; i++)
      if (!used[i]) free.push_back(i);
    return free;
  }
};

DataPlane::DataPlane(std::unique_ptr<State> state) : state_(std::move(state)) {}
DataPlane::DataPlane(DataPlane&&) noexcept = default;
DataPlane& DataPlane::operator=(DataPlane&&) noexcept = default;
DataPlane::~DataPlane() = default;

std::expected<DataPlane, std::string> DataPlane::load(const Options& options) {
  libbpf_set_print(quiet);
  auto state = std::make_unique<State>();
  LIBBPF_OPTS(bpf_object_open_opts, open, .object_name = "jsxdp");
  state->object = bpf_object__open_mem(jsxdp_dataplane_object,
                                       jsxdp_dataplane_object_end - jsxdp_dataplane_object, &open);
  if (!state->object) return failed("cannot open the data plane's object", errno);
  bpf_map* frames = bpf_object__find_map_by_name(state->object, "jx_frames");
  bpf_map__set_max_entries(frames, libbpf_num_possible_cpus());
  if (const int error = bpf_object__load(state->object); error)
    return failed("cannot load the data plane into the kernel", error);

  jx_config& config = state->config;
  config.port = options.port;
  config.flags = options.standalone ? JX_C_STANDALONE : 0;
  config.wall = wall_offset();
  if (getrandom(config.key, sizeof config.key, 0) != sizeof config.key ||
      getrandom(&config.seed, sizeof config.seed, 0) != sizeof config.seed)
    return failed("cannot get random keys", errno);
  if (const int error = state->write_config(); error) return failed("cannot configure", error);

  for (const auto& [step, xdp, tc] : {std::tuple(JX_STEP_ANSWER, "jx_xdp_answer", "jx_tc_answer"),
                                      std::tuple(JX_STEP_PASS, "jx_xdp_pass", "jx_tc_pass")}) {
    const uint32_t key = step;
    const int xdp_fd = state->program(xdp), tc_fd = state->program(tc);
    if (bpf_map_update_elem(state->map("jx_steps_xdp"), &key, &xdp_fd, BPF_ANY) ||
        bpf_map_update_elem(state->map("jx_steps_tc"), &key, &tc_fd, BPF_ANY))
      return failed("cannot set a step of the data plane", errno);
  }
  return DataPlane(std::move(state));
}

std::expected<void, std::string> DataPlane::share_maps(bpf_object* object) const {
  bpf_map* map = nullptr;
  bpf_object__for_each_map(map, object) {
    const int fd = state_->map(bpf_map__name(map));
    if (fd < 0) continue;
    if (const int error = bpf_map__reuse_fd(map, fd); error)
      return failed(message("cannot share map ", bpf_map__name(map)), error);
  }
  return {};
}

std::expected<void, std::string> DataPlane::set_routes(std::span<const RouteProgram> routes) {
  State& state = *state_;
  const uint32_t generation =
      state.first_build ? 0 : (state.config.generation + 1) % JX_GENERATIONS;
  const std::vector<uint32_t> indices = state.free_indices(routes.size());
  if (indices.size() < routes.size())
    return std::unexpected(message("more than ", JX_MAX_ROUTES, " routes in the kernel"));
  std::vector<Route> plan;
  for (size_t i = 0; i < routes.size(); i++) plan.push_back({routes[i].pattern, indices[i]});
  const auto routing = plan_routing(plan, state.config.seed, generation);
  if (!routing) return std::unexpected(routing.error());

  State::Build& build = state.builds[generation];
  const auto undo = [&](std::string_view what) {
    const int error = errno;
    state.forget(generation);
    return failed(what, error);
  };
  build.indices = indices;
  for (size_t i = 0; i < routes.size(); i++) {
    const std::pair<const char*, int> programs[] = {{"jx_routes_xdp", routes[i].xdp},
                                                    {"jx_routes_tc", routes[i].tc}};
    for (const auto& [map, fd] : programs)
      if (fd >= 0 && bpf_map_update_elem(state.map(map), &indices[i], &fd, BPF_ANY))
        return undo(message("cannot set the program of route \"", routes[i].pattern, "\""));
  }
  for (const auto& [key, value] : routing->patterns) {
    build.keys.push_back(key);
    if (bpf_map_update_elem(state.map("jx_patterns"), &key, &value, BPF_ANY))
      return undo("cannot add a route");
  }
  for (uint32_t i = 0; i < routing->shapes.size(); i++) {
    const uint32_t key = generation * (JX_MAX_SEGMENTS + 1) + i;
    if (bpf_map_update_elem(state.map("jx_shapes"), &key, &routing->shapes[i], BPF_ANY))
      return undo("cannot set the shapes of routes");
  }
  state.config.generation = generation;
  state.config.wall = wall_offset();
  if (state.write_config()) return undo("cannot switch to the new build");
  state.first_build = false;
  state.forget((generation + JX_GENERATIONS - kKeptBuilds) % JX_GENERATIONS);
  return {};
}

std::expected<void, std::string> DataPlane::attach(const std::string& interface, Mode mode) {
  State& state = *state_;
  State::Attached one;
  one.ifindex = if_nametoindex(interface.c_str());
  if (!one.ifindex) return failed(message("interface ", interface), errno);
  ifreq request{};
  const int socket = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  std::strncpy(request.ifr_name, interface.c_str(), IFNAMSIZ - 1);
  const bool known = socket >= 0 && ioctl(socket, SIOCGIFHWADDR, &request) == 0;
  if (socket >= 0) close(socket);
  if (!known || (request.ifr_hwaddr.sa_family != ARPHRD_ETHER &&
                 request.ifr_hwaddr.sa_family != ARPHRD_LOOPBACK))
    return std::unexpected(message("interface ", interface, " is neither Ethernet nor loopback"));

  LIBBPF_OPTS(bpf_tc_hook, hook, .ifindex = static_cast<int>(one.ifindex),
              .attach_point = BPF_TC_INGRESS);
  int error = bpf_tc_hook_create(&hook);
  if (error && error != -EEXIST)
    return failed(message("cannot add a clsact qdisc to ", interface), error);
  one.made_qdisc = error == 0;
  LIBBPF_OPTS(bpf_tc_opts, filter, .prog_fd = state.program("jx_tc"));
  error = bpf_tc_attach(&hook, &filter);
  if (error) {
    if (one.made_qdisc) {
      hook.attach_point = static_cast<bpf_tc_attach_point>(BPF_TC_INGRESS | BPF_TC_EGRESS);
      bpf_tc_hook_destroy(&hook);
    }
    return failed(message("cannot attach to TC ingress of ", interface), error);
  }
  one.handle = filter.handle;
  one.priority = filter.priority;
  if (mode != Mode::kTc) {
    const uint32_t flags = mode == Mode::kXdpNative ? XDP_FLAGS_DRV_MODE : XDP_FLAGS_SKB_MODE;
    error = bpf_xdp_attach(static_cast<int>(one.ifindex), state.program("jx_xdp"),
                           flags | XDP_FLAGS_UPDATE_IF_NOEXIST, nullptr);
    if (error) {
      State::detach(one);
      if (error == -EBUSY || error == -EEXIST)
        return std::unexpected(message("interface ", interface, " already has an XDP program"));
      return failed(message("cannot attach XDP to ", interface), error);
    }
    one.xdp_flags = flags;
  }
  state.attached.push_back(one);

  ifaddrs* addresses = nullptr;
  if (getifaddrs(&addresses)) return failed("cannot list this host's addresses", errno);
  for (const ifaddrs* at = addresses; at; at = at->ifa_next) {
    if (!at->ifa_addr ||
        (at->ifa_addr->sa_family != AF_INET && at->ifa_addr->sa_family != AF_INET6))
      continue;
    const jx_address key = address_key(at->ifa_addr, if_nametoindex(at->ifa_name));
    const uint32_t value = 1;
    bpf_map_update_elem(state.map("jx_addresses"), &key, &value, BPF_ANY);
  }
  freeifaddrs(addresses);
  return {};
}

std::expected<void, std::string> DataPlane::add_address(const std::string& address) {
  sockaddr_in6 ip6{};
  sockaddr_in ip4{};
  const sockaddr* parsed = nullptr;
  if (inet_pton(AF_INET, address.c_str(), &ip4.sin_addr) == 1) {
    ip4.sin_family = AF_INET;
    parsed = reinterpret_cast<const sockaddr*>(&ip4);
  } else if (inet_pton(AF_INET6, address.c_str(), &ip6.sin6_addr) == 1) {
    ip6.sin6_family = AF_INET6;
    parsed = reinterpret_cast<const sockaddr*>(&ip6);
  } else {
    return std::unexpected(message("\"", address, "\" is not an IP address"));
  }
  const jx_address key = address_key(parsed, 0);
  const uint32_t value = 1;
  if (bpf_map_update_elem(state_->map("jx_addresses"), &key, &value, BPF_ANY))
    return failed(message("cannot answer on ", address), errno);
  return {};
}

void DataPlane::detach() {
  for (const State::Attached& one : state_->attached) State::detach(one);
  state_->attached.clear();
}

Counts DataPlane::counts() const {
  Counts counts{};
  std::vector<uint64_t> values(libbpf_num_possible_cpus());
  for (uint32_t key = 0; key < JX_N_COUNTS; key++)
    if (!bpf_map_lookup_elem(state_->map("jx_counts"), &key, values.data()))
      counts[key] = std::accumulate(values.begin(), values.end(), uint64_t{0});
  return counts;
}

jx_route_count DataPlane::route_count(uint32_t route) const {
  jx_route_count total{};
  std::vector<jx_route_count> values(libbpf_num_possible_cpus());
  if (bpf_map_lookup_elem(state_->map("jx_route_counts"), &route, values.data())) return total;
  for (const jx_route_count& value : values) {
    total.answered += value.answered;
    for (size_t i = 0; i < std::size(total.passed); i++) total.passed[i] += value.passed[i];
  }
  return total;
}

int DataPlane::map(const char* name) const {
  return state_->map(name);
}
int DataPlane::program(const char* name) const {
  return state_->program(name);
}

std::string_view count_name(uint32_t count) {
  static constexpr std::string_view names[] = {
      "syn",          "answered",    "answered_xdp", "again",          "fin",
      "ack",          "probe",       "reset",        "not_found",      "adopted",
      "pass_syn",     "pass_socket", "pass_token",   "pass_http",      "pass_route",
      "pass_program", "pass_size",   "drop_order",   "drop_duplicate", "drop_adopt",
      "drop_store",   "send_failed",
  };
  static_assert(std::size(names) == JX_N_COUNTS);
  return count < JX_N_COUNTS ? names[count] : "unknown";
}

}  // namespace jsxdp::load
