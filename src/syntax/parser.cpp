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

}  // namespace

std::expected<std::unique_ptr<Program>, source::Diagnostics> parse(
    std::shared_ptr<source::File> file) {
  const Language& language = language_of(file->path());
  const std::unique_ptr<TSParser, decltype(&ts_parser_delete)> parser(ts_parser_new(),
                                                                      &ts_parser_delete);
  ts_parser_set_language(parser.get(), language.language);
  const std::unique_ptr<TSTree, decltype(&ts_tree_delete)> tree(
      ts_parser_parse_string(parser.get(), nullptr, file->text().data(),
                             static_cast<uint32_t>(file->text().size())),
      &ts_tree_delete);
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
