// SPDX-License-Identifier: MIT
#include "engine/codec/flat_record.hpp"

#include "engine/base/text.hpp"
#include "engine/codec/document.hpp"

#include <fmt/format.h>

#include <optional>

namespace assay::codec {

namespace {

constexpr std::size_t k_longest_record = std::size_t{1} << 20U;

std::optional<std::string> plain_text(const Document& value)
{
  if (value.is_string()) {
    return value.get<std::string>();
  }
  if (value.is_null()) {
    return std::string();
  }
  if (value.is_primitive()) {
    return value.dump();
  }
  return std::nullopt;
}

std::optional<std::string> flat_text(const Document& value)
{
  if (!value.is_array()) {
    return plain_text(value);
  }
  std::vector<std::string> items;
  for (const Document& item : value) {
    const auto text = plain_text(item);
    if (!text) {
      return std::nullopt;
    }
    items.push_back(*text);
  }
  return join(items, ";");
}

} // namespace

Result<FlatRecord> read_flat_record(std::string_view text)
{
  ASSAY_ASSIGN(const Document document,
               parse(text, ReadOptions{.max_bytes = k_longest_record, .max_depth = 4}));
  if (!document.is_object()) {
    return Error{ErrorCode::invalid_input, "is not a JSON record"};
  }
  FlatRecord record;
  for (const auto& [name, value] : document.items()) {
    const auto flat = flat_text(value);
    if (!flat) {
      return Error{ErrorCode::invalid_input,
                   fmt::format("column \"{}\": is neither text, a number nor a list of these",
                               printable(name))};
    }
    record.emplace_back(name, *flat);
  }
  return record;
}

} // namespace assay::codec
