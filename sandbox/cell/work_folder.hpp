// SPDX-License-Identifier: MIT
// Where a candidate works when it has no mount namespace: a folder on the host, watched and
// removed.
#pragma once

#include "sandbox/cell/process.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>

namespace assay::cell {

/// `repo` and `scratch` in a folder that only the engine may write. What is below is the
/// candidate's: no link in it is followed, and no depth or permission keeps it from being removed.
class WorkFolder {
public:
  /// Below the folder for temporary files; gone with this object or with our process. `owner`: the
  /// candidate's user.
  static Expected<std::unique_ptr<WorkFolder>> make(std::uint32_t owner);
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;
  ~WorkFolder() = default;

  /// Absolute, without symbolic links.
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  /// Empties both folders, for the next candidate. None may be running.
  Expected<void> renew();

  /// Whether it takes more than `bytes` or holds more than `entries` files and folders, or folders
  /// nested deeper than 64. May be asked while a candidate writes. What was deleted but is open
  /// still is not seen; RLIMIT_FSIZE and RLIMIT_NOFILE bound it.
  [[nodiscard]] bool exceeds(std::uint64_t bytes, std::uint64_t entries) const;

private:
  WorkFolder(std::filesystem::path path, std::uint32_t owner);

  std::filesystem::path path_;
  std::uint32_t owner_;
  Remover remover_;
};

/// Removes a folder with all that is in it, by system calls alone. False if something is left.
bool remove_tree(const char* path);

} // namespace assay::cell
