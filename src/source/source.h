// Source files, spans and diagnostics: what every later stage speaks of when it
// speaks of the user's text.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace jsxdp::source {

// One file of the user's. `text` is UTF-8 as read from disk; lines are indexed
// on construction.
class File {
 public:
  File(std::string path, std::string text);

  const std::string& path() const { return path_; }
  std::string_view text() const { return text_; }

  struct Position {
    uint32_t line;    // from 1
    uint32_t column;  // from 1, in UTF-16 units, as editors and V8 count
  };
  // `offset` is clamped to the size of the text.
  Position position(uint32_t offset) const;
  // The line's text without its terminator; `line` from 1.
  std::string_view line(uint32_t line) const;
  uint32_t line_count() const { return static_cast<uint32_t>(line_starts_.size()); }

 private:
  std::string path_;
  std::string text_;
  std::vector<uint32_t> line_starts_;
};

// A byte range [begin, end) of a file. A null file says "no place in particular".
struct Span {
  const File* file = nullptr;
  uint32_t begin = 0;
  uint32_t end = 0;
};

enum class Severity : uint8_t { kError, kWarning, kNote };

struct Label {
  Span span;
  std::string text;
};

// A message for the user, as data. `code` ("JX1203") has a page in docs/codes/.
struct Diagnostic {
  std::string code;
  Severity severity = Severity::kError;
  std::string message;  // one sentence, no full stop: what is wrong, in the user's terms
  Span primary;
  std::vector<Label> labels;  // secondary places
  std::vector<Label> trace;   // chain of component calls that led here, innermost first
  std::string help;           // what to do; may be empty
};

using Diagnostics = std::vector<Diagnostic>;

// Diagnostic codes are four digits: 10xx syntax, 11xx modules, 12xx language and
// values (evaluator), 13xx React, 14xx requests and responses, 15xx code size and
// limits, 20xx environment.

enum class Format : uint8_t { kPretty, kJson, kSarif };

// Renders diagnostics for people (code frames; colours if `colour`), or machines.
std::string render(const Diagnostics& diagnostics, Format format, bool colour);

}  // namespace jsxdp::source
