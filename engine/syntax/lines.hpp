// SPDX-License-Identifier: MIT
// Private to engine/syntax: Python's line structure without its grammar. Files with syntax errors
// are cut along it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assay::syntax {

/// As Python reads it: no byte order mark, every line ends in a line feed.
/// Source: Python reference, section 2.1.2 "Physical lines".
std::string normalised_source(std::string source);

struct Line {
  std::size_t begin = 0;
  std::size_t end = 0;   ///< after the line feed
  int indent = 0;        ///< columns of white space; a tab goes to the next multiple of 8
  bool has_code = false; ///< more than white space and a comment
};

/// Half-open range of indices into the lines.
struct LineRange {
  std::size_t first = 0;
  std::size_t last = 0;

  bool empty() const { return first >= last; }
};

std::vector<Line> split_lines(std::string_view text);

/// What is still open at the end of the text that has been fed.
class OpenScan {
public:
  struct Bracket {
    char closer = ')';
    std::size_t offset = 0;
  };

  /// Feeds one line, `offset` being its place in the text.
  void feed(std::string_view line, std::size_t offset);

  bool in_string() const { return quote_ != 0; }

  bool in_brackets() const { return !brackets_.empty(); }

  bool continues() const { return in_string() || in_brackets() || after_backslash_; }

  const std::vector<Bracket>& brackets() const { return brackets_; }

  /// The offset of the quote of a string that its line or the text ended; npos if there is none.
  std::size_t unterminated_string() const { return in_string() ? quote_offset_ : unterminated_; }

  /// The last character of code (no white space, no comment) fed; 0 if none.
  char last_code() const { return last_code_; }

  /// The offset after it.
  std::size_t code_end() const { return code_end_; }

private:
  void string_end(std::string_view line, std::size_t& index);

  std::vector<Bracket> brackets_;
  char quote_ = 0;
  bool is_triple_ = false;
  std::size_t quote_offset_ = 0;
  std::size_t unterminated_ = std::string_view::npos;
  bool after_backslash_ = false;
  char last_code_ = 0;
  std::size_t code_end_ = 0;
};

enum class Brackets : std::uint8_t {
  trusted,    ///< an open bracket swallows everything up to its closer
  distrusted, ///< a line that is not indented more than the statement ends it
};

/// Cuts lines into statements, each with its block, its decorators and its `else` and `except`
/// clauses. Lines indented more than `indent` belong to the statement before.
std::vector<LineRange> split_statements(std::string_view text,
                                        const std::vector<Line>& lines,
                                        LineRange range,
                                        int indent,
                                        Brackets brackets);

/// The identifier or keyword at the start of a line; "@" for a decorator, empty for anything else.
std::string_view first_word(std::string_view text, const Line& line);

/// The offset of the first `=` of an assignment in a line, outside brackets and strings; npos if
/// there is none.
std::size_t assignment_sign(std::string_view line);

/// `else`, `elif`, `except` or `finally`.
bool is_clause_word(std::string_view word);

} // namespace assay::syntax
