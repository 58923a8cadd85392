// Modules: which file an import names, and that file parsed.
#pragma once

#include <expected>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "source/source.h"
#include "syntax/ast.h"

namespace jsxdp::modules {

// Files by path, so that tests can keep them in memory.
class FileSystem {
 public:
  virtual ~FileSystem() = default;
  virtual std::optional<std::string> read(const std::string& path) = 0;
  virtual bool is_file(const std::string& path) = 0;
  virtual bool is_directory(const std::string& path) = 0;
  // With symbolic links resolved (packages of some installers are links).
  virtual std::string real_path(const std::string& path) = 0;
};

std::unique_ptr<FileSystem> disk();

enum class Kind : uint8_t {
  kEsm,  // ECMAScript module
  kCommonJs,
  kJson,
  kStyle,  // a style sheet imported for its effect: nothing
  kAsset,  // an image, a CSS module, ...: only a bundler knows its value
};

struct Loaded {
  std::string path;
  Kind kind;
  std::shared_ptr<source::File> file;
  std::unique_ptr<syntax::Program> program;  // kEsm, kCommonJs
};

class Graph {
 public:
  explicit Graph(std::unique_ptr<FileSystem> files);

  // A module of ours: `specifier` names it everywhere, and `text` is its CommonJS source.
  void provide(std::string specifier, std::string text);

  // The path of the module that `specifier` names in file `from`, as Node.js
  // resolves it (conditions: import or require, then module, node, default), with
  // the extensions and index files that bundlers add. JX1101: not found.
  std::expected<std::string, source::Diagnostic> resolve(std::string_view specifier,
                                                         const std::string& from, bool require);
  // The file, read and parsed once.
  std::expected<Loaded*, source::Diagnostics> load(const std::string& path);
  // Whether its package says `"sideEffects": false`.
  bool pure(const std::string& path);

 private:
  struct Package;
  const Package* package_of(const std::string& path);
  const Package* package_at(const std::string& folder);
  std::optional<std::string> file_at(const std::string& base);
  std::optional<std::string> in_package(const Package& package, const std::string& subpath,
                                        bool require);

  std::unique_ptr<FileSystem> files_;
  std::map<std::string, std::string, std::less<>> provided_;
  std::map<std::string, std::unique_ptr<Loaded>> loaded_;
  std::vector<std::shared_ptr<source::File>> broken_;  // what diagnostics still point into
  std::map<std::string, std::shared_ptr<Package>> packages_;
  std::map<std::string, std::expected<std::string, source::Diagnostic>> resolved_;
};

}  // namespace jsxdp::modules
