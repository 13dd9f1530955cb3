// SPDX-License-Identifier: MIT
// Private to engine/syntax: the memory tree-sitter works in. A parse makes some ten thousand small blocks that all die
// together with its tree, so they come from blocks of the calling thread that are used again for the next tree.
#pragma once

namespace assay::syntax {

/// While one exists on a thread, tree-sitter's allocations on that thread last until the outermost one ends.
/// Everything tree-sitter made in between must be gone or forgotten by then. Nests.
class ArenaScope {
public:
  ArenaScope();
  ~ArenaScope();
  ArenaScope(const ArenaScope&) = delete;
  ArenaScope& operator=(const ArenaScope&) = delete;
  ArenaScope(ArenaScope&&) = delete;
  ArenaScope& operator=(ArenaScope&&) = delete;

  /// Whether an outer scope keeps the memory alive when this one ends.
  bool is_nested() const;
};

} // namespace assay::syntax
