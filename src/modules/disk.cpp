#include <fstream>
#include <sstream>

#include "modules/graph.h"

namespace jsxdp::modules {
namespace {

namespace fs = std::filesystem;

class Disk final : public FileSystem {
 public:
  std::optional<std::string> read(const std::string& path) override {
    std::ifstream in(path, std::ios::binary);
    if (!in) return std::nullopt;
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
  }
  bool is_file(const std::string& path) override {
    std::error_code error;
    return fs::is_regular_file(path, error);
  }
  bool is_directory(const std::string& path) override {
    std::error_code error;
    return fs::is_directory(path, error);
  }
  std::string real_path(const std::string& path) override {
    std::error_code error;
    const fs::path real = fs::canonical(path, error);
    return error ? path : real.string();
  }
};

}  // namespace

std::unique_ptr<FileSystem> disk() {
  return std::make_unique<Disk>();
}

}  // namespace jsxdp::modules
