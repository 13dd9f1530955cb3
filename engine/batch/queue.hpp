// SPDX-License-Identifier: MIT
// What the threads of a batch hand to one another.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace assay::batch {

/// First in, first out, of a bounded length: who adds to a full queue waits, so that a fast stage
/// never piles up what a slow one has not taken. Closed by the last of those who add.
template<class T>
class Queue {
public:
  Queue(std::size_t capacity, int writers)
    : capacity_(capacity),
      writers_(writers)
  {
  }

  void push(T item)
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return items_.size() < capacity_; });
    items_.push_back(std::move(item));
    changed_.notify_all();
  }

  /// Nothing when the queue is closed and empty.
  std::optional<T> pop()
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !items_.empty() || writers_ == 0; });
    return take();
  }

  /// Nothing besides when `patience` has passed; `closed()` tells which.
  std::optional<T> pop_within(std::chrono::milliseconds patience)
  {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, patience, [this] { return !items_.empty() || writers_ == 0; });
    return take();
  }

  /// One of the writers adds nothing more.
  void leave()
  {
    const std::lock_guard lock(mutex_);
    --writers_;
    changed_.notify_all();
  }

  [[nodiscard]] bool closed() const
  {
    const std::lock_guard lock(mutex_);
    return writers_ == 0 && items_.empty();
  }

private:
  std::optional<T> take()
  {
    if (items_.empty()) {
      return std::nullopt;
    }
    std::optional<T> item(std::move(items_.front()));
    items_.pop_front();
    changed_.notify_all();
    return item;
  }

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<T> items_;
  std::size_t capacity_;
  int writers_;
};

} // namespace assay::batch
