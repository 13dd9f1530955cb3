// SPDX-License-Identifier: MIT
#include "engine/probe/answers.hpp"

#include "engine/base/text.hpp"

#include <algorithm>

namespace assay::probe {

using wire::Value;

namespace {

/// Python names objects by address, "<Post object at 0x7f52a1>", another one in every run.
std::string without_addresses(std::string_view text)
{
  constexpr std::string_view k_mark = " at 0x";
  std::string kept;
  for (std::size_t at = text.find(k_mark); at != std::string_view::npos; at = text.find(k_mark)) {
    kept += text.substr(0, at);
    text.remove_prefix(at + k_mark.size());
    const std::size_t end = text.find_first_not_of("0123456789abcdefABCDEF");
    text.remove_prefix(std::min(end, text.size()));
  }
  return kept.append(text);
}

} // namespace

std::string one_line(std::string_view text, std::size_t limit)
{
  // A cut may fall inside a character.
  std::string line = to_utf8_lossy(without_addresses(text).substr(0, limit));
  std::ranges::replace_if(
    line, [](unsigned char octet) { return octet < 0x20 || octet == 0x7f; }, ' ');
  return line;
}

std::string text_at(const Value& value, std::string_view key, std::size_t limit)
{
  const Value* const found = value.member(std::string(key));
  const auto* const text = found == nullptr ? nullptr : found->get<std::string>();
  return text == nullptr ? std::string() : one_line(*text, limit);
}

std::int64_t number_at(const Value& value, std::string_view key)
{
  const Value* const found = value.member(std::string(key));
  const auto* const number = found == nullptr ? nullptr : found->get<std::int64_t>();
  return number == nullptr ? 0 : *number;
}

bool truth_at(const Value& value, std::string_view key)
{
  const Value* const found = value.member(std::string(key));
  const auto* const truth = found == nullptr ? nullptr : found->get<bool>();
  return truth != nullptr && *truth;
}

const Value::List& list_at(const Value& value, std::string_view key)
{
  static const Value::List k_nothing;
  const Value* const found = value.member(std::string(key));
  const auto* const list = found == nullptr ? nullptr : found->get<Value::List>();
  return list == nullptr ? k_nothing : *list;
}

std::vector<std::string> texts_at(const Value& value, std::string_view key)
{
  std::vector<std::string> texts;
  for (const Value& item : list_at(value, key)) {
    if (const auto* const text = item.get<std::string>()) {
      texts.push_back(one_line(*text, 200));
    }
  }
  return texts;
}

Location place_at(const Value& value, std::string_view key)
{
  Location where;
  const Value::List& place = list_at(value, key);
  if (place.size() == 2 && place[0].get<std::string>() != nullptr) {
    where.path = one_line(*place[0].get<std::string>(), 1000);
    const auto* const line = place[1].get<std::int64_t>();
    where.line =
      line == nullptr ? 0 : static_cast<int>(std::clamp<std::int64_t>(*line, 0, 10'000'000));
  }
  return where;
}

RunError error_at(const Value& value, std::string_view key)
{
  RunError error;
  if (const Value* const found = value.member(std::string(key)); found != nullptr) {
    error.type = text_at(*found, "type", 200);
    error.message = text_at(*found, "message");
    error.where = place_at(*found, "place");
  }
  return error;
}

std::vector<std::string> warnings_at(const Value& value, std::string_view key)
{
  std::vector<std::string> warnings;
  for (const Value& item : list_at(value, key)) {
    warnings.push_back(text_at(item, "category", 100) + ": " + text_at(item, "message", 300));
  }
  return warnings;
}

} // namespace assay::probe
