// Diagnostics as text: code frames for people, JSON and SARIF for machines.
#include <nlohmann/json.hpp>
#include <sstream>

#include "source/source.h"

namespace jsxdp::source {
namespace {

using Json = nlohmann::ordered_json;

const char* severity_name(Severity severity) {
  switch (severity) {
    case Severity::kError:
      return "error";
    case Severity::kWarning:
      return "warning";
    case Severity::kNote:
      return "note";
  }
  return "error";
}

struct Paint {
  bool on;
  const char* bold() const { return on ? "\x1b[1m" : ""; }
  const char* dim() const { return on ? "\x1b[2m" : ""; }
  const char* red() const { return on ? "\x1b[31m" : ""; }
  const char* yellow() const { return on ? "\x1b[33m" : ""; }
  const char* cyan() const { return on ? "\x1b[36m" : ""; }
  const char* off() const { return on ? "\x1b[0m" : ""; }
};

// Columns that a terminal uses up to `bytes` of `line`, tabs as one.
size_t width(std::string_view line, size_t bytes) {
  size_t columns = 0;
  for (size_t i = 0; i < bytes && i < line.size(); ++i) {
    if ((static_cast<unsigned char>(line[i]) & 0xC0) != 0x80) ++columns;
  }
  return columns;
}

void place(std::ostream& out, const Span& span) {
  const auto at = span.file->position(span.begin);
  out << span.file->path() << ':' << at.line << ':' << at.column;
}

void frame(std::ostream& out, const Span& span, const char* colour, const Paint& paint,
           const std::string& label) {
  const File& file = *span.file;
  const auto at = file.position(span.begin);
  const auto end = file.position(std::max(span.begin, span.end));
  const uint32_t first = at.line > 2 ? at.line - 2 : 1;
  const uint32_t last = std::min(at.line + 1, file.line_count());
  const size_t digits = std::to_string(last).size();
  for (uint32_t n = first; n <= last; ++n) {
    const std::string_view text = file.line(n);
    const std::string number = std::to_string(n);
    out << paint.dim() << (n == at.line ? " >" : "  ")
        << std::string(digits - number.size() + 1, ' ') << number << " | " << paint.off();
    for (const char c : text) out << (c == '\t' ? ' ' : c);
    out << '\n';
    if (n != at.line) continue;
    const size_t line_offset = text.data() - file.text().data();
    const size_t from = span.begin > line_offset ? span.begin - line_offset : 0;
    const size_t to = end.line == at.line ? span.end - line_offset : text.size();
    const size_t lead = width(text, from);
    const size_t carets = std::max<size_t>(1, width(text, to) - lead);
    out << "   " << std::string(digits, ' ') << paint.dim() << " | " << paint.off()
        << std::string(lead, ' ') << colour << std::string(carets, '^')
        << (label.empty() ? "" : " " + label) << paint.off() << '\n';
  }
}

std::string pretty(const Diagnostics& diagnostics, bool colour) {
  const Paint paint{colour};
  std::ostringstream out;
  for (const Diagnostic& d : diagnostics) {
    const char* tint = d.severity == Severity::kError ? paint.red() : paint.yellow();
    out << tint << paint.bold() << severity_name(d.severity) << '[' << d.code << ']' << paint.off()
        << paint.bold() << ": " << d.message << paint.off() << '\n';
    if (d.primary.file) {
      out << "  " << paint.cyan() << "at " << paint.off();
      place(out, d.primary);
      out << '\n';
      frame(out, d.primary, tint, paint, {});
    }
    for (const Label& label : d.labels) {
      if (!label.span.file) continue;
      out << "  " << paint.cyan() << "note " << paint.off();
      place(out, label.span);
      out << ": " << label.text << '\n';
      frame(out, label.span, paint.cyan(), paint, {});
    }
    for (const Label& step : d.trace) {
      out << "  in " << step.text;
      if (step.span.file) {
        out << " (";
        place(out, step.span);
        out << ')';
      }
      out << '\n';
    }
    if (!d.help.empty())
      out << "  " << paint.cyan() << "help:" << paint.off() << ' ' << d.help << '\n';
    out << '\n';
  }
  return out.str();
}

Json span_json(const Span& span) {
  if (!span.file) return nullptr;
  const auto begin = span.file->position(span.begin);
  const auto end = span.file->position(span.end);
  return Json{{"file", span.file->path()},
              {"line", begin.line},
              {"column", begin.column},
              {"endLine", end.line},
              {"endColumn", end.column}};
}

Json labels_json(const std::vector<Label>& labels) {
  Json list = Json::array();
  for (const Label& label : labels) {
    list.push_back(Json{{"text", label.text}, {"span", span_json(label.span)}});
  }
  return list;
}

std::string json(const Diagnostics& diagnostics) {
  Json list = Json::array();
  for (const Diagnostic& d : diagnostics) {
    list.push_back(Json{{"code", d.code},
                        {"severity", severity_name(d.severity)},
                        {"message", d.message},
                        {"span", span_json(d.primary)},
                        {"labels", labels_json(d.labels)},
                        {"trace", labels_json(d.trace)},
                        {"help", d.help}});
  }
  return list.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json sarif_location(const Span& span) {
  const auto begin = span.file->position(span.begin);
  const auto end = span.file->position(span.end);
  return Json{{"physicalLocation",
               {{"artifactLocation", {{"uri", span.file->path()}}},
                {"region",
                 {{"startLine", begin.line},
                  {"startColumn", begin.column},
                  {"endLine", end.line},
                  {"endColumn", end.column}}}}}};
}

// SARIF 2.1.0, the part that code hosts read.
std::string sarif(const Diagnostics& diagnostics) {
  Json results = Json::array();
  for (const Diagnostic& d : diagnostics) {
    std::string text = d.message;
    if (!d.help.empty()) text += ". " + d.help;
    Json result{
        {"ruleId", d.code}, {"level", severity_name(d.severity)}, {"message", {{"text", text}}}};
    if (d.primary.file) result["locations"] = Json::array({sarif_location(d.primary)});
    results.push_back(std::move(result));
  }
  const Json log{
      {"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
      {"version", "2.1.0"},
      {"runs",
       Json::array({Json{{"tool", {{"driver", {{"name", "jsxdp"}}}}}, {"results", results}}})}};
  return log.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string render(const Diagnostics& diagnostics, Format format, bool colour) {
  switch (format) {
    case Format::kPretty:
      return pretty(diagnostics, colour);
    case Format::kJson:
      return json(diagnostics);
    case Format::kSarif:
      return sarif(diagnostics);
  }
  return {};
}

}  // namespace jsxdp::source
