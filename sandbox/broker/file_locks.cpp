// SPDX-License-Identifier: MIT
#include "sandbox/broker/file_locks.hpp"

#include <sqlite3.h>

namespace assay::broker {

bool FileLocks::lock(LockHolder& holder, int wanted)
{
  if (wanted <= holder.level) {
    return true;
  }
  if (wanted == SQLITE_LOCK_SHARED) {
    if (writer_ != nullptr && writer_->level >= SQLITE_LOCK_PENDING) {
      return false;
    }
    ++readers_;
    holder.level = SQLITE_LOCK_SHARED;
    return true;
  }
  if (writer_ != nullptr && writer_ != &holder) {
    return false;
  }
  writer_ = &holder;
  if (wanted != SQLITE_LOCK_EXCLUSIVE) {
    holder.level = wanted;
    return true;
  }
  holder.level = readers_ > 1 ? SQLITE_LOCK_PENDING : SQLITE_LOCK_EXCLUSIVE;
  return holder.level == SQLITE_LOCK_EXCLUSIVE;
}

void FileLocks::unlock(LockHolder& holder, int wanted)
{
  if (holder.level <= wanted) {
    return;
  }
  if (writer_ == &holder) {
    writer_ = nullptr;
  }
  if (wanted == SQLITE_LOCK_NONE) {
    --readers_;
  }
  holder.level = wanted;
}

void* SharedMemory::map(Holder& holder, std::size_t region, std::size_t size, bool extend)
{
  if (!holder.joined) {
    holder.joined = true;
    ++joined_;
  }
  if (regions_.size() <= region) {
    if (!extend) {
      return nullptr;
    }
    while (regions_.size() <= region) {
      regions_.push_back(std::make_unique<std::vector<std::byte>>(size));
    }
  }
  return regions_[region]->data();
}

bool SharedMemory::lock(Holder& holder, int offset, int count, bool exclusive)
{
  for (int index = offset; index < offset + count; ++index) {
    const auto at = static_cast<std::size_t>(index);
    const auto bit = static_cast<std::uint8_t>(1U << at);
    const int others = readers_.at(at) - ((holder.read & bit) != 0 ? 1 : 0);
    const bool written = writers_.at(at) && (holder.write & bit) == 0;
    if (written || (exclusive && others > 0)) {
      return false;
    }
  }
  for (int index = offset; index < offset + count; ++index) {
    const auto at = static_cast<std::size_t>(index);
    const auto bit = static_cast<std::uint8_t>(1U << at);
    if (exclusive) {
      writers_.at(at) = true;
      holder.write = static_cast<std::uint8_t>(holder.write | bit);
    } else if ((holder.read & bit) == 0) {
      ++readers_.at(at);
      holder.read = static_cast<std::uint8_t>(holder.read | bit);
    }
  }
  return true;
}

void SharedMemory::unlock(Holder& holder, int offset, int count)
{
  for (int index = offset; index < offset + count; ++index) {
    const auto at = static_cast<std::size_t>(index);
    const auto bit = static_cast<std::uint8_t>(1U << at);
    const auto rest = static_cast<std::uint8_t>(~bit);
    if ((holder.write & bit) != 0) {
      writers_.at(at) = false;
      holder.write = static_cast<std::uint8_t>(holder.write & rest);
    }
    if ((holder.read & bit) != 0) {
      --readers_.at(at);
      holder.read = static_cast<std::uint8_t>(holder.read & rest);
    }
  }
}

void SharedMemory::leave(Holder& holder)
{
  if (!holder.joined) {
    return;
  }
  unlock(holder, 0, k_locks);
  holder.joined = false;
  if (--joined_ == 0) {
    forget();
  }
}

void SharedMemory::forget()
{
  if (joined_ == 0) {
    regions_.clear();
  }
}

} // namespace assay::broker
