// SPDX-License-Identifier: MIT
// Private to this module: text laid out for a terminal. Wraps at spaces, breaks what is longer than
// a line, cuts nothing, leaves no spaces at the end of a line.
#pragma once

#include "engine/report/report.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace assay::report {

enum class Style { plain, bold, dim, red, green, yellow, cyan, bold_red, bold_yellow };

/// A piece of text in one style. Made harmless when it is put on the page.
struct Span {
  std::string text;
  Style style = Style::plain;
};

/// Columns of indent of the first and of the following lines.
struct Indent {
  std::size_t first = 0;
  std::size_t rest = 0;
};

class Page {
public:
  explicit Page(const RenderOptions& options);

  /// One paragraph; line breaks in it count as spaces.
  void paragraph(Indent indent, const std::vector<Span>& spans);

  /// An empty line, unless the page is empty or ends with one.
  void gap();

  /// A section heading with a gap before it.
  void heading(std::string_view text);

  [[nodiscard]] std::size_t width() const { return width_; }

  [[nodiscard]] Charset charset() const { return charset_; }

  /// The Unicode text, or its ASCII stand-in.
  [[nodiscard]] std::string_view sign(std::string_view unicode, std::string_view ascii) const;

  /// The page as bytes; ends with a newline.
  [[nodiscard]] std::string text() const;

private:
  void line(std::size_t indent, std::string_view text, const std::vector<Style>& styles);

  std::size_t width_;
  Colour colour_;
  Charset charset_;
  std::string bytes_;
};

/// `text` as it appears on a page: no control characters, escapes or bidirectional marks; in ASCII
/// other letters become \u escapes.
std::string harmless(std::string_view text, Charset charset);

/// Hundredths with one decimal, rounded half up: 71.55 is "71.6".
std::string tenths(Points points);

/// `count` and the word in its number: "1 file", "2 files".
std::string counted(std::size_t count, std::string_view one, std::string_view many);

} // namespace assay::report
