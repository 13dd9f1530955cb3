// SPDX-License-Identifier: MIT
#include "engine/syntax/arena.hpp"

#include <tree_sitter/api.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <vector>

namespace assay::syntax {

namespace {

constexpr std::size_t k_alignment = 16;

/// Sizes up to this many units of k_alignment are used again once freed.
constexpr std::size_t k_small_units = 256;

/// Enough for a module of 2,000 lines; larger files add blocks.
constexpr std::size_t k_block_bytes = 1U << 20U;

/// What a thread keeps between two trees.
constexpr std::size_t k_kept_blocks = 8;

struct alignas(k_alignment) Header {
  std::size_t bytes = 0;
};

class Arena {
public:
  void* allocate(std::size_t bytes)
  {
    const auto units = (std::max<std::size_t>(bytes, 1) + k_alignment - 1) / k_alignment;
    if (units < k_small_units && free_[units] != nullptr) {
      auto* const reused = free_[units];
      free_[units] = reused->next;
      return reused;
    }
    return carve(units);
  }

  void release(void* pointer)
  {
    const auto units = size_of(pointer) / k_alignment;
    if (units < k_small_units) {
      free_[units] = new (pointer) FreeBlock{free_[units]};
    }
  }

  void* resize(void* pointer, std::size_t bytes)
  {
    const auto old_bytes = size_of(pointer);
    if (bytes <= old_bytes) {
      return pointer;
    }
    auto* const moved = allocate(bytes);
    std::memcpy(moved, pointer, old_bytes);
    release(pointer);
    return moved;
  }

  void enter() { ++scopes_; }

  bool is_nested() const { return scopes_ > 1; }

  void leave()
  {
    if (--scopes_ > 0) {
      return;
    }
    free_.fill(nullptr);
    large_.clear();
    blocks_.resize(std::min(blocks_.size(), k_kept_blocks));
    block_ = 0;
    used_ = 0;
  }

private:
  struct FreeBlock {
    FreeBlock* next = nullptr;
  };

  using Block = std::unique_ptr<std::byte[]>;

  static std::size_t size_of(void* pointer) { return (static_cast<Header*>(pointer) - 1)->bytes; }

  void* carve(std::size_t units)
  {
    const auto bytes = units * k_alignment + sizeof(Header);
    std::byte* place = nullptr;
    if (bytes > k_block_bytes / 4) {
      place = large_.emplace_back(new std::byte[bytes]).get();
    } else {
      if (block_ < blocks_.size() && used_ + bytes > k_block_bytes) {
        ++block_;
        used_ = 0;
      }
      if (block_ == blocks_.size()) {
        blocks_.emplace_back(new std::byte[k_block_bytes]);
      }
      place = blocks_[block_].get() + used_;
      used_ += bytes;
    }
    return new (place) Header{units * k_alignment} + 1;
  }

  std::array<FreeBlock*, k_small_units> free_{};
  std::vector<Block> blocks_;
  std::vector<Block> large_;
  std::size_t block_ = 0;
  std::size_t used_ = 0;
  int scopes_ = 0;
};

thread_local Arena t_arena;

extern "C" {

void* assay_arena_malloc(std::size_t bytes)
{
  return t_arena.allocate(bytes);
}

void* assay_arena_calloc(std::size_t count, std::size_t bytes)
{
  auto* const made = t_arena.allocate(count * bytes);
  std::memset(made, 0, count * bytes);
  return made;
}

void* assay_arena_realloc(void* pointer, std::size_t bytes)
{
  return pointer == nullptr ? t_arena.allocate(bytes) : t_arena.resize(pointer, bytes);
}

void assay_arena_free(void* pointer)
{
  if (pointer != nullptr) {
    t_arena.release(pointer);
  }
}
}

} // namespace

ArenaScope::ArenaScope()
{
  [[maybe_unused]] static const bool installed = [] {
    if (k_use_arena) {
      ts_set_allocator(
        assay_arena_malloc, assay_arena_calloc, assay_arena_realloc, assay_arena_free);
    }
    return k_use_arena;
  }();
  t_arena.enter();
}

bool ArenaScope::is_nested() const
{
  return !k_use_arena || t_arena.is_nested();
}

ArenaScope::~ArenaScope()
{
  t_arena.leave();
}

} // namespace assay::syntax
