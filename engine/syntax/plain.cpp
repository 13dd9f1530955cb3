// SPDX-License-Identifier: MIT
#include "engine/syntax/plain.hpp"

#include <algorithm>
#include <utility>

namespace assay::syntax {

/// One level here is up to three levels of the grammar's tree; what is nested deeper is the
/// grammar's to judge.
PlainReader::PlainReader(Module& module,
                         std::string_view text,
                         const ParseLimits& limits,
                         const Span* at)
  : module_(module),
    text_(text),
    at_(at),
    max_depth_(limits.max_depth / 3)
{
}

bool PlainReader::read_file()
{
  tokens_.reserve(text_.size() / 4 + 16);
  if (!tokenize(text_, tokens_, &module_.comments)) {
    failed_ = true;
  }
  while (!failed_ && !at(TokenKind::end)) {
    statement(module_.body);
  }
  if (failed_) {
    module_.body.clear();
    module_.comments.clear();
    module_.expressions.clear();
    module_.statements.clear();
    module_.strings.clear();
  }
  return !failed_;
}

const Expr* PlainReader::read_bracketed()
{
  if (!tokenize(text_, tokens_, nullptr) || !at(TokenKind::open_round)) {
    return nullptr;
  }
  const auto expressions = module_.expressions.size();
  const auto strings = module_.strings.size();
  const auto* made = atom();
  expect(TokenKind::newline);
  if (failed_ || !at(TokenKind::end)) {
    module_.expressions.resize(expressions);
    module_.strings.resize(strings);
    return nullptr;
  }
  return made;
}

const Token& PlainReader::next_token() const
{
  return at(TokenKind::end) ? token() : tokens_[index_ + 1];
}

bool PlainReader::accept(TokenKind kind)
{
  if (!at(kind) || kind == TokenKind::end) {
    return false;
  }
  ++index_;
  return true;
}

void PlainReader::expect(TokenKind kind)
{
  if (!accept(kind)) {
    fail();
  }
}

void PlainReader::fail()
{
  failed_ = true;
  index_ = tokens_.size() - 1;
  tokens_.back().kind = TokenKind::end;
}

std::string_view PlainReader::spelling(const Token& token) const
{
  return text_.substr(token.begin, token.end - token.begin);
}

std::string_view PlainReader::take_name()
{
  const auto name = spelling(token());
  expect(TokenKind::name);
  return name;
}

Span PlainReader::span_from(std::size_t first) const
{
  if (at_ != nullptr) {
    return *at_;
  }
  const auto& begin = tokens_[first];
  const auto& end = tokens_[index_ > first ? index_ - 1 : first];
  return Span{begin.begin,
              end.end,
              begin.line,
              static_cast<int>(begin.begin - begin.line_begin) + 1,
              end.end_line};
}

Expr& PlainReader::make(ExprKind kind, std::size_t first)
{
  auto& made = module_.expressions.emplace_back();
  made.kind = kind;
  made.span = span_from(first);
  return made;
}

Stmt& PlainReader::make_statement(StmtKind kind, std::size_t first)
{
  auto& made = module_.statements.emplace_back();
  made.kind = kind;
  made.span = span_from(first);
  return made;
}

void PlainReader::finish(Stmt& statement, std::size_t first)
{
  statement.span = span_from(first);
}

std::string_view PlainReader::keep(std::string decoded)
{
  return module_.strings.emplace_back(std::move(decoded));
}

bool PlainReader::enter()
{
  ++depth_;
  deepest_ = std::max(deepest_, depth_);
  if (depth_ > max_depth_) {
    fail();
  }
  return !failed_;
}

/// What has been read becomes the operand of a longer chain.
void PlainReader::lengthen()
{
  if (++deepest_ > max_depth_) {
    fail();
  }
}

} // namespace assay::syntax
