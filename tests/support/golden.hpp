// SPDX-License-Identifier: MIT
// Golden files: what a person reads is compared with a file a person approved. ASSAY_ACCEPT=1
// rewrites the files; the difference is then reviewed like code.
#pragma once

#include "tests/support/catch.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace assay::test {

/// `name` is a path below tests/golden.
inline void check_golden(const std::string& name, const std::string& got)
{
  const std::filesystem::path path =
    std::filesystem::path(ASSAY_SOURCE_DIR) / "tests/golden" / name;
  if (const char* accept = std::getenv("ASSAY_ACCEPT");
      accept != nullptr && std::string(accept) == "1") {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << got;
  }
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream expected;
  expected << stream.rdbuf();
  CAPTURE(path.string());
  CHECK(got == expected.str());
}

} // namespace assay::test
