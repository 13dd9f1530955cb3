// SPDX-License-Identifier: MIT
#pragma once

#include "engine/batch/progress.hpp"

#include <chrono>
#include <string>

namespace assay::cli {

enum class ProgressStyle {
  none,
  line,  ///< one line that is written over, on a terminal
  plain, ///< one line for each result
  json,  ///< one record for each event
};

/// "auto", "plain", "json", "none"; auto is a line on a terminal, else plain.
ProgressStyle progress_style(const std::string& word);

/// Shows the progress of a batch on standard error.
class BatchDisplay {
public:
  BatchDisplay(ProgressStyle style, batch::Progress progress);
  BatchDisplay(const BatchDisplay&) = delete;
  BatchDisplay& operator=(const BatchDisplay&) = delete;
  /// Removes the line.
  ~BatchDisplay();

  void note(const batch::BatchEvent& event);
  void tick();

  void finish() { clear(); }

private:
  void draw();
  void clear();

  ProgressStyle style_;
  batch::Progress progress_;
  std::chrono::steady_clock::time_point drawn_;
  bool visible_ = false;
};

} // namespace assay::cli
