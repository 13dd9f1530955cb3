// SPDX-License-Identifier: MIT
#include "engine/report/escape.hpp"

#include "engine/report/page.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace assay::report {

namespace {

std::string shown(std::string_view text)
{
  return harmless(text, Charset::unicode);
}

bool is_letter_or_digit(char byte)
{
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z')
         || (byte >= '0' && byte <= '9');
}

bool starts_at(std::string_view text, std::size_t at, std::string_view what)
{
  return text.substr(at, what.size()) == what;
}

/// The longest run of backticks in `text`.
std::size_t most_backticks(std::string_view text)
{
  std::size_t most = 0;
  std::size_t run = 0;
  for (const char byte : text) {
    run = byte == '`' ? run + 1 : 0;
    most = std::max(most, run);
  }
  return most;
}

} // namespace

std::string escape_markup(std::string_view text)
{
  std::string escaped;
  const std::string plain = shown(text);
  for (std::size_t at = 0; at < plain.size(); ++at) {
    switch (plain[at]) {
    case '&':
      escaped += "&amp;";
      break;
    case '<':
      escaped += "&lt;";
      break;
    case '>':
      escaped += "&gt;";
      break;
    case '"':
      escaped += "&quot;";
      break;
    case '\'':
      escaped += "&#39;";
      break;
    default:
      // U+FFFE and U+FFFF are no characters of XML.
      if (starts_at(plain, at, "\xEF\xBF\xBE") || starts_at(plain, at, "\xEF\xBF\xBF")) {
        escaped += "\xEF\xBF\xBD";
        at += 2;
      } else {
        escaped += plain[at];
      }
    }
  }
  return escaped;
}

std::string escape_markdown(std::string_view text)
{
  constexpr std::string_view k_signs = "\\`*_[]#|~!$^";
  std::string escaped;
  const std::string plain = shown(text);
  for (std::size_t at = 0; at < plain.size(); ++at) {
    const char byte = plain[at];
    if (byte == '<') {
      escaped += "&lt;";
    } else if (byte == '>') {
      escaped += "&gt;";
    } else if (byte == '&') {
      escaped += "&amp;";
    } else if (byte == '@') {
      escaped += "@<!-- -->"; // a mention would notify whoever has that name
    } else if (byte == ':' && at + 1 < plain.size() && plain[at + 1] != ' ') {
      escaped += "&#58;"; // no address becomes a link, no word between colons a picture
    } else if (byte == '.' && at > 2 && starts_at(plain, at - 3, "www")) {
      escaped += "&#46;";
    } else if (k_signs.find(byte) != std::string_view::npos) {
      escaped += '\\';
      escaped += byte;
    } else {
      escaped += byte;
    }
  }
  return escaped;
}

std::string markdown_code(std::string_view text)
{
  std::string plain = shown(text);
  if (plain.find_first_not_of(' ') == std::string::npos) {
    return {};
  }
  // A table ends its cell at a bar even within code.
  if (plain.find('|') != std::string::npos) {
    return "<code>" + escape_markdown(plain) + "</code>";
  }
  const std::string fence(most_backticks(plain) + 1, '`');
  const bool padded = plain.front() == '`' || plain.back() == '`';
  return fence + (padded ? " " : "") + plain + (padded ? " " : "") + fence;
}

std::string escape_sarif(std::string_view text)
{
  std::string escaped;
  for (const char byte : shown(text)) {
    if (byte == '[' || byte == ']' || byte == '\\') {
      escaped += '\\';
    }
    escaped += byte;
  }
  return escaped;
}

std::string uri_of_path(std::string_view path)
{
  constexpr std::string_view k_as_they_are = "-._~/!$&'()*+,;=@";
  std::string uri;
  for (const char byte : path) {
    if (is_letter_or_digit(byte) || k_as_they_are.find(byte) != std::string_view::npos) {
      uri += byte;
    } else {
      uri += fmt::format("%{:02X}", static_cast<unsigned char>(byte));
    }
  }
  return uri;
}

std::string clipped(std::string_view text, std::size_t limit)
{
  if (text.size() <= limit) {
    return std::string(text);
  }
  constexpr std::string_view k_more = "\u2026";
  std::size_t end = limit - std::min(limit, k_more.size());
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
    --end;
  }
  return std::string(text.substr(0, end)) + std::string(k_more);
}

} // namespace assay::report
