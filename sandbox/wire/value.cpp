// SPDX-License-Identifier: MIT
#include "sandbox/wire/value.hpp"

#include <algorithm>

namespace assay::wire {

const Value* Value::member(const std::string& key) const
{
  if (const auto* dict = get<Dict>()) {
    const auto found =
      std::ranges::find_if(*dict, [&](const auto& member) { return member.first == key; });
    return found == dict->end() ? nullptr : &found->second;
  }
  return nullptr;
}

bool Value::operator==(const Value& other) const
{
  return held == other.held;
}

} // namespace assay::wire
