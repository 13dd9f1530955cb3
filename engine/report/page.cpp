// SPDX-License-Identifier: MIT
#include "engine/report/page.hpp"

#include "engine/base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <stdexcept>

namespace assay::report {

namespace {

constexpr std::size_t k_least_width = 40;

std::string_view escape_of(Style style)
{
  switch (style) {
  case Style::plain:
    return "";
  case Style::bold:
    return "\x1b[1m";
  case Style::dim:
    return "\x1b[2m";
  case Style::red:
    return "\x1b[31m";
  case Style::green:
    return "\x1b[32m";
  case Style::yellow:
    return "\x1b[33m";
  case Style::cyan:
    return "\x1b[36m";
  case Style::bold_red:
    return "\x1b[1;31m";
  case Style::bold_yellow:
    return "\x1b[1;33m";
  }
  throw std::logic_error("unknown Style");
}

/// Bytes of the code point that starts at `at`; the text is UTF-8.
std::size_t length_at(std::string_view text, std::size_t at)
{
  std::size_t end = at + 1;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
    ++end;
  }
  return end - at;
}

std::uint32_t code_point(std::string_view bytes)
{
  const auto first = static_cast<unsigned char>(bytes[0]);
  std::uint32_t value = bytes.size() == 2   ? first & 0x1FU
                        : bytes.size() == 3 ? first & 0x0FU
                                            : first & 0x07U;
  for (const char byte : bytes.substr(1)) {
    value = (value << 6U) | (static_cast<unsigned char>(byte) & 0x3FU);
  }
  return value;
}

std::string ascii_only(std::string_view text)
{
  std::string ascii;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = length_at(text, at);
    if (length == 1) {
      ascii += text[at];
    } else {
      const std::uint32_t value = code_point(text.substr(at, length));
      ascii += value < 0x10000 ? fmt::format("\\u{:04x}", value) : fmt::format("\\U{:08x}", value);
    }
    at += length;
  }
  return ascii;
}

std::size_t skip_spaces(std::string_view text, std::size_t at)
{
  while (at < text.size() && text[at] == ' ') {
    ++at;
  }
  return at;
}

/// The end of the line that starts at `start` and may take `room` columns: at the last space that
/// fits, else within a word, but always at least one code point on.
std::size_t line_end(std::string_view text, std::size_t start, std::size_t room)
{
  std::size_t used = 0;
  std::size_t last_space = 0;
  for (std::size_t at = start; at < text.size();) {
    const std::size_t length = length_at(text, at);
    used += display_width(text.substr(at, length));
    if (text[at] == ' ') {
      last_space = at;
    }
    if (used > room && at > start) {
      return last_space > start ? last_space : at;
    }
    at += length;
  }
  return text.size();
}

} // namespace

Page::Page(const RenderOptions& options)
  : width_(std::max(k_least_width, static_cast<std::size_t>(std::max(options.width, 0)))),
    colour_(options.colour),
    charset_(options.charset)
{
}

void Page::paragraph(Indent indent, const std::vector<Span>& spans)
{
  std::string text;
  std::vector<Style> styles;
  for (const Span& span : spans) {
    text += harmless(span.text, charset_);
    styles.resize(text.size(), span.style);
  }
  std::size_t margin = indent.first;
  for (std::size_t at = skip_spaces(text, 0); at < text.size();) {
    const std::size_t room = width_ > margin + 8 ? width_ - margin : 8;
    std::size_t end = line_end(text, at, room);
    std::size_t shown = end;
    while (shown > at && text[shown - 1] == ' ') {
      --shown;
    }
    line(margin,
         std::string_view(text).substr(at, shown - at),
         {styles.begin() + static_cast<std::ptrdiff_t>(at),
          styles.begin() + static_cast<std::ptrdiff_t>(shown)});
    at = skip_spaces(text, end);
    margin = indent.rest;
  }
}

void Page::line(std::size_t indent, std::string_view text, const std::vector<Style>& styles)
{
  bytes_.append(indent, ' ');
  Style current = Style::plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (colour_ == Colour::yes && styles[at] != current) {
      bytes_ += current == Style::plain ? "" : "\x1b[0m";
      bytes_ += escape_of(styles[at]);
      current = styles[at];
    }
    bytes_ += text[at];
  }
  bytes_ += current == Style::plain ? "" : "\x1b[0m";
  bytes_ += '\n';
}

void Page::gap()
{
  if (!bytes_.empty() && !bytes_.ends_with("\n\n")) {
    bytes_ += '\n';
  }
}

void Page::heading(std::string_view text)
{
  gap();
  paragraph({}, {{std::string(text), Style::bold}});
}

std::string_view Page::sign(std::string_view unicode, std::string_view ascii) const
{
  switch (charset_) {
  case Charset::ascii:
    return ascii;
  case Charset::unicode:
    break;
  }
  return unicode;
}

std::string Page::text() const
{
  return bytes_.ends_with('\n') ? bytes_ : bytes_ + "\n";
}

std::string harmless(std::string_view text, Charset charset)
{
  std::string one_line(text);
  std::ranges::replace(one_line, '\n', ' ');
  std::ranges::replace(one_line, '\t', ' ');
  std::string shown = printable(one_line);
  return charset == Charset::ascii ? ascii_only(shown) : shown;
}

std::string tenths(Points points)
{
  const std::int64_t rounded = (points.hundredths + 5) / 10;
  return fmt::format("{}.{}", rounded / 10, rounded % 10);
}

std::string counted(std::size_t count, std::string_view one, std::string_view many)
{
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

} // namespace assay::report
