// SPDX-License-Identifier: MIT
// The architecture as data: docs/architecture.md, "layer".
#include "tests/support/catch.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

using Modules = std::set<std::string>;

const std::map<std::string, Modules>& allowed()
{
  static const std::map<std::string, Modules> k_allowed = {
    {"base", {}},
    {"model", {"base"}},
    {"intake", {"base", "model"}},
    {"syntax", {"base", "model"}},
    {"rubric", {"base", "model"}},
    {"codec", {"base", "model"}},
    {"checks", {"base", "model"}},
    {"score", {"base", "model"}},
    {"facts", {"base", "model", "syntax"}},
    {"similarity", {"base", "model", "syntax"}},
    {"probe", {"base", "model"}},
    {"store", {"base", "model", "codec"}},
    {"report", {"base", "model", "codec"}},
    {"pipeline",
     {"base", "model", "intake", "rubric", "checks", "facts", "similarity", "probe", "score"}},
    {"batch",
     {"base",
      "model",
      "codec",
      "intake",
      "similarity",
      "checks",
      "score",
      "probe",
      "store",
      "pipeline"}},
    {"cli", {"base", "model", "pipeline", "batch", "rubric", "probe", "checks", "store", "report"}},
  };
  return k_allowed;
}

/// Third-party headers and the one module that may include them.
const std::map<std::string, std::string>& owners()
{
  static const std::map<std::string, std::string> k_owners = {
    {"<git2", "intake"},
    {"<tree_sitter/", "syntax"},
    {"<yaml-cpp/", "rubric"},
    {"<nlohmann/", "codec"},
    {"<SQLiteCpp/", "store"},
    {"<sqlite3", "store"},
    {"<zlib", "store"},
    {"<CLI/", "cli"},
  };
  return k_owners;
}

struct Include {
  std::string file;
  std::string module;
  std::string target; ///< with its quotes or brackets
};

bool is_source(const fs::path& path)
{
  return path.extension() == ".cpp" || path.extension() == ".hpp";
}

std::vector<fs::path> sources(const char* folder)
{
  std::vector<fs::path> found;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(ASSAY_SOURCE_DIR) / folder)) {
    if (entry.is_regular_file() && is_source(entry.path())) {
      found.push_back(entry.path());
    }
  }
  std::ranges::sort(found);
  return found;
}

std::vector<Include> includes()
{
  std::vector<Include> found;
  for (const fs::path& path : sources("engine")) {
    const fs::path relative = path.lexically_relative(ASSAY_SOURCE_DIR);
    const std::string module = std::next(relative.begin())->string();
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
      if (line.starts_with("#include ")) {
        found.push_back({relative.string(), module, line.substr(9)});
      }
    }
  }
  return found;
}

int lines_of(const fs::path& path)
{
  std::ifstream file(path);
  int lines = 0;
  for (std::string line; std::getline(file, line);) {
    ++lines;
  }
  return lines;
}

} // namespace

TEST_CASE("every module includes only what the layer table allows")
{
  int seen = 0;
  for (const Include& include : includes()) {
    CAPTURE(include.file, include.target);
    REQUIRE(allowed().contains(include.module));
    if (include.target.starts_with("\"engine/")) {
      ++seen;
      const std::string rest = include.target.substr(8);
      const std::string target = rest.substr(0, rest.find('/'));
      CHECK((target == include.module || allowed().at(include.module).contains(target)));
    } else if (include.target.starts_with("\"sandbox/")) {
      CHECK((include.module == "probe" || include.module == "cli"));
    } else if (include.target.starts_with('"')) {
      const std::set<std::string> generated{"\"kinds.inc\"", "\"report_assets.hpp\""};
      CHECK(generated.contains(include.target));
    }
  }
  CHECK(seen > 500);
}

TEST_CASE("the sandbox stands alone, and its parts depend on each other in one direction")
{
  const std::map<std::string, Modules> allowed = {
    {"base", {}},
    {"wire", {"base"}},
    {"box", {"base"}},
    {"broker", {"base", "wire", "box"}},
    {"runtimes", {"base"}},
    {"cell", {"base", "wire", "box", "broker"}},
  };
  int seen = 0;
  for (const fs::path& path : sources("sandbox")) {
    const std::string module =
      std::next(path.lexically_relative(ASSAY_SOURCE_DIR).begin(), 1)->string();
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
      if (!line.starts_with("#include \"")) {
        continue;
      }
      CAPTURE(path.string(), line);
      REQUIRE(line.starts_with("#include \"sandbox/"));
      const std::string rest = line.substr(std::string_view("#include \"sandbox/").size());
      const std::string target = rest.substr(0, rest.find('/'));
      CHECK((target == module || allowed.at(module).contains(target)));
      ++seen;
    }
  }
  CHECK(seen > 50);
}

TEST_CASE("a third-party library belongs to one module and stays out of its headers")
{
  for (const Include& include : includes()) {
    for (const auto& [prefix, owner] : owners()) {
      if (include.target.starts_with(prefix)) {
        CAPTURE(include.file, include.target);
        CHECK(include.module == owner);
      }
    }
  }
}

TEST_CASE("no file outgrows a reader")
{
  for (const char* folder : {"engine", "sandbox"}) {
    for (const fs::path& path : sources(folder)) {
      CAPTURE(path.string());
      CHECK(lines_of(path) <= 500);
    }
  }
  for (const fs::path& path : sources("tests")) {
    CAPTURE(path.string());
    CHECK(lines_of(path) <= 700);
  }
}

TEST_CASE("every source file says under which license it is")
{
  for (const char* folder : {"engine", "sandbox", "tests"}) {
    for (const fs::path& path : sources(folder)) {
      std::ifstream file(path);
      std::string line;
      std::getline(file, line);
      CAPTURE(path.string());
      CHECK(line == "// SPDX-License-Identifier: MIT");
    }
  }
}

TEST_CASE("libraries neither print nor exit")
{
  for (const fs::path& path : sources("engine")) {
    const std::string relative = path.lexically_relative(ASSAY_SOURCE_DIR).string();
    if (relative.starts_with("engine/cli/") || relative.find("/generate/") != std::string::npos) {
      continue;
    }
    std::ifstream file(path);
    std::stringstream text;
    text << file.rdbuf();
    for (const char* word :
         {"std::cout", "std::cerr", "fmt::print(", "printf(", "std::exit(", " exit("}) {
      CAPTURE(relative, word);
      CHECK(text.str().find(word) == std::string::npos);
    }
  }
}
