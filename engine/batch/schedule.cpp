// SPDX-License-Identifier: MIT
#include "engine/batch/schedule.hpp"

#include <algorithm>

namespace assay::batch {

Schedule::Schedule(const std::vector<std::size_t>& tasks)
{
  for (const std::size_t number : tasks) {
    waiting_.push_back({{number, 1}, {}});
  }
  std::ranges::reverse(waiting_); // the next one is at the end
}

std::optional<Schedule::Task> Schedule::next()
{
  std::unique_lock lock(mutex_);
  while (!stopped_) {
    const auto now = std::chrono::steady_clock::now();
    const auto ready = std::find_if(
      waiting_.rbegin(), waiting_.rend(), [&](const Waiting& each) { return each.ready <= now; });
    if (ready != waiting_.rend()) {
      const Task task = ready->task;
      waiting_.erase(std::next(ready).base());
      ++handed_out_;
      return task;
    }
    if (waiting_.empty() && handed_out_ == 0) {
      return std::nullopt;
    }
    if (waiting_.empty()) {
      changed_.wait(lock);
    } else {
      changed_.wait_until(lock, std::ranges::min(waiting_, {}, &Waiting::ready).ready);
    }
  }
  return std::nullopt;
}

void Schedule::settle()
{
  const std::lock_guard lock(mutex_);
  --handed_out_;
  changed_.notify_all();
}

void Schedule::put_off(const Task& task, std::chrono::milliseconds pause)
{
  const std::lock_guard lock(mutex_);
  --handed_out_;
  waiting_.insert(waiting_.begin(),
                  {{task.number, task.attempt + 1}, std::chrono::steady_clock::now() + pause});
  changed_.notify_all();
}

void Schedule::stop()
{
  const std::lock_guard lock(mutex_);
  stopped_ = true;
  changed_.notify_all();
}

} // namespace assay::batch
