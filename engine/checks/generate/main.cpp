// SPDX-License-Identifier: MIT
// Writes docs/checks/*.md and rubrics/rubric.schema.json from the declarations of the kinds (target
// `docs`).
#include "engine/checks/catalogue.hpp"
#include "engine/checks/page.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

namespace {

namespace fs = std::filesystem;

bool write(const fs::path& path, const std::string& text)
{
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) {
    std::cerr << "cannot write " << path.string() << '\n';
  }
  return static_cast<bool>(file);
}

} // namespace

int main(int argc, char** argv)
{
  if (argc != 2) {
    std::cerr << "usage: assay_generate <root of the source tree>\n";
    return 2;
  }
  const fs::path root = argv[1];
  const auto kinds = assay::checks::catalogue();
  bool written = write(root / "docs/checks/README.md", assay::checks::render_index(kinds))
                 && write(root / "rubrics/rubric.schema.json", assay::checks::render_schema(kinds));
  for (const assay::checks::Kind* kind : kinds) {
    const fs::path page = root / "docs/checks" / (std::string(kind->id) + ".md");
    written = written && write(page, assay::checks::render_page(*kind));
  }
  return written ? 0 : 1;
}
