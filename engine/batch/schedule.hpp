// SPDX-License-Identifier: MIT
// Which submission is obtained next, and which one later again.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <optional>
#include <vector>

namespace assay::batch {

/// Tasks are numbers from 0. A task is handed out, then either settled or put off; a task that was
/// put off is handed out again once its time has come. For several threads.
class Schedule {
public:
  struct Task {
    std::size_t number = 0;
    int attempt = 1;
  };

  /// `tasks` in the order in which they are handed out first.
  explicit Schedule(const std::vector<std::size_t>& tasks);

  /// Waits for a task; nothing when all are settled, or after stop().
  std::optional<Task> next();

  void settle();
  void put_off(const Task& task, std::chrono::milliseconds pause);
  void stop();

private:
  struct Waiting {
    Task task;
    std::chrono::steady_clock::time_point ready;
  };

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Waiting> waiting_; ///< small but for the start: searched from the front
  std::size_t handed_out_ = 0;
  bool stopped_ = false;
};

} // namespace assay::batch
