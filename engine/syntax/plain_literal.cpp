// SPDX-License-Identifier: MIT
// String literals, joined ones and format strings among them.
#include "engine/syntax/plain.hpp"

#include <algorithm>
#include <utility>

namespace assay::syntax {

/// One literal, or several that stand beside each other.
const Expr* PlainReader::strings()
{
  const auto first = index_;
  const bool is_single = next_token().kind != TokenKind::string;
  if (is_single) {
    const auto literal = split_literal(spelling(token()));
    if (!literal.is_format && !needs_decoding(literal, literal.content)) {
      ++index_;
      auto& made = make(ExprKind::string, first);
      made.text = literal.content;
      return &made;
    }
  }
  std::string joined;
  Expr parts;
  parts.kind = ExprKind::string;
  while (at(TokenKind::string)) {
    append_string(token(), joined, parts);
    if (!failed_) {
      ++index_;
    }
  }
  auto& made = make(parts.kind, first);
  made.items = std::move(parts.items);
  made.text = keep(std::move(joined));
  return &made;
}

void PlainReader::append_string(const Token& literal, std::string& out, Expr& made)
{
  const auto parts = split_literal(spelling(literal));
  if (!parts.is_format) {
    append_decoded(out, parts, parts.content);
    return;
  }
  made.kind = ExprKind::format_string;
  if (!parts.is_raw && parts.content.find("\\N") != std::string_view::npos) {
    fail(); // the braces of \N{...} are no hole
    return;
  }
  const Token copy = literal; // reading a hole changes the list of tokens
  format_string(copy, parts, out, made);
}

void PlainReader::format_string(const Token& literal,
                                const StringLiteral& parts,
                                std::string& out,
                                Expr& made)
{
  auto at = static_cast<std::size_t>(parts.content.data() - text_.data());
  const auto end = at + parts.content.size();
  const auto put = [&](std::size_t begin, std::size_t until) {
    std::string decoded;
    append_decoded(decoded, parts, text_.substr(begin, until - begin));
    append_without_doubled_braces(out, decoded);
  };
  auto chunk = at;
  while (!failed_ && at < end) {
    const char c = text_[at];
    if (c != '{' && c != '}') {
      ++at;
    } else if (at + 1 < end && text_[at + 1] == c) {
      at += 2;
    } else if (c == '}') {
      fail();
    } else {
      put(chunk, at);
      at = hole(literal, at + 1, end, out, made);
      chunk = at;
      out += "{}";
    }
  }
  put(chunk, end);
}

/// `begin` is behind the opening brace. The position behind the closing one; `{name=}` also puts
/// "name=" into the literal part.
std::size_t PlainReader::hole(
  const Token& literal, std::size_t begin, std::size_t end, std::string& out, Expr& made)
{
  const auto before = text_.substr(literal.begin, begin - literal.begin);
  const auto last_line = before.rfind('\n');
  Place from;
  from.begin = static_cast<std::uint32_t>(begin);
  from.line = literal.line + static_cast<int>(std::ranges::count(before, '\n'));
  from.line_begin = last_line == std::string_view::npos
                      ? literal.line_begin
                      : literal.begin + static_cast<std::uint32_t>(last_line) + 1;
  std::vector<Token> inner;
  if (!tokenize_hole(text_.substr(0, end), from, inner)) {
    fail();
    return end;
  }
  std::swap(tokens_, inner);
  const auto outer_index = std::exchange(index_, 0);
  made.items.push_back(at(TokenKind::kw_lambda) ? &nothing_ : expression());
  const auto closing = tokens_.back().begin;
  const bool shows_name = at(TokenKind::assign);
  if (accept(TokenKind::assign)) {
    const auto behind = tokens_[index_ - 1].end;
    out += text_.substr(begin, text_.find_first_not_of(" \t\n", behind) - begin);
  }
  const bool complete = at(TokenKind::end) && (shows_name || index_ + 1 == tokens_.size());
  std::swap(tokens_, inner);
  index_ = outer_index;
  if (failed_ || !complete || made.items.back() == &nothing_) {
    fail();
    return end;
  }
  return after_specifier(closing, end);
}

/// `!r`, `:>10` and the closing brace; the position behind it. `begin` is at the first of these.
std::size_t PlainReader::after_specifier(std::size_t begin, std::size_t end)
{
  auto at = begin;
  if (text_[at] == '!') {
    at += 2;
    if (at >= end || text_[at - 1] < 'a' || text_[at - 1] > 'z') {
      fail();
      return end;
    }
  }
  if (text_[at] == '}') {
    return at + 1;
  }
  int nested = text_[at] == ':' ? 0 : -1;
  for (++at; nested >= 0 && at < end; ++at) {
    const char c = text_[at];
    const bool doubled = c == '{' && at + 1 < end && text_[at + 1] == '{';
    if (c == '\n' || c == '"' || c == '\'' || c == '\\' || doubled) {
      break;
    }
    if (c == '}' && nested == 0) {
      return at + 1;
    }
    nested += c == '{' ? 1 : c == '}' ? -1 : 0;
  }
  fail();
  return end;
}

} // namespace assay::syntax
