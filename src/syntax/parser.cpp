#include "syntax/parser.h"

#include "syntax/converter.h"
#include "syntax/cst.h"

extern "C" const TSLanguage* tree_sitter_tsx();
extern "C" const TSLanguage* tree_sitter_typescript();

namespace jsxdp::syntax {
namespace {

struct Language {
  const TSLanguage* language;
  cst::Symbols symbols;
  explicit Language(const TSLanguage* l) : language(l), symbols(l) {}
};

const Language& language_of(std::string_view path) {
  static const Language tsx(tree_sitter_tsx());
  static const Language typescript(tree_sitter_typescript());
  const bool plain = path.ends_with(".ts") || path.ends_with(".mts") || path.ends_with(".cts");
  return plain ? typescript : tsx;
}

// Every ERROR and MISSING node, outermost first; those inside an error say nothing new.
void collect_errors(TSNode node, const source::File& file, source::Diagnostics& out) {
  if (!ts_node_has_error(node)) return;
  const std::string_view type = ts_node_type(node);
  const bool missing = ts_node_is_missing(node);
  if (missing || type == "ERROR") {
    source::Diagnostic diagnostic;
    diagnostic.code = missing ? "JX1002" : "JX1001";
    const uint32_t begin = ts_node_start_byte(node);
    uint32_t end =
        std::min<uint32_t>(ts_node_end_byte(node), static_cast<uint32_t>(file.text().size()));
    const size_t newline = file.text().find('\n', begin);
    if (newline != std::string_view::npos && newline < end && newline > begin)
      end = static_cast<uint32_t>(newline);
    const std::string snippet(file.text().substr(begin, std::min<uint32_t>(end - begin, 40)));
    diagnostic.message =
        missing ? "expected `" + std::string(type) + "` here" : "unexpected `" + snippet + "`";
    if (!missing && snippet.empty())
      diagnostic.message = "the file ends in the middle of something";
    diagnostic.primary = {&file, begin, end};
    out.push_back(std::move(diagnostic));
    return;
  }
  const uint32_t count = ts_node_child_count(node);
  for (uint32_t i = 0; i < count; ++i) collect_errors(ts_node_child(node, i), file, out);
}

using Tree = std::unique_ptr<TSTree, decltype(&ts_tree_delete)>;

Tree parse_text(TSParser* parser, std::string_view text) {
  return {ts_parser_parse_string(parser, nullptr, text.data(), static_cast<uint32_t>(text.size())),
          &ts_tree_delete};
}

// The grammar lets `!`, `as` and `satisfies` bind wider than TypeScript does
// (`a && b!.c` becomes `(a && b)!.c`), and takes `let as` for an assertion. None of
// them means anything when the program runs: they are blanked out, in place, and
// the text is parsed again. Answers whether there was something.
bool blank_assertions(TSNode root, const cst::Symbols& symbols, std::string& text) {
  bool changed = false;
  const auto blank = [&](uint32_t begin, uint32_t end) {
    for (uint32_t i = begin; i < end; ++i) {
      if (text[i] != '\n' && text[i] != '\r') text[i] = ' ';
    }
    changed = true;
  };
  TSTreeCursor cursor = ts_tree_cursor_new(root);
  for (bool more = true; more;) {
    const TSNode node = ts_tree_cursor_current_node(&cursor);
    const cst::N kind = symbols.of(node);
    if (kind == cst::N::non_null_expression_) {
      const uint32_t end = ts_node_end_byte(node);
      if (end > 0 && text[end - 1] == '!') blank(end - 1, end);
    } else if (kind == cst::N::as_expression_ || kind == cst::N::satisfies_expression_) {
      const TSNode left = ts_node_child(node, 0);
      const uint32_t begin = ts_node_start_byte(left), end = ts_node_end_byte(left);
      if (text.substr(begin, end - begin) == "let") {
        text.replace(begin, 3, "var");
        changed = true;
      } else if (!ts_node_has_error(node)) {
        blank(end, ts_node_end_byte(node));
      }
    }
    if (ts_tree_cursor_goto_first_child(&cursor)) continue;
    while (!ts_tree_cursor_goto_next_sibling(&cursor)) {
      more = ts_tree_cursor_goto_parent(&cursor);
      if (!more) break;
    }
  }
  ts_tree_cursor_delete(&cursor);
  return changed;
}

}  // namespace

std::expected<std::unique_ptr<Program>, source::Diagnostics> parse(
    std::shared_ptr<source::File> file) {
  const Language& language = language_of(file->path());
  const std::unique_ptr<TSParser, decltype(&ts_parser_delete)> parser(ts_parser_new(),
                                                                      &ts_parser_delete);
  ts_parser_set_language(parser.get(), language.language);
  Tree tree = parse_text(parser.get(), file->text());
  const bool typed = file->path().find(".ts") != std::string_view::npos ||
                     file->path().find(".mts") != std::string_view::npos ||
                     file->path().find(".cts") != std::string_view::npos;
  if (typed || ts_node_has_error(ts_tree_root_node(tree.get()))) {
    // What was hidden behind one assertion may come to light when it is gone.
    std::string text(file->text());
    constexpr int kMaxRounds = 8;
    for (int i = 0; i < kMaxRounds; ++i) {
      if (!blank_assertions(ts_tree_root_node(tree.get()), language.symbols, text)) break;
      tree = parse_text(parser.get(), text);
    }
  }
  const TSNode root = ts_tree_root_node(tree.get());
  source::Diagnostics diagnostics;
  collect_errors(root, *file, diagnostics);
  if (ts_node_has_error(root) && diagnostics.empty()) {
    source::Diagnostic diagnostic;
    diagnostic.code = "JX1001";
    diagnostic.message = "the file could not be parsed";
    diagnostic.primary = {file.get(), 0, 0};
    diagnostics.push_back(std::move(diagnostic));
  }
  if (!diagnostics.empty()) return std::unexpected(std::move(diagnostics));

  auto program = std::make_unique<Program>();
  program->file = std::move(file);
  Converter(*program, language.symbols, diagnostics).convert(root);
  if (!diagnostics.empty()) return std::unexpected(std::move(diagnostics));
  return program;
}

}  // namespace jsxdp::syntax
