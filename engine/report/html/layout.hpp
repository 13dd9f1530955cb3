// SPDX-License-Identifier: MIT
// Private to this module: boxes and the lines between them, placed by Graphviz. It gets sizes and
// numbers only; no text of a candidate reaches it.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace assay::report::html {

struct Spot {
  double x = 0;
  double y = 0;
};

/// Width and height of a box, in pixels; after layout its centre as well.
struct Box {
  double width = 0;
  double height = 0;
  Spot centre;
};

/// A line from one box to another, by index; after layout the points of a cubic spline: a start and
/// three points for each piece.
struct Link {
  std::size_t from = 0;
  std::size_t to = 0;
  std::vector<Spot> spline;
  bool labelled = false; ///< needs room for words
};

struct Layout {
  double width = 0;
  double height = 0;
  std::vector<Box> boxes;
  std::vector<Link> links;
};

/// Places `boxes` from left to right along `links`; y grows downwards. Nothing if Graphviz refuses.
/// Not to be called by two threads at once: Graphviz has state of its own.
/// Source: Graphviz 2.42, "dot"; the output format "plain".
std::optional<Layout> placed(std::vector<Box> boxes, std::vector<Link> links);

} // namespace assay::report::html
