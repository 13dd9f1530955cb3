// SPDX-License-Identifier: MIT
// Making and telling apart what a value holds; for the sources of Reader::holding alone.
#pragma once

#include "engine/facts/queries/reader.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace assay::facts::queries {

inline Holding entity(std::string class_name)
{
  Holding held;
  held.shape = Shape::entity;
  held.class_name = std::move(class_name);
  return held;
}

inline Holding with_shape(Shape shape)
{
  Holding held;
  held.shape = shape;
  return held;
}

/// Many of what `one` is.
inline Holding many(Holding one)
{
  switch (one.shape) {
  case Shape::entity:
    one.shape = Shape::collection;
    return one;
  case Shape::row:
    one.shape = Shape::rows;
    return one;
  case Shape::record:
  case Shape::records:
    return with_shape(Shape::records);
  case Shape::collection:
  case Shape::rows:
  case Shape::scalar: {
    Holding rows = with_shape(Shape::rows);
    rows.from = one.from;
    rows.parts.push_back(std::move(one));
    return rows;
  }
  case Shape::unknown:
  case Shape::nothing:
  case Shape::mapping:
    return with_shape(Shape::unknown);
  }
  return one;
}

inline bool tells(const Holding& held)
{
  return held.shape != Shape::unknown && held.shape != Shape::nothing;
}

} // namespace assay::facts::queries
