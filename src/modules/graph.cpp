#include "modules/graph.h"

#include <array>
#include <nlohmann/json.hpp>

#include "syntax/parser.h"

namespace jsxdp::modules {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

struct Graph::Package {
  std::string folder;
  Json manifest;
};

namespace {

std::string join(const std::string& folder, std::string_view path) {
  return (fs::path(folder) / path).lexically_normal().string();
}

std::string parent(const std::string& path) {
  return fs::path(path).parent_path().string();
}

// The target of an `exports` or `imports` entry under the active conditions.
std::optional<std::string> target(const Json& entry, bool require) {
  if (entry.is_string()) return entry.get<std::string>();
  if (entry.is_array()) {
    for (const Json& each : entry) {
      if (auto found = target(each, require)) return found;
    }
    return std::nullopt;
  }
  if (!entry.is_object()) return std::nullopt;
  for (const auto& [condition, value] : entry.items()) {
    const bool active = condition == (require ? "require" : "import") || condition == "module" ||
                        condition == "node" || condition == "default" || condition == "production";
    if (!active || value.is_null()) continue;
    if (auto found = target(value, require)) return found;
  }
  return std::nullopt;
}

// Looks `key` up in a map of subpaths with `*` patterns; the longest match wins.
std::optional<std::string> match(const Json& map, const std::string& key, bool require) {
  if (const auto exact = map.find(key); exact != map.end()) return target(*exact, require);
  const Json* best = nullptr;
  std::string best_prefix, star;
  for (const auto& [pattern, value] : map.items()) {
    const size_t at = pattern.find('*');
    std::string prefix = at == std::string::npos ? pattern : pattern.substr(0, at);
    const std::string suffix = at == std::string::npos ? "" : pattern.substr(at + 1);
    if (at == std::string::npos && !pattern.ends_with('/')) continue;
    if (!key.starts_with(prefix) || !key.ends_with(suffix) ||
        key.size() < prefix.size() + suffix.size())
      continue;
    if (best && prefix.size() <= best_prefix.size()) continue;
    best = &value;
    best_prefix = prefix;
    star = key.substr(prefix.size(), key.size() - prefix.size() - suffix.size());
  }
  if (!best) return std::nullopt;
  auto found = target(*best, require);
  if (!found) return std::nullopt;
  std::string out;
  if (found->find('*') == std::string::npos && found->ends_with('/')) return *found + star;
  for (const char c : *found) {
    if (c == '*') {
      out += star;
    } else {
      out += c;
    }
  }
  return out;
}

constexpr std::array kExtensions = {".tsx", ".ts",   ".jsx", ".js", ".mjs",
                                    ".cjs", ".json", ".mts", ".cts"};

}  // namespace

Graph::Graph(std::unique_ptr<FileSystem> files) : files_(std::move(files)) {}

const Graph::Package* Graph::package_at(const std::string& folder) {
  const auto [entry, added] = packages_.try_emplace(folder);
  if (added) {
    if (const auto text = files_->read(join(folder, "package.json"))) {
      Json manifest = Json::parse(*text, nullptr, false);
      if (manifest.is_object())
        entry->second = std::make_shared<Package>(Package{folder, std::move(manifest)});
    }
  }
  return entry->second.get();
}

const Graph::Package* Graph::package_of(const std::string& path) {
  for (std::string folder = parent(path);; folder = parent(folder)) {
    if (const Package* found = package_at(folder)) return found;
    if (folder == parent(folder) || fs::path(folder).filename() == "node_modules") return nullptr;
  }
}

std::optional<std::string> Graph::file_at(const std::string& base) {
  if (files_->is_file(base)) return base;
  for (const char* extension : kExtensions) {
    if (files_->is_file(base + extension)) return base + extension;
  }
  // TypeScript's `./x.js` for a file x.ts or x.tsx.
  const fs::path path(base);
  const std::string written = path.extension().string();
  if (written == ".js" || written == ".jsx" || written == ".mjs") {
    const std::string stem = base.substr(0, base.size() - written.size());
    for (const char* extension : {".ts", ".tsx", ".mts"}) {
      if (files_->is_file(stem + extension)) return stem + extension;
    }
  }
  if (!files_->is_directory(base)) return std::nullopt;
  if (const Package* package = package_at(base)) {
    for (const char* field : {"module", "main"}) {
      const auto entry = package->manifest.find(field);
      if (entry == package->manifest.end() || !entry->is_string()) continue;
      const std::string main = join(base, entry->get<std::string>());
      if (main != base + "/") {
        if (auto found = file_at(main)) return found;
      }
    }
  }
  for (const char* extension : kExtensions) {
    const std::string index = join(base, std::string("index") + extension);
    if (files_->is_file(index)) return index;
  }
  return std::nullopt;
}

std::optional<std::string> Graph::in_package(const Package& package, const std::string& subpath,
                                             bool require) {
  if (const auto exports = package.manifest.find("exports");
      exports != package.manifest.end() && !exports->is_null()) {
    const bool map =
        exports->is_object() && !exports->empty() && exports->begin().key().starts_with('.');
    const std::string key = subpath.empty() ? "." : "./" + subpath;
    std::optional<std::string> found;
    if (map) {
      found = match(*exports, key, require);
    } else if (subpath.empty()) {
      found = target(*exports, require);
    }
    if (!found) return std::nullopt;
    return file_at(join(package.folder, *found));
  }
  if (!subpath.empty()) return file_at(join(package.folder, subpath));
  if (require) {
    // What is required is the CommonJS form, where there are two.
    if (const auto main = package.manifest.find("main");
        main != package.manifest.end() && main->is_string()) {
      if (auto found = file_at(join(package.folder, main->get<std::string>()))) return found;
    }
  }
  return file_at(package.folder);
}

void Graph::provide(std::string specifier, std::string text) {
  provided_[std::move(specifier)] = std::move(text);
}

std::expected<std::string, source::Diagnostic> Graph::resolve(std::string_view specifier,
                                                              const std::string& from,
                                                              bool require) {
  if (provided_.contains(specifier)) return "jsxdp:" + std::string(specifier) + ".cjs";
  const std::string folder = parent(from);
  const std::string memo =
      std::string(require ? "r " : "i ") + folder + " " + std::string(specifier);
  if (const auto known = resolved_.find(memo); known != resolved_.end()) return known->second;
  const auto find = [&]() -> std::optional<std::string> {
    if (specifier.starts_with("./") || specifier.starts_with("../") || specifier == "." ||
        specifier == "..") {
      return file_at(join(folder, specifier));
    }
    if (specifier.starts_with('/')) return file_at(std::string(specifier));
    if (specifier.starts_with('#')) {
      const Package* package = package_of(from);
      if (!package || !package->manifest.contains("imports")) return std::nullopt;
      const auto found = match(package->manifest["imports"], std::string(specifier), require);
      if (!found) return std::nullopt;
      if (found->starts_with("./")) return file_at(join(package->folder, *found));
      auto outside = resolve(*found, from, require);
      return outside ? std::optional(*outside) : std::nullopt;
    }
    size_t slash = specifier.find('/');
    if (specifier.starts_with('@') && slash != std::string_view::npos)
      slash = specifier.find('/', slash + 1);
    const std::string name(specifier.substr(0, slash));
    const std::string subpath(slash == std::string_view::npos ? "" : specifier.substr(slash + 1));
    if (const Package* self = package_of(from);
        self && self->manifest.value("name", "") == name && self->manifest.contains("exports")) {
      if (auto found = in_package(*self, subpath, require)) return found;
    }
    for (std::string at = folder;; at = parent(at)) {
      const std::string candidate = join(at, "node_modules/" + name);
      if (files_->is_directory(candidate)) {
        if (const Package* package = package_at(files_->real_path(candidate))) {
          if (auto found = in_package(*package, subpath, require)) return found;
        } else if (auto found = file_at(subpath.empty() ? candidate : join(candidate, subpath))) {
          return found;
        }
      }
      if (at == parent(at)) return std::nullopt;
    }
  };
  // tsconfig paths: the nearest configuration that names any.
  const auto aliased = [&]() -> std::optional<std::string> {
    for (std::string at = folder;; at = parent(at)) {
      if (const auto text = files_->read(join(at, "tsconfig.json"))) {
        const Json config = Json::parse(*text, nullptr, false, true);
        if (config.is_object() && config.contains("compilerOptions")) {
          const Json& options = config["compilerOptions"];
          const std::string base = join(at, options.value("baseUrl", "."));
          if (options.contains("paths")) {
            if (auto found = match(options["paths"], std::string(specifier), require)) {
              if (auto file = file_at(join(base, *found))) return file;
            }
          }
          if (options.contains("baseUrl")) {
            if (auto file = file_at(join(base, specifier))) return file;
          }
        }
        return std::nullopt;
      }
      if (at == parent(at) || fs::path(at).filename() == "node_modules") return std::nullopt;
    }
  };
  std::optional<std::string> found = find();
  if (!found && !specifier.starts_with('.')) found = aliased();
  std::expected<std::string, source::Diagnostic> result;
  if (found) {
    result = files_->real_path(*found);
  } else {
    source::Diagnostic diagnostic;
    diagnostic.code = "JX1101";
    diagnostic.message = "cannot find module `" + std::string(specifier) + "`";
    const bool relative = specifier.starts_with('.') || specifier.starts_with('/');
    diagnostic.help = relative ? "check the path and the file's extension"
                               : "is the package installed? run `npm install`";
    result = std::unexpected(std::move(diagnostic));
  }
  resolved_.emplace(memo, result);
  return result;
}

std::expected<Loaded*, source::Diagnostics> Graph::load(const std::string& path) {
  if (const auto found = loaded_.find(path); found != loaded_.end()) return found->second.get();
  std::optional<std::string> text;
  if (path.starts_with("jsxdp:")) {
    text = provided_.at(path.substr(6, path.size() - 10));
  } else {
    text = files_->read(path);
  }
  if (!text) {
    source::Diagnostic diagnostic;
    diagnostic.code = "JX1102";
    diagnostic.message = "cannot read `" + path + "`";
    return std::unexpected(source::Diagnostics{std::move(diagnostic)});
  }
  auto loaded = std::make_unique<Loaded>();
  loaded->path = path;
  const std::string extension = fs::path(path).extension().string();
  loaded->file = std::make_shared<source::File>(path, std::move(*text));
  if (extension == ".json") {
    loaded->kind = Kind::kJson;
  } else if (extension == ".css" || extension == ".scss" || extension == ".sass" ||
             extension == ".less") {
    loaded->kind = path.find(".module.") == std::string::npos ? Kind::kStyle : Kind::kAsset;
  } else if (extension != ".tsx" && extension != ".ts" && extension != ".jsx" &&
             extension != ".js" && extension != ".mjs" && extension != ".cjs" &&
             extension != ".mts" && extension != ".cts") {
    loaded->kind = Kind::kAsset;
  } else {
    auto program = syntax::parse(loaded->file);
    if (!program) {
      // The diagnostics point into the file: keep it with us.
      source::Diagnostics diagnostics = std::move(program.error());
      loaded->kind = Kind::kAsset;
      broken_.push_back(loaded->file);
      return std::unexpected(std::move(diagnostics));
    }
    loaded->program = std::move(*program);
    loaded->kind = loaded->program->is_module || extension == ".mjs" ? Kind::kEsm : Kind::kCommonJs;
    if (extension == ".cjs") loaded->kind = Kind::kCommonJs;
  }
  Loaded* raw = loaded.get();
  loaded_[path] = std::move(loaded);
  return raw;
}

bool Graph::pure(const std::string& path) {
  if (path.starts_with("jsxdp:")) return false;
  const Package* package = package_of(path);
  if (!package) return false;
  const auto effects = package->manifest.find("sideEffects");
  if (effects == package->manifest.end()) return false;
  return effects->is_boolean() && !effects->get<bool>();
}

}  // namespace jsxdp::modules
