// SPDX-License-Identifier: MIT
#pragma once

#include "engine/base/result.hpp"
#include "engine/intake/object_id.hpp"
#include "engine/intake/session.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::intake {

enum class EntryKind { file, executable, folder, symlink, submodule, special };

struct Entry {
  std::string name; ///< as it is in the tree, not validated
  EntryKind kind = EntryKind::file;
  ObjectId id; ///< in a git tree
};

struct FileContent {
  std::uint64_t size_bytes = 0;
  ObjectId id;                        ///< of a file that is not too large
  std::optional<std::string> content; ///< only if the rule says so
};

/// Decides by size whether content is to be loaded.
class LoadRule {
public:
  LoadRule(std::string_view path, const IntakeLimits& limits);

  [[nodiscard]] bool too_large(std::uint64_t size_bytes) const { return size_bytes > max_bytes_; }

  [[nodiscard]] bool loads(std::uint64_t size_bytes) const;

private:
  std::string_view path_;
  std::uint64_t max_bytes_;
};

/// One folder of a tree: of a commit or on disk. An Error ends the reading of the whole tree; what
/// cannot be read on disk for lack of permission is ErrorCode::not_found and becomes a skipped
/// path.
class Folder {
public:
  Folder() = default;
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  virtual ~Folder() = default;

  virtual Result<std::vector<Entry>> entries() = 0;
  virtual Result<std::unique_ptr<Folder>> open(const Entry& entry) = 0;
  virtual Result<std::string> link_target(const Entry& entry) = 0;
  virtual Result<FileContent> read(const Entry& entry, const LoadRule& rule) = 0;
};

/// Files, skipped paths and digest of the tree below `root`; the other members of the snapshot stay
/// empty. Errors: limit_exceeded (max_files, max_total_bytes, max_wall), unavailable (interrupted)
/// and those of Folder.
Result<Snapshot> walk(Folder& root, Session& session);

} // namespace assay::intake
