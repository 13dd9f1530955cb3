// SPDX-License-Identifier: MIT
// A JSON document as a plain value: how reports are built without knowing the JSON library.
#pragma once

#include "engine/base/result.hpp"
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

/// One value of a document that is neither list nor record, or an empty one.
struct Leaf {
  std::string place; ///< "score.point", "checks[models.entities-present].reason", "queries[0].line"
  std::string value; ///< as JSON: "75.44", "\"text\"", "null", "[]"
  bool operator==(const Leaf&) const = default;
};

/// All of them, in the order of the document; items of a list go by their "id" where they have one.
/// Errors: invalid_input (not JSON, not UTF-8, a member twice), limit_exceeded (nested too deep).
Result<std::vector<Leaf>> leaves(std::string_view text);

} // namespace assay::codec
