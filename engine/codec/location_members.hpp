// SPDX-License-Identifier: MIT
#pragma once

#include "engine/codec/of.hpp"
#include "engine/model/location.hpp"

namespace assay::codec {

template<class Visit>
void members(Of<Location>, Visit&& visit)
{
  using T = Location;
  visit("path", &T::path);
  visit("line", &T::line);
  visit("column", &T::column);
  visit("end_line", &T::end_line);
  visit("text", &T::text);
}

template<class Visit>
void members(Of<Evidence>, Visit&& visit)
{
  using T = Evidence;
  visit("where", &T::where);
  visit("note", &T::note);
}

} // namespace assay::codec
