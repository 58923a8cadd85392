#include "eval/engine.h"

#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>

namespace jsxdp::eval {
namespace {

// What runs in Node.js: reads requests (count, then length-prefixed UTF-16 texts)
// and answers each likewise. The first text of an answer is "=" or "!" (a throw:
// the error's name and message).
constexpr const char* kScript = R"JS(
process.env.TZ = "UTC";
const fs = require("fs");
const cache = new Map();
const regexp = (source, flags) => {
  const key = flags + "/" + source;
  let r = cache.get(key);
  if (!r) cache.set(key, (r = new RegExp(source, flags)));
  return r;
};
const value = (json) => json === "" ? undefined : JSON.parse(json);
const call = {
  compile(source, flags) { return [regexp(source, flags).flags]; },
  exec(source, flags, at, text) {
    const r = regexp(source, flags);
    r.lastIndex = Number(at);
    const m = r.exec(text);
    if (!m) return [];
    const out = [String(m.index), String(r.lastIndex), String(m.length)];
    for (const g of m) out.push(g === undefined ? "u" : "s" + g);
    if (m.groups) for (const k of Object.keys(m.groups)) out.push(k, m.groups[k] === undefined ? "u" : "s" + m.groups[k]);
    return out;
  },
  replace(source, flags, at, text, replacement) {
    const r = regexp(source, flags);
    r.lastIndex = Number(at);
    return [text.replace(r, replacement), String(r.lastIndex)];
  },
  split(source, flags, limit, text) {
    return text.split(regexp(source, flags), limit === "" ? undefined : Number(limit)).map((t) => t === undefined ? "u" : "s" + t);
  },
  date(method, time, args) {
    const d = new Date(Number(time));
    const r = d[method](...value(args));
    return [typeof r === "number" ? "n" + r : "s" + r, String(d.getTime())];
  },
  newDate(args) { return [String(new Date(...value(args)).getTime())]; },
  dateStatic(method, args) { return [String(Date[method](...value(args)))]; },
  number(method, n, args) { return [String(Number(n)[method](...value(args)))]; },
  localeCompare(a, b, args) { return [String(a.localeCompare(b, ...value(args)))]; },
  localeCase(method, a, args) { return [a[method](...value(args))]; },
  normalize(form, a) { return [a.normalize(form)]; },
  intl(kind, options, method, args) {
    const o = new Intl[kind](...value(options));
    const decoded = value(args).map((a) => a && typeof a === "object" && "date" in a ? new Date(a.date === null ? NaN : a.date) : a && typeof a === "object" && "bigint" in a ? BigInt(a.bigint) : a);
    const r = o[method](...decoded);
    return [r === undefined ? "" : JSON.stringify(r)];
  },
  url(text, base) {
    const u = base === "" ? new URL(text) : new URL(text, base);
    return [u.href, u.origin, u.protocol, u.username, u.password, u.host, u.hostname, u.port, u.pathname, u.search, u.hash];
  },
};
const input = (n) => {
  const b = Buffer.alloc(n);
  for (let at = 0; at < n;) {
    let got = 0;
    try { got = fs.readSync(0, b, at, n - at); } catch (e) { if (e.code === "EAGAIN") continue; process.exit(0); }
    if (got === 0) process.exit(0);
    at += got;
  }
  return b;
};
for (;;) {
  const count = input(4).readUInt32LE(0);
  const texts = [];
  for (let i = 0; i < count; ++i) texts.push(input(input(4).readUInt32LE(0) * 2).toString("utf16le"));
  let out;
  try { out = ["=", ...call[texts[0]](...texts.slice(1))]; } catch (e) { out = ["!", e.name, e.message]; }
  const parts = [Buffer.alloc(4)];
  parts[0].writeUInt32LE(out.length, 0);
  for (const t of out) {
    const b = Buffer.from(t, "utf16le"), head = Buffer.alloc(4);
    head.writeUInt32LE(b.length / 2, 0);
    parts.push(head, b);
  }
  const all = Buffer.concat(parts);
  for (let at = 0; at < all.length;) {
    try { at += fs.writeSync(1, all, at); } catch (e) { if (e.code !== "EAGAIN") process.exit(0); }
  }
}
)JS";

class Engine {
 public:
  ~Engine() {
    if (fd_ >= 0) close(fd_);
    if (pid_ > 0) waitpid(pid_, nullptr, 0);
  }

  bool start() {
    if (fd_ >= 0) return true;
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) return false;
    pid_ = fork();
    if (pid_ == 0) {
      dup2(pair[1], 0);
      dup2(pair[1], 1);
      unsetenv("NODE_OPTIONS");
      execlp("node", "node", "-e", kScript, static_cast<char*>(nullptr));
      _exit(127);
    }
    close(pair[1]);
    fd_ = pair[0];
    return pid_ > 0;
  }

  // Empty: the engine is not there, or died.
  std::vector<std::u16string> ask(const std::vector<std::u16string>& request) {
    std::string bytes;
    const auto number = [&](size_t n) {
      const auto v = static_cast<uint32_t>(n);
      bytes.append(reinterpret_cast<const char*>(&v), 4);
    };
    number(request.size());
    for (const auto& text : request) {
      number(text.size());
      bytes.append(reinterpret_cast<const char*>(text.data()), text.size() * 2);
    }
    for (size_t at = 0; at < bytes.size();) {
      const ssize_t n = send(fd_, bytes.data() + at, bytes.size() - at, MSG_NOSIGNAL);
      if (n <= 0) return {};
      at += static_cast<size_t>(n);
    }
    std::vector<std::u16string> out;
    uint32_t count = 0;
    if (!receive(&count, 4)) return {};
    for (uint32_t i = 0; i < count; ++i) {
      uint32_t length = 0;
      if (!receive(&length, 4)) return {};
      std::u16string text(length, u'\0');
      if (!receive(text.data(), length * 2ULL)) return {};
      out.push_back(std::move(text));
    }
    return out;
  }

 private:
  bool receive(void* to, size_t size) {
    auto* p = static_cast<char*>(to);
    while (size > 0) {
      const ssize_t n = recv(fd_, p, size, 0);
      if (n <= 0) return false;
      p += n;
      size -= static_cast<size_t>(n);
    }
    return true;
  }

  int fd_ = -1;
  pid_t pid_ = -1;
};

}  // namespace

const std::vector<std::u16string>& engine_call(Realm& realm, std::vector<std::u16string> request) {
  static Engine engine;
  static std::map<std::vector<std::u16string>, std::vector<std::u16string>> cache;
  auto found = cache.find(request);
  if (found == cache.end()) {
    std::vector<std::u16string> answer;
    if (engine.start()) answer = engine.ask(request);
    if (answer.empty()) {
      realm.refuse("JX2010",
                   "Node.js is needed here: this code uses a regular expression, a date or Intl, "
                   "and `node` did not run",
                   "install Node.js 18 or later and put it on the PATH");
    }
    found = cache.emplace(std::move(request), std::move(answer)).first;
  }
  const auto& answer = found->second;
  if (answer[0] == u"!") {
    std::string type = realm.wtf8(realm.str(answer[1]));
    if (type != "TypeError" && type != "RangeError" && type != "SyntaxError") type = "Error";
    throw Throw{Value::object(realm.new_error(type, realm.wtf8(realm.str(answer[2]))))};
  }
  return answer;
}

std::u16string engine_text(double n) {
  if (n == 0 && std::signbit(n)) return u"-0";
  if (n != n) return u"NaN";
  if (n == INFINITY) return u"Infinity";
  if (n == -INFINITY) return u"-Infinity";
  char buffer[40];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, n).ptr;
  return std::u16string(buffer, end);
}

double engine_number(const std::u16string& text) {
  if (text == u"NaN") return NAN;
  return std::strtod(std::string(text.begin(), text.end()).c_str(), nullptr);
}

}  // namespace jsxdp::eval
