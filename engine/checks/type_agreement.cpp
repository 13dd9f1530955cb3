// SPDX-License-Identifier: MIT
#include "engine/checks/type_agreement.hpp"

#include "engine/checks/lookup.hpp"
#include "engine/model/type_family.hpp"

#include <cstddef>

namespace assay::checks {

namespace {

Truth agree(const Column& from, const Column& to)
{
  if (from.type_text.empty() && from.family == TypeFamily::unknown) {
    return Truth::yes;
  }
  if (is_opaque(from.family) || is_opaque(to.family)) {
    return Truth::unknown;
  }
  if (from.family == to.family || (is_integer(from.family) && is_integer(to.family))) {
    return Truth::yes;
  }
  const auto textual = [](TypeFamily family) {
    return is_text(family) || family == TypeFamily::enumeration;
  };
  if (textual(from.family) && textual(to.family)) {
    return Truth::yes;
  }
  const auto by_size = [](TypeFamily family) {
    return family == TypeFamily::binary || family == TypeFamily::numeric;
  };
  return by_size(from.family) || by_size(to.family) ? Truth::unknown : Truth::no;
}

} // namespace

Truth types_agree(const Table& table, const ForeignKey& key, const Table& target)
{
  const std::vector<std::string> targets =
    key.target_columns.empty() ? primary_key_columns(target) : key.target_columns;
  if (targets.size() != key.columns.size()) {
    return Truth::unknown;
  }
  Truth result = Truth::yes;
  for (std::size_t at = 0; at < targets.size(); ++at) {
    const Column* from = find_column(table, key.columns[at]);
    const Column* to = find_column(target, targets[at]);
    result = both(result, from == nullptr || to == nullptr ? Truth::unknown : agree(*from, *to));
  }
  return result;
}

} // namespace assay::checks
