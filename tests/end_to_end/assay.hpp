// SPDX-License-Identifier: MIT
// The built program, with a cache and a home of its own.
#pragma once

#include "tests/support/command.hpp"
#include "tests/support/temporary_folder.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

namespace assay::test {

inline const std::string k_assay = std::string(ASSAY_BUILD_DIR) + "/engine/cli/assay";

/// What stands before a command so that it keeps everything below `home`.
inline std::string at_home(const TemporaryFolder& home)
{
  const std::string path = home.path().string();
  return "HOME=" + path + " XDG_CACHE_HOME=" + path + "/cache XDG_DATA_HOME=" + path + "/data";
}

/// A run of assay with a cache and a home of its own. Submissions are read, not executed.
inline CommandResult grader(const TemporaryFolder& home, std::vector<std::string> words)
{
  if (words.front() == "grade") {
    words.insert(words.begin() + 1, "--no-run");
  }
  words.insert(words.begin(), k_assay);
  return run(words, at_home(home));
}

/// A folder below `home` with these files; answers its path.
inline std::string graded_folder(const TemporaryFolder& home,
                                 const std::string& name,
                                 const std::vector<std::pair<std::string, std::string>>& files)
{
  for (const auto& [path, text] : files) {
    const std::filesystem::path target = home.path() / name / path;
    std::filesystem::create_directories(target.parent_path());
    std::ofstream(target, std::ios::binary) << text;
  }
  return (home.path() / name).string();
}

/// The files of a sample, as a candidate would hand them in.
inline std::filesystem::path sample_folder(const std::string& name)
{
  return std::filesystem::path(ASSAY_SOURCE_DIR) / "samples" / name / "repo";
}

} // namespace assay::test
