// SPDX-License-Identifier: MIT
// How far a batch is, and the words for it: for a line on a terminal, for a log, for a program.
#pragma once

#include "engine/batch/run_batch.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace assay::batch {

/// Counts the events of a batch. Times are those of the caller's steady clock.
class Progress {
public:
  using Ticks = std::chrono::steady_clock::time_point;
  using Label = std::function<std::string(const BatchEntry&)>;

  /// `label`: what a candidate is called in every line; `entries` outlive this.
  Progress(const std::vector<BatchEntry>& entries, Label label, Ticks start);

  void note(const BatchEvent& event, Ticks now);

  /// "12 of 40: 11 graded, 1 failed; 2 running, 3.1 a second, 9 s left; slowest ana (4 s)"
  [[nodiscard]] std::string line(Ticks now) const;

  /// "[12/40] ana: 83.3 strong"; empty for events that are not worth a line of a log.
  [[nodiscard]] std::string log_line(const BatchEvent& event) const;

  /// One JSON record, compact, without a newline. docs/batch.md lists its members.
  [[nodiscard]] std::string json(const BatchEvent& event) const;

private:
  [[nodiscard]] std::size_t done() const { return earlier_ + graded_ + failed_; }

  const std::vector<BatchEntry>& entries_;
  Label label_;
  Ticks start_;
  std::size_t earlier_ = 0;
  std::size_t graded_ = 0;
  std::size_t failed_ = 0;
  std::map<std::size_t, Ticks> running_; ///< entries being executed
};

/// "9 s", "4 min 20 s", "2 h 5 min"
std::string duration_text(std::chrono::seconds duration);

} // namespace assay::batch
