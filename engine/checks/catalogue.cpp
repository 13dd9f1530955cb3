// SPDX-License-Identifier: MIT
#include "engine/checks/catalogue.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace assay::checks {

#define ASSAY_KIND(name)                                                                           \
  namespace name {                                                                                 \
  extern const Kind kind;                                                                          \
  }
#include "kinds.inc"
#undef ASSAY_KIND

namespace {

std::vector<const Kind*> sorted_kinds()
{
  std::vector<const Kind*> kinds = {
#define ASSAY_KIND(name) &name::kind,
#include "kinds.inc"
#undef ASSAY_KIND
  };
  std::ranges::sort(kinds, {}, [](const Kind* kind) { return kind->id; });
  return kinds;
}

} // namespace

std::span<const Kind* const> catalogue()
{
  static const std::vector<const Kind*> kinds = sorted_kinds();
  return kinds;
}

const Kind* find_kind(std::string_view id)
{
  const auto kinds = catalogue();
  const auto found =
    std::ranges::lower_bound(kinds, id, {}, [](const Kind* kind) { return kind->id; });
  return found != kinds.end() && (*found)->id == id ? *found : nullptr;
}

} // namespace assay::checks
