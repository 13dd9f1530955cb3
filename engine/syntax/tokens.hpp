// SPDX-License-Identifier: MIT
// Private to engine/syntax: Python source cut into tokens, with the indentation resolved.
//
// Only what every Python 3 reads alike is cut; anything rare or doubtful (a form feed, letters
// outside ASCII in code, tabs beside spaces, an unclosed bracket) is refused, and the grammar reads
// the file. Source: Python reference, chapter 2 "Lexical analysis".
#pragma once

#include "engine/syntax/ast.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace assay::syntax {

enum class TokenKind : std::uint8_t {
  end,
  newline,
  indent,
  dedent,
  name,
  number,
  string,
  constant, ///< None, True, False
  // Keywords.
  kw_and,
  kw_as,
  kw_assert,
  kw_async,
  kw_await,
  kw_break,
  kw_class,
  kw_continue,
  kw_def,
  kw_del,
  kw_elif,
  kw_else,
  kw_except,
  kw_finally,
  kw_for,
  kw_from,
  kw_global,
  kw_if,
  kw_import,
  kw_in,
  kw_is,
  kw_lambda,
  kw_nonlocal,
  kw_not,
  kw_or,
  kw_pass,
  kw_raise,
  kw_return,
  kw_try,
  kw_while,
  kw_with,
  kw_yield,
  // Operators and delimiters.
  open_round,
  close_round,
  open_square,
  close_square,
  open_curly,
  close_curly,
  comma,
  colon,
  semicolon,
  dot,
  ellipsis,
  arrow,
  assign,
  walrus,
  augmented, ///< += and its like
  less,
  greater,
  less_equal,
  greater_equal,
  equal,
  not_equal,
  plus,
  minus,
  star,
  double_star,
  slash,
  double_slash,
  percent,
  at,
  pipe,
  caret,
  ampersand,
  tilde,
  shift_left,
  shift_right,
};

/// Bytes are 0-based and half open. A newline or dedent is empty and lies behind the comments that
/// belong to the line or block it ends.
struct Token {
  TokenKind kind = TokenKind::end;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t line_begin = 0; ///< where the line starts that the token starts on
  int line = 0;                 ///< 1-based
  int end_line = 0;
};

/// Where reading starts in a text: the lines before it are not read.
struct Place {
  std::uint32_t begin = 0;
  std::uint32_t line_begin = 0;
  int line = 1;
};

/// Appends the tokens of a file, up to and with `end`; comments go to `comments` unless it is null.
/// False if the file is refused; the output is then of no use.
bool tokenize(std::string_view text, std::vector<Token>& tokens, std::vector<Comment>* comments);

/// The tokens of the expression in a hole of a format string, which starts at `from`; `end` is the
/// `}`, `:` or `!` behind it. False if it is refused.
bool tokenize_hole(std::string_view text, const Place& from, std::vector<Token>& tokens);

} // namespace assay::syntax
