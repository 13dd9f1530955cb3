// SPDX-License-Identifier: MIT
// Model values with something in every member, made from the codec's member lists.
#pragma once

#include "engine/base/clock.hpp"
#include "engine/codec/enums.hpp"
#include "engine/codec/members.hpp"

#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace assay::test {

/// Gives every member a value that is not its default; no two strings or numbers are alike.
class Filler {
public:
  Filler() = default;

  /// Every string is `text`.
  explicit Filler(std::string text)
    : text_(std::move(text))
  {
  }

  void fill(std::string& value)
  {
    value = text_.empty() ? "text " + std::to_string(++next_) + " \xC3\xA9 \"\\\n" : text_;
  }

  void fill(bool& value) { value = !value; }

  void fill(double& value) { value = 0.1 + ++next_; }

  void fill(Points& value) { value = Points{++next_ + 1'000'000'000'000}; }

  void fill(Instant& value) { value = Instant{std::chrono::seconds{1'700'000'000 + ++next_}}; }

  template<class T>
  void fill(std::optional<T>& value)
  {
    fill(value.emplace());
  }

  template<class T>
  void fill(std::vector<T>& values)
  {
    if (std::is_same_v<T, ParamValue> && ++depth_ > 3) {
      return;
    }
    for (int i = 0; i < 2; ++i) {
      fill(values.emplace_back());
    }
  }

  template<class T>
  void fill(std::map<std::string, T>& values)
  {
    for (int i = 0; i < 2; ++i) {
      std::string name;
      fill(name);
      fill(values[name]);
    }
  }

  void fill(std::pair<std::string, ParamValue>& value)
  {
    fill(value.first);
    if (++depth_ < 8) {
      fill(value.second);
    }
  }

  template<class T>
  void fill(T& value)
  {
    if constexpr (std::is_enum_v<T>) {
      const auto count = static_cast<int>(codec::Words<T>::list.size());
      value = static_cast<T>((static_cast<int>(value) + 1 + ++next_ % (count - 1)) % count);
    } else if constexpr (std::is_integral_v<T>) {
      value = static_cast<T>(++next_ + 1000);
    } else {
      codec::members(codec::Of<T>{}, [&](const char*, auto member) { fill(value.*member); });
    }
  }

private:
  std::string text_;
  int next_ = 0;
  int depth_ = 0;
};

template<class T>
T filled()
{
  T value{};
  Filler{}.fill(value);
  return value;
}

} // namespace assay::test
