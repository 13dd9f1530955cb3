// SPDX-License-Identifier: MIT
// Snapshots for tests: from text in the test itself, or from a folder of case files.
#pragma once

#include "engine/model/submission.hpp"
#include "tests/support/read_text.hpp"

#include <filesystem>
#include <initializer_list>
#include <memory>
#include <string>
#include <utility>

namespace assay::test {

inline void add_file(Snapshot& snapshot, std::string path, std::string text)
{
  Blob blob;
  blob.size_bytes = text.size();
  blob.content = std::make_shared<const std::string>(std::move(text));
  snapshot.files[std::move(path)] = std::move(blob);
}

inline Snapshot memory_snapshot(std::initializer_list<std::pair<std::string, std::string>> files)
{
  Snapshot snapshot;
  for (const auto& [path, text] : files) {
    add_file(snapshot, path, text);
  }
  return snapshot;
}

/// Every regular file below `folder`; expected.txt at its top is the case's own and left out.
inline Snapshot folder_snapshot(const std::filesystem::path& folder)
{
  Snapshot snapshot;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) {
      const std::string relative = entry.path().lexically_relative(folder).generic_string();
      if (relative != "expected.txt") {
        add_file(snapshot, relative, read_text(entry.path()));
      }
    }
  }
  return snapshot;
}

} // namespace assay::test
