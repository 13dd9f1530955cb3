// SPDX-License-Identifier: MIT
// A JSON document as a plain value: how reports are built without knowing the JSON library.
#pragma once

#include "engine/model/points.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace assay::codec {

struct Json {
  using List = std::vector<Json>;
  using Record = std::vector<std::pair<std::string, Json>>; ///< in the order to be written

  std::variant<std::nullptr_t, bool, std::int64_t, double, std::string, List, Record> value =
    nullptr;

  Json() = default;

  // NOLINTBEGIN(google-explicit-constructor): a document reads like a literal
  Json(std::nullptr_t) {}

  Json(bool flag)
    : value(flag)
  {
  }

  Json(int number)
    : value(std::int64_t{number})
  {
  }

  Json(std::int64_t number)
    : value(number)
  {
  }

  Json(double number)
    : value(number)
  {
  }

  Json(Points points)
    : value(points.value())
  {
  } ///< 6.3 for 630 hundredths, never 6.299999

  Json(const char* text)
    : value(std::string(text))
  {
  }

  Json(std::string_view text)
    : value(std::string(text))
  {
  }

  Json(std::string text)
    : value(std::move(text))
  {
  }

  Json(List items)
    : value(std::move(items))
  {
  }

  Json(Record members)
    : value(std::move(members))
  {
  }

  // NOLINTEND(google-explicit-constructor)

  bool operator==(const Json&) const = default;
};

enum class Layout { compact, indented };

/// Ill-formed UTF-8 becomes U+FFFD; numbers that JSON does not have become 0. Ends with a newline
/// when indented.
std::string dump(const Json& document, Layout layout);

} // namespace assay::codec
