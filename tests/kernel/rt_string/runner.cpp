// Runs the string functions of the run-time library in the kernel on cases that
// cases.mjs wrote, and compares with what Node.js says:
//   node cases.mjs SEED COUNT | runner driver.o
// A case is a line of tab-separated fields: operation, arguments, expected.
// Values: s<hex of WTF-8>, n<16 hex digits of the double>, b0, b1, l<value,...>;
// expected may be "!": JavaScript throws, so the function must pass, or begin
// with "?": it may pass.
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "driver.h"

namespace {

[[noreturn]] void die(const std::string& message) {
  std::cerr << message << "\n";
  std::exit(2);
}

std::string unhex(std::string_view hex) {
  std::string bytes;
  for (size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  }
  return bytes;
}

std::string hex(std::string_view bytes) {
  std::string text;
  for (unsigned char c : bytes) {
    char digits[3];
    std::snprintf(digits, sizeof digits, "%02x", c);
    text += digits;
  }
  return text;
}

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts{""};
  for (char c : text) {
    if (c == separator) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c & 0x80) == 0; });
}

bool has_surrogate(std::string_view text) {
  for (size_t i = 0; i + 1 < text.size(); i++) {
    if (text[i] == '\xed' && static_cast<unsigned char>(text[i + 1]) >= 0xa0) return true;
  }
  return false;
}

// A map's only value, shared with the kernel.
template <typename T>
T* map_value(bpf_object* object, const char* name) {
  const int fd = bpf_object__find_map_fd_by_name(object, name);
  void* at = mmap(nullptr, (sizeof(T) + 4095) & ~4095ul, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (at == MAP_FAILED) die(std::string("cannot map ") + name);
  return static_cast<T*>(at);
}

class Machine {
 public:
  explicit Machine(const char* path) {
    object_ = bpf_object__open_file(path, nullptr);
    if (!object_ || bpf_object__load(object_)) die("cannot load the test program");
    program_ = bpf_program__fd(bpf_object__find_program_by_name(object_, "call"));
    frame_ = map_value<jx_frame>(object_, "jx_frames");
    call_ = map_value<jx_call>(object_, "jx_calls");
    // Whatever lies behind a string must not matter.
    for (auto& byte : frame_->mem) byte = static_cast<__u8>("\"&<\xed\xa0 a\x80$"[random_() % 9]);
  }
  ~Machine() { bpf_object__close(object_); }
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;

  // Whether the function may say that memory is full, and did.
  bool ran_out() const {
    return tight_ && (frame_->reason == JX_R_MEM_FULL || frame_->reason == JX_R_OUT_FULL);
  }

  // The result in the notation of the cases; "!" if the function passed.
  std::string run(__u32 op, const std::vector<std::string>& args) {
    // Now and then the memory is nearly full: then the function may pass.
    tight_ = random_() % 8 == 0;
    frame_->mem_top = JX_REQ_CAP + random_() % 64;
    if (std::any_of(args.begin(), args.end(), [](auto& arg) { return arg.size() > 10000; })) {
      tight_ = true;
    } else if (tight_) {
      frame_->mem_top = JX_MEM_SIZE - random_() % 400;
      for (const auto& arg : args) {
        frame_->mem_top -= arg.size() / 2 + 16 * std::count(arg.begin(), arg.end(), ',');
        if (arg[0] == 'l') frame_->mem_top -= 32;
      }
    }
    std::memset(frame_->mem, '#', 64);
    std::memset(frame_->out, '#', 64);
    frame_->reason = 0;
    frame_->lone = 0;
    std::vector<__u32> slots = {pick(), pick(), pick(), pick()};
    call_->op = op;
    if (op == kOpFixLone) return fix_lone(args);
    if (op == kOpListNew || op == kOpListNewLike) return copy_list(op, args[0]);
    for (size_t i = 0; i < args.size(); i++) frame_->slot[slots[i + 1]] = value(args[i]);
    if (random_() % 4 == 0) slots[0] = slots[1 + random_() % 3];
    call_->dst = slots[0];
    call_->a = slots[1];
    call_->b = slots[2];
    call_->c = slots[3];
    if (random_() % 4 == 0) {
      frame_->mem_top = std::min<__u32>(frame_->mem_top + random_() % 64, JX_MEM_SIZE);
    }
    // Mask bits beyond the slot number must be ignored.
    if (random_() % 8 == 0) call_->a += JX_MAX_SLOTS;
    if (op == kOpEmitRaw || op == kOpEmitHtml) return emit();
    const bool done = call();
    // Nothing may be written at the start, where the request is, or in the output.
    for (int i = 0; i < 64; i++) {
      if (frame_->mem[i] != '#' || frame_->out[i] != '#') return "wrote where it must not";
    }
    if (!done) return "!" + std::to_string(frame_->reason);
    if (frame_->mem_top > JX_MEM_SIZE) return "mem_top beyond the end";
    return show(frame_->slot[slots[0]]);
  }

 private:
  // Slot numbers differ unless the caller wants them equal.
  __u32 pick() {
    next_slot_ = (next_slot_ + 1 + random_() % 100) % JX_MAX_SLOTS;
    return next_slot_;
  }

  bool call(__u32 op, __u32 dst, __u32 a, __u32 b = 0) {
    *call_ = {.op = op, .dst = dst, .a = a, .b = b, .c = 0, .result = 0};
    return call();
  }

  bool call() {
    char packet[64] = {};
    LIBBPF_OPTS(bpf_test_run_opts, opts, .data_in = packet, .data_size_in = sizeof packet,
                .repeat = 1);
    if (bpf_prog_test_run_opts(program_, &opts) || opts.retval) die("the test run failed");
    return call_->result == 0;
  }

  jx_slot text(const std::string& bytes) {
    jx_slot slot{};
    slot.tag = JX_STRING;
    slot.span = {frame_->mem_top, static_cast<__u32>(bytes.size())};
    std::memcpy(frame_->mem + frame_->mem_top, bytes.data(), bytes.size());
    frame_->mem_top += bytes.size();
    if (is_ascii(bytes) && random_() % 2) slot.flags = JX_F_ASCII;
    return slot;
  }

  jx_slot value(const std::string& token) {
    const std::string body = token.substr(1);
    jx_slot slot{};
    switch (token[0]) {
      case 's':
        return text(unhex(body));
      case 'n':
        slot.tag = JX_NUMBER;
        slot.bits = std::stoull(body, nullptr, 16);
        return slot;
      case 'b':
        slot.tag = JX_BOOLEAN;
        slot.bits = body == "1";
        return slot;
      case 'l': {
        std::vector<jx_slot> elements;
        if (!body.empty()) {
          for (const auto& element : split(body, ',')) elements.push_back(value(element));
        }
        frame_->mem_top = (frame_->mem_top + 15) & ~15u;
        slot.tag = JX_LIST;
        slot.span = {frame_->mem_top, static_cast<__u32>(elements.size())};
        if (!elements.empty()) {
          std::memcpy(frame_->mem + frame_->mem_top, elements.data(),
                      elements.size() * sizeof(jx_slot));
        }
        frame_->mem_top += elements.size() * sizeof(jx_slot);
        return slot;
      }
      default:
        die("bad value: " + token);
    }
  }

  std::string show(const jx_slot& slot) {
    char digits[20];
    switch (slot.tag) {
      case JX_STRING: {
        if (slot.span.off > JX_MEM_SIZE || slot.span.off + slot.span.len > frame_->mem_top) {
          return "string beyond the memory in use";
        }
        const std::string_view bytes(reinterpret_cast<const char*>(frame_->mem) + slot.span.off,
                                     slot.span.len);
        if ((slot.flags & JX_F_ASCII) && !is_ascii(bytes)) return "false ASCII flag";
        return "s" + hex(bytes);
      }
      case JX_NUMBER:
        std::snprintf(digits, sizeof digits, "n%016llx",
                      static_cast<unsigned long long>(slot.bits));
        return digits;
      case JX_BOOLEAN:
        return slot.bits ? "b1" : "b0";
      case JX_LIST: {
        if (slot.span.off % 16 || slot.span.len > 1024) return "bad list";
        std::string text = "l";
        for (__u32 i = 0; i < slot.span.len; i++) {
          jx_slot element;
          std::memcpy(&element, frame_->mem + slot.span.off + i * sizeof element, sizeof element);
          text += (i ? "," : "") + show(element);
        }
        return text;
      }
      default:
        return "tag " + std::to_string(slot.tag);
    }
  }

  // Makes a list anew, element by element, with a string made in between.
  std::string copy_list(__u32 op, const std::string& token) {
    const __u32 from = pick(), to = pick(), element = pick();
    const jx_slot list = frame_->slot[from] = value(token);
    if (!call(op, to, op == kOpListNew ? list.span.len : from)) return "!";
    for (__u32 i = 0; i < list.span.len; i++) {
      if (!call(kOpListLoad, element, from, i)) return "load failed";
      text("between");
      if (!call(kOpListPush, to, element)) return "push failed";
    }
    if (call(kOpListLoad, element, from, list.span.len)) return "loaded beyond the end";
    if (call(kOpListNew, element, 1025)) return "made too long a list";
    return show(frame_->slot[to]);
  }

  std::string emit() {
    const __u32 start = tight_ ? JX_OUT_CAP - random_() % 200 : random_() % 100;
    frame_->out_len = start;
    if (start) frame_->out[start - 1] = 'x';
    if (!call()) return "!" + std::to_string(frame_->reason);
    if (frame_->out_len > JX_OUT_CAP) return "out_len beyond the end";
    if (start && frame_->out[start - 1] != 'x') return "wrote before out_len";
    const std::string bytes(reinterpret_cast<char*>(frame_->out) + start, frame_->out_len - start);
    if (has_surrogate(bytes) != (frame_->lone != 0)) return "lone is wrong";
    return "s" + hex(bytes);
  }

  std::string fix_lone(const std::vector<std::string>& args) {
    const __u32 start = random_() % 100;
    const std::string bytes = unhex(args[0].substr(1));
    std::memcpy(frame_->out + start, bytes.data(), bytes.size());
    frame_->out_len = start + bytes.size();
    frame_->lone = 1;
    call_->a = start;
    if (!call()) return "!" + std::to_string(frame_->reason);
    if (frame_->lone) return "lone is still set";
    return "s" + hex({reinterpret_cast<char*>(frame_->out) + start, frame_->out_len - start});
  }

  bpf_object* object_;
  int program_;
  jx_frame* frame_;
  jx_call* call_;
  bool tight_ = false;
  std::mt19937 random_{1};
  __u32 next_slot_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) die("usage: runner DRIVER.o < cases");
  std::map<std::string, __u32> ops;
#define X(name, function) ops[#name] = kOp##name;
  RT_STRING_OPS(X, X, X)
  X(ListNew, )
  X(ListNewLike, )
  X(EmitRaw, )
  X(EmitHtml, )
  X(FixLone, )
#undef X
  Machine machine(argv[1]);
  struct Tally {
    int cases = 0, passes = 0;
  };
  std::map<std::string, Tally> tallies;
  int failures = 0, full = 0;
  std::string line;
  while (std::getline(std::cin, line)) {
    auto fields = split(line, '\t');
    const std::string op = fields.front();
    std::string expected = fields.back();
    if (!ops.contains(op)) continue;
    const std::vector<std::string> args(fields.begin() + 1, fields.end() - 1);
    const std::string got = machine.run(ops[op], args);
    auto& tally = tallies[op];
    tally.cases++;
    const bool may_pass = expected[0] == '?';
    if (may_pass) expected.erase(0, 1);
    if (got[0] == '!') {
      if (expected == "!") continue;
      if (machine.ran_out()) {
        full++;
        continue;
      }
      tally.passes++;
      if (may_pass) continue;
    }
    if (got != expected && ++failures <= 20) {
      std::cout << "WRONG " << line.substr(0, 1500) << "\n  got " << got.substr(0, 500) << "\n";
    }
  }
  int cases = 0;
  for (const auto& [op, tally] : tallies) {
    std::cout << op << ": " << tally.cases << " cases, " << tally.passes << " passed on\n";
    cases += tally.cases;
  }
  std::cout << full << " had no room\n" << cases << " cases, " << failures << " wrong\n";
  if (tallies.size() != ops.size()) {
    std::cout << "only " << tallies.size() << " of " << ops.size() << " functions were tested\n";
    return 1;
  }
  return failures || !cases ? 1 : 0;
}
