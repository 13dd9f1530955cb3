// SPDX-License-Identifier: MIT
// What the tests of intake ask again and again.
#pragma once

#include "engine/intake/intake.hpp"
#include "tests/support/git_repository.hpp"
#include "tests/support/temporary_folder.hpp"

#include <algorithm>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace assay::test {

inline Result<Snapshot> obtain(const std::string& source,
                               const std::string& ref = "",
                               const intake::IntakeOptions& options = {})
{
  return intake::obtain({source, ref, std::nullopt}, options);
}

inline std::vector<std::string> paths(const Snapshot& snapshot)
{
  std::vector<std::string> names;
  for (const auto& [path, blob] : snapshot.files) {
    names.push_back(path);
  }
  return names;
}

inline std::string content(const Snapshot& snapshot, const std::string& path)
{
  const auto place = snapshot.files.find(path);
  return place == snapshot.files.end() || place->second.content == nullptr ? "(none)"
                                                                           : *place->second.content;
}

/// The skipped path, or one with an empty name.
inline SkippedPath skipped(const Snapshot& snapshot, const std::string& path)
{
  const auto place = std::ranges::find(snapshot.skipped, path, &SkippedPath::path);
  return place == snapshot.skipped.end() ? SkippedPath{} : *place;
}

/// Names in `folder` that begin with `prefix`.
inline std::vector<std::string> names_in(const std::filesystem::path& folder,
                                         const std::string& prefix = "")
{
  std::vector<std::string> names;
  if (std::filesystem::exists(folder)) {
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      if (entry.path().filename().string().starts_with(prefix)) {
        names.push_back(entry.path().filename().string());
      }
    }
  }
  std::ranges::sort(names);
  return names;
}

/// Sends temporary files of intake into a folder that can be looked at afterwards.
class TemporaryRoot {
public:
  TemporaryRoot() { setenv("TMPDIR", folder_.path().c_str(), 1); }

  TemporaryRoot(const TemporaryRoot&) = delete;
  TemporaryRoot& operator=(const TemporaryRoot&) = delete;

  ~TemporaryRoot() { unsetenv("TMPDIR"); }

  [[nodiscard]] bool empty() const { return names_in(folder_.path()).empty(); }

private:
  TemporaryFolder folder_;
};

} // namespace assay::test
