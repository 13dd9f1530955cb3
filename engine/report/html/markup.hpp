// SPDX-License-Identifier: MIT
// Private to this module: HTML and SVG under construction. What stands in the source as a literal
// is markup; everything else is text and is escaped. A candidate's text cannot become markup by an
// oversight, because nothing turns a value into markup.
#pragma once

#include "engine/report/escape.hpp"

#include <fmt/format.h>

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>

namespace assay::report::html {

class Markup {
public:
  Markup() = default;

  template<std::size_t size>
  Markup& operator<<(const char (&literal)[size])
  {
    bytes_.append(literal, size - 1);
    return *this;
  }

  Markup& operator<<(const Markup& other)
  {
    bytes_ += other.bytes_;
    return *this;
  }

  template<class Text>

  requires std::convertible_to<const Text&, std::string_view> Markup& operator<<(const Text& text)
  {
    bytes_ += escape_markup(std::string_view(text));
    return *this;
  }

  template<std::integral Number>
  Markup& operator<<(Number number)
  {
    bytes_ += fmt::format("{}", number);
    return *this;
  }

  /// With at most two decimals: coordinates and shares.
  Markup& operator<<(double number)
  {
    std::string text = fmt::format("{:.2f}", number);
    while (text.back() == '0') {
      text.pop_back();
    }
    if (text.back() == '.') {
      text.pop_back();
    }
    bytes_ += text == "-0" ? "0" : text;
    return *this;
  }

  /// Style sheets and scripts that are part of assay.
  Markup& asset(std::string_view own)
  {
    bytes_ += own;
    return *this;
  }

  [[nodiscard]] bool empty() const { return bytes_.empty(); }

  [[nodiscard]] const std::string& bytes() const { return bytes_; }

private:
  std::string bytes_;
};

} // namespace assay::report::html
