// SPDX-License-Identifier: MIT
#pragma once

#include "engine/base/result.hpp"

#include <filesystem>
#include <string_view>

namespace assay::intake {

/// A directory of our own (mode 0700) that is removed with everything in it, unless it was
/// released.
class TemporaryDirectory {
public:
  /// Below `parent`, its name begins with `prefix`.
  /// Errors: io.
  static Result<TemporaryDirectory> make(const std::filesystem::path& parent,
                                         std::string_view prefix);

  TemporaryDirectory(TemporaryDirectory&& other) noexcept;
  TemporaryDirectory& operator=(TemporaryDirectory&& other) noexcept;
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  ~TemporaryDirectory();

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  /// Leaves the directory where it is.
  void release() { path_.clear(); }

private:
  explicit TemporaryDirectory(std::filesystem::path path);
  void remove();

  std::filesystem::path path_;
};

/// $TMPDIR, else /tmp.
std::filesystem::path temporary_root();

} // namespace assay::intake
