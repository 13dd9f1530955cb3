// SPDX-License-Identifier: MIT
#pragma once

#include "engine/pipeline/grade.hpp"

#include <string>

namespace assay::cli {

/// One line on standard error that follows the intake; nothing when standard error is no terminal.
class ProgressLine {
public:
  explicit ProgressLine(bool enabled);
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  /// Removes the line.
  ~ProgressLine();

  void show(const intake::IntakeProgress& progress);
  void clear();

private:
  bool enabled_;
  bool visible_ = false;
};

/// "receiving 1.5 MiB, 120 of 480 objects"
std::string describe(const intake::IntakeProgress& progress);

} // namespace assay::cli
