// SPDX-License-Identifier: MIT
// Private to engine/syntax: the memory tree-sitter works in. A parse makes some ten thousand small
// blocks that all die together with its tree, so they come from blocks of the calling thread that
// are used again for the next tree.
#pragma once

namespace assay::syntax {

/// The address sanitizer sees more when every block is its own.
#if defined(__SANITIZE_ADDRESS__)
inline constexpr bool k_use_arena = false;
#elif defined(__has_feature)
#  if __has_feature(address_sanitizer)
inline constexpr bool k_use_arena = false;
#  else
inline constexpr bool k_use_arena = true;
#  endif
#else
inline constexpr bool k_use_arena = true;
#endif

/// While one exists on a thread, tree-sitter's allocations on that thread last until the outermost
/// one ends. Everything tree-sitter made in between must be gone or forgotten by then. Nests.
class ArenaScope {
public:
  ArenaScope();
  ~ArenaScope();
  ArenaScope(const ArenaScope&) = delete;
  ArenaScope& operator=(const ArenaScope&) = delete;
  ArenaScope(ArenaScope&&) = delete;
  ArenaScope& operator=(ArenaScope&&) = delete;

  /// Whether blocks stay in use when this scope ends unless they are freed.
  bool is_nested() const;
};

} // namespace assay::syntax
