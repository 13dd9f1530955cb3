// SPDX-License-Identifier: MIT
// Type families as rubrics spell them, and the groups that kinds reason about.
#pragma once

#include "engine/model/schema_facts.hpp"

#include <array>
#include <cstddef>
#include <string_view>

namespace assay {

/// In the order of TypeFamily.
inline constexpr std::array<std::string_view, 19> k_family_names = {"unknown",
                                                                    "integer",
                                                                    "big_integer",
                                                                    "small_integer",
                                                                    "boolean",
                                                                    "string",
                                                                    "text",
                                                                    "uuid",
                                                                    "datetime",
                                                                    "date",
                                                                    "time",
                                                                    "interval",
                                                                    "real",
                                                                    "numeric",
                                                                    "json",
                                                                    "array",
                                                                    "enumeration",
                                                                    "binary",
                                                                    "other"};

constexpr std::string_view family_name(TypeFamily family)
{
  return k_family_names[static_cast<std::size_t>(family)];
}

constexpr bool is_integer(TypeFamily family)
{
  return family == TypeFamily::integer || family == TypeFamily::big_integer
         || family == TypeFamily::small_integer;
}

constexpr bool is_text(TypeFamily family)
{
  return family == TypeFamily::string || family == TypeFamily::text;
}

constexpr bool is_moment(TypeFamily family)
{
  return family == TypeFamily::datetime || family == TypeFamily::date || family == TypeFamily::time;
}

/// Nothing can be said about it by its family.
constexpr bool is_opaque(TypeFamily family)
{
  return family == TypeFamily::unknown || family == TypeFamily::other;
}

} // namespace assay
