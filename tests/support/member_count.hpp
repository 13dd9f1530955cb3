// SPDX-License-Identifier: MIT
// How many members an aggregate has, so that a test notices when a type grew and a list of its
// members did not.
#pragma once

#include <cstddef>
#include <utility>

namespace assay::test {

/// Stands for a value of any type; never evaluated.
struct Anything {
  template<class T>
  operator T() const; // NOLINT(google-explicit-constructor): that is what it is for
};

template<class T, std::size_t... index>
constexpr bool takes(std::index_sequence<index...>)
{
  return requires
  {
    T{(static_cast<void>(index), Anything{})...};
  };
}

template<class T, std::size_t count = 64>
constexpr std::size_t member_count()
{
  if constexpr (count == 0 || takes<T>(std::make_index_sequence<count>{})) {
    return count;
  } else {
    return member_count<T, count - 1>();
  }
}

} // namespace assay::test
