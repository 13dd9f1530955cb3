// SPDX-License-Identifier: MIT
#include "engine/report/report.hpp"

#include <algorithm>

namespace assay::report {

const Format* find_format(std::string_view id)
{
  const auto found = std::ranges::find(k_formats, id, &Format::id);
  return found == k_formats.end() ? nullptr : &*found;
}

} // namespace assay::report
