// SPDX-License-Identifier: MIT
#include "engine/syntax/literals.hpp"

#include <cstdint>
#include <optional>

namespace assay::syntax {

namespace {

bool is_surrogate(std::uint32_t code)
{
  return code >= 0xD800 && code <= 0xDFFF;
}

void append_utf8(std::string& out, std::uint32_t code)
{
  const auto put = [&out](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  const auto tail = [&](unsigned shift) { put(0x80U | ((code >> shift) & 0x3FU)); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0U | (code >> 6U));
    tail(0);
  } else if (code < 0x10000) {
    put(0xE0U | (code >> 12U));
    tail(6);
    tail(0);
  } else {
    put(0xF0U | (code >> 18U));
    tail(12);
    tail(6);
    tail(0);
  }
}

int digit_value(char character)
{
  if (character >= '0' && character <= '9') {
    return character - '0';
  }
  if (character >= 'a' && character <= 'f') {
    return character - 'a' + 10;
  }
  return character >= 'A' && character <= 'F' ? character - 'A' + 10 : 16;
}

/// The number in the first `digits` characters; none if they are not that many digits of `base`.
std::optional<std::uint32_t> digits_value(std::string_view text, std::size_t digits, int base)
{
  if (text.size() < digits) {
    return std::nullopt;
  }
  std::uint32_t value = 0;
  for (std::size_t index = 0; index < digits; ++index) {
    const int digit = digit_value(text[index]);
    if (digit >= base) {
      return std::nullopt;
    }
    value = value * static_cast<std::uint32_t>(base) + static_cast<std::uint32_t>(digit);
  }
  return value;
}

/// What a backslash and one more character stand for; none if there is no such short escape.
std::optional<char> short_escape(char character)
{
  switch (character) {
  case '\\':
  case '\'':
  case '"':
    return character;
  case 'a':
    return '\a';
  case 'b':
    return '\b';
  case 'f':
    return '\f';
  case 'n':
    return '\n';
  case 'r':
    return '\r';
  case 't':
    return '\t';
  case 'v':
    return '\v';
  default:
    return std::nullopt;
  }
}

struct CodePoint {
  std::uint32_t code = 0;
  std::size_t length = 0; ///< characters after the backslash
};

/// `text` follows the backslash.
std::optional<CodePoint> numeric_escape(std::string_view text, bool is_bytes)
{
  std::size_t octal = 0;
  while (octal < 3 && octal < text.size() && digit_value(text[octal]) < 8) {
    ++octal;
  }
  if (octal > 0) {
    return CodePoint{*digits_value(text, octal, 8), octal};
  }
  const std::size_t digits = text[0] == 'x'                ? 2
                             : text[0] == 'u' && !is_bytes ? 4
                             : text[0] == 'U' && !is_bytes ? 8
                                                           : 0;
  if (digits == 0) {
    return std::nullopt;
  }
  const auto code = digits_value(text.substr(1), digits, 16);
  if (!code || *code > 0x10FFFF || is_surrogate(*code)) {
    return std::nullopt;
  }
  return CodePoint{*code, digits + 1};
}

} // namespace

StringLiteral split_literal(std::string_view literal)
{
  StringLiteral out;
  std::size_t start = 0;
  for (; start < literal.size() && literal[start] != '\'' && literal[start] != '"'; ++start) {
    const char flag = static_cast<char>(literal[start] | 0x20);
    out.is_raw |= flag == 'r';
    out.is_bytes |= flag == 'b';
    out.is_format |= flag == 'f';
  }
  if (start == literal.size()) {
    return out;
  }
  const auto body = literal.substr(start);
  const auto triple = body.substr(0, 3);
  const std::size_t quote =
    triple.size() == 3 && triple[1] == triple[0] && triple[2] == triple[0] ? 3 : 1;
  out.is_whole = body.size() >= 2 * quote && body.ends_with(body.substr(0, quote));
  out.content = body.substr(quote, out.is_whole ? body.size() - 2 * quote : std::string_view::npos);
  return out;
}

bool needs_decoding(const StringLiteral& literal, std::string_view content)
{
  return !literal.is_raw && content.find('\\') != std::string_view::npos;
}

void append_decoded(std::string& out, const StringLiteral& literal, std::string_view content)
{
  if (literal.is_raw) {
    out += content;
    return;
  }
  while (!content.empty()) {
    const auto backslash = content.find('\\');
    out += content.substr(0, backslash);
    if (backslash == std::string_view::npos || backslash + 1 == content.size()) {
      out += backslash == std::string_view::npos ? std::string_view{} : content.substr(backslash);
      return;
    }
    content.remove_prefix(backslash + 1);
    if (content[0] == '\n') {
      content.remove_prefix(1);
    } else if (const auto character = short_escape(content[0])) {
      out.push_back(*character);
      content.remove_prefix(1);
    } else if (const auto number = numeric_escape(content, literal.is_bytes)) {
      append_utf8(out, number->code);
      content.remove_prefix(number->length);
    } else {
      out.push_back('\\');
    }
  }
}

void append_without_doubled_braces(std::string& out, std::string_view content)
{
  for (std::size_t index = 0; index < content.size(); ++index) {
    const char character = content[index];
    out.push_back(character);
    const bool is_brace = character == '{' || character == '}';
    if (is_brace && index + 1 < content.size() && content[index + 1] == character) {
      ++index;
    }
  }
}

} // namespace assay::syntax
