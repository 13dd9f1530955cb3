// SPDX-License-Identifier: MIT
// What crosses the border between a candidate's process and ours: plain values only. Bytes come in,
// a Value or the reason for refusing them comes out; nothing is executed, resolved or interned on
// the way.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace assay::wire {

struct None {
  bool operator==(const None&) const = default;
};

/// Octets without an encoding, as opposed to text, which is always valid UTF-8.
struct Bytes {
  std::string octets;

  bool operator==(const Bytes&) const = default;
};

/// One value of the codec. Lists and tuples of Python are both a List; keys of a Dict are text, in
/// the order sent.
struct Value {
  using List = std::vector<Value>;
  using Dict = std::vector<std::pair<std::string, Value>>;

  std::variant<None, bool, std::int64_t, double, std::string, Bytes, List, Dict> held;

  Value() = default;

  // NOLINTBEGIN(google-explicit-constructor): whatever can be sent is a value
  Value(None) {}

  Value(bool truth)
    : held(truth)
  {
  }

  Value(std::int64_t number)
    : held(number)
  {
  }

  Value(int number)
    : held(static_cast<std::int64_t>(number))
  {
  }

  Value(double number)
    : held(number)
  {
  }

  Value(std::string text)
    : held(std::move(text))
  {
  }

  Value(const char* text)
    : held(std::string(text))
  {
  }

  Value(Bytes bytes)
    : held(std::move(bytes))
  {
  }

  Value(List list)
    : held(std::move(list))
  {
  }

  Value(Dict dict)
    : held(std::move(dict))
  {
  }

  // NOLINTEND(google-explicit-constructor)

  template<class T>
  [[nodiscard]] const T* get() const
  {
    return std::get_if<T>(&held);
  }

  /// The member named `key`, or null when this is no Dict or has none.
  [[nodiscard]] const Value* member(const std::string& key) const;

  bool operator==(const Value& other) const;
};

} // namespace assay::wire
