// SPDX-License-Identifier: MIT
// A YAML document as a plain tree with positions. Comes in: text, possibly hostile. Goes out: a
// tree of bounded size without aliases, tags or duplicate keys removed; it refuses everything
// beyond the limits.
#pragma once

#include "engine/model/rubric_issue.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay::rubric {

/// A real rubric of 60 checks has 60 KiB, 3,000 nodes and depth 6.
struct DocumentLimits {
  std::size_t max_bytes = 1024UL * 1024UL;
  std::size_t max_depth = 24;
  std::size_t max_nodes = 50'000;
};

struct Node {
  enum class Kind { null, scalar, list, map };
  Kind kind = Kind::null;
  std::string text;
  bool quoted = false; ///< a quoted scalar is text, never a number or a flag
  std::vector<Node> items;
  std::vector<std::pair<Node, Node>> fields;
  SourcePosition position;
};

/// Either `issues` is empty and `root` is the document, or it says why the text was refused.
struct Document {
  Node root;
  std::vector<RubricIssue> issues;
};

/// Reads one YAML document.
Document read_document(std::string_view text, const DocumentLimits& limits = {});

} // namespace assay::rubric
