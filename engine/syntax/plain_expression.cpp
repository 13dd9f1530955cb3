// SPDX-License-Identifier: MIT
// Operators, from the loosest to the tightest.
#include "engine/syntax/plain.hpp"

#include <algorithm>
#include <utility>

namespace assay::syntax {

namespace {

constexpr int k_loosest = 1;

/// How tight a binary operator binds; 0 for any other token.
int level_of(TokenKind kind)
{
  if (kind == TokenKind::pipe) {
    return k_loosest;
  }
  if (kind == TokenKind::caret) {
    return 2;
  }
  if (kind == TokenKind::ampersand) {
    return 3;
  }
  if (kind == TokenKind::shift_left || kind == TokenKind::shift_right) {
    return 4;
  }
  if (kind == TokenKind::plus || kind == TokenKind::minus) {
    return 5;
  }
  const bool multiplies = kind == TokenKind::star || kind == TokenKind::slash
                          || kind == TokenKind::double_slash || kind == TokenKind::percent
                          || kind == TokenKind::at;
  return multiplies ? 6 : 0;
}

} // namespace

const Expr* PlainReader::expression()
{
  const auto first = index_;
  if (!enter()) {
    return &nothing_;
  }
  const Expr* made = nullptr;
  if (at(TokenKind::kw_lambda)) {
    made = lambda();
  } else {
    made = disjunction();
    if (accept(TokenKind::kw_if)) {
      const auto* test = disjunction();
      expect(TokenKind::kw_else);
      const auto* otherwise = expression();
      auto& conditional = make(ExprKind::conditional, first);
      conditional.items = {made, test, otherwise};
      made = &conditional;
    }
  }
  leave();
  return made;
}

const Expr* PlainReader::expression_or_walrus()
{
  if (!at(TokenKind::name) || next_token().kind != TokenKind::walrus) {
    return expression();
  }
  const auto first = index_;
  auto& name = make(ExprKind::name, first);
  name.text = take_name();
  expect(TokenKind::walrus);
  const auto* value = expression();
  auto& made = make(ExprKind::named, first);
  made.items = {&name};
  made.value = value;
  return &made;
}

/// Of a tuple, a list, a set or the arguments of a call.
const Expr* PlainReader::element()
{
  const auto first = index_;
  if (!accept(TokenKind::star)) {
    return expression_or_walrus();
  }
  const auto* value = expression();
  auto& made = make(ExprKind::starred, first);
  made.text = "*";
  made.value = value;
  return &made;
}

/// One expression, or a tuple without brackets.
const Expr* PlainReader::expressions()
{
  const auto first = index_;
  const auto* made = element();
  if (!at(TokenKind::comma)) {
    if (made->kind == ExprKind::starred) {
      fail();
    }
    return made;
  }
  std::vector<const Expr*> items{made};
  while (accept(TokenKind::comma)) {
    const bool ends = at(TokenKind::newline) || at(TokenKind::assign) || at(TokenKind::semicolon)
                      || at(TokenKind::close_round) || at(TokenKind::colon)
                      || at(TokenKind::augmented) || at(TokenKind::end);
    if (ends) {
      break;
    }
    items.push_back(element());
  }
  auto& tuple = make(ExprKind::tuple, first);
  tuple.items = std::move(items);
  return &tuple;
}

/// The right side of an assignment.
const Expr* PlainReader::value()
{
  return at(TokenKind::kw_yield) ? yield() : expressions();
}

const Expr* PlainReader::disjunction()
{
  const auto first = index_;
  const auto* left = conjunction();
  if (!at(TokenKind::kw_or)) {
    return left;
  }
  std::vector<const Expr*> items{left};
  while (accept(TokenKind::kw_or)) {
    items.push_back(conjunction());
  }
  auto& made = make(ExprKind::boolean, first);
  made.text = "or";
  made.items = std::move(items);
  return &made;
}

const Expr* PlainReader::conjunction()
{
  const auto first = index_;
  const auto* left = inversion();
  if (!at(TokenKind::kw_and)) {
    return left;
  }
  std::vector<const Expr*> items{left};
  while (accept(TokenKind::kw_and)) {
    items.push_back(inversion());
  }
  auto& made = make(ExprKind::boolean, first);
  made.text = "and";
  made.items = std::move(items);
  return &made;
}

const Expr* PlainReader::inversion()
{
  const auto first = index_;
  if (!accept(TokenKind::kw_not)) {
    return comparison();
  }
  if (!enter()) {
    return &nothing_;
  }
  const auto* value = inversion();
  leave();
  auto& made = make(ExprKind::unary, first);
  made.text = "not";
  made.value = value;
  return &made;
}

const Expr* PlainReader::comparison()
{
  const auto first = index_;
  const auto* left = binary(k_loosest);
  std::string_view text;
  if (!comparison_operator(text)) {
    return left;
  }
  std::vector<const Expr*> items{left, binary(k_loosest)};
  std::string_view more;
  std::string chain;
  while (comparison_operator(more)) {
    chain += (chain.empty() ? std::string(text) : std::string()) + ' ';
    chain += more;
    items.push_back(binary(k_loosest));
  }
  auto& made = make(ExprKind::compare, first);
  made.text = chain.empty() ? text : keep(std::move(chain));
  made.items = std::move(items);
  return &made;
}

bool PlainReader::comparison_operator(std::string_view& out)
{
  const auto kind = token().kind;
  if (kind == TokenKind::kw_not && next_token().kind == TokenKind::kw_in) {
    index_ += 2;
    out = "not in";
    return true;
  }
  if (kind == TokenKind::kw_is) {
    ++index_;
    out = accept(TokenKind::kw_not) ? "is not" : "is";
    return true;
  }
  const bool compares = kind == TokenKind::less || kind == TokenKind::greater
                        || kind == TokenKind::less_equal || kind == TokenKind::greater_equal
                        || kind == TokenKind::equal || kind == TokenKind::not_equal
                        || kind == TokenKind::kw_in;
  if (compares) {
    out = spelling(token());
    ++index_;
  }
  return compares;
}

const Expr* PlainReader::binary(int level)
{
  const auto first = index_;
  const auto outside = std::exchange(deepest_, depth_);
  const auto* left = unary();
  for (int found = level_of(token().kind); found >= level && found > 0;
       found = level_of(token().kind)) {
    const auto text = spelling(token());
    ++index_;
    const auto* right = binary(found + 1);
    lengthen();
    auto& made = make(ExprKind::binary, first);
    made.text = text;
    made.items = {left, right};
    left = &made;
  }
  deepest_ = std::max(deepest_, outside);
  return left;
}

const Expr* PlainReader::unary()
{
  const auto first = index_;
  if (!at(TokenKind::plus) && !at(TokenKind::minus) && !at(TokenKind::tilde)) {
    return power();
  }
  const auto text = spelling(token());
  ++index_;
  if (!enter()) {
    return &nothing_;
  }
  const auto* value = unary();
  leave();
  auto& made = make(ExprKind::unary, first);
  made.text = text;
  made.value = value;
  return &made;
}

const Expr* PlainReader::power()
{
  const auto first = index_;
  const auto* base = at(TokenKind::kw_await) ? await() : primary();
  if (!at(TokenKind::double_star)) {
    return base;
  }
  const auto text = spelling(token());
  ++index_;
  if (!enter()) {
    return &nothing_;
  }
  const auto* exponent = unary();
  leave();
  auto& made = make(ExprKind::binary, first);
  made.text = text;
  made.items = {base, exponent};
  return &made;
}

const Expr* PlainReader::await()
{
  const auto first = index_++;
  const auto* value = primary();
  auto& made = make(ExprKind::await_, first);
  made.value = value;
  return &made;
}

const Expr* PlainReader::lambda()
{
  const auto first = index_++;
  std::vector<Parameter> taken;
  parameters(taken, TokenKind::colon, false);
  const auto* value = expression();
  auto& made = make(ExprKind::lambda, first);
  made.parameters = std::move(taken);
  made.value = value;
  return &made;
}

const Expr* PlainReader::yield()
{
  const auto first = index_++;
  const Expr* value = nullptr;
  const bool delegates = accept(TokenKind::kw_from);
  if (delegates) {
    value = expression();
  } else if (!at(TokenKind::newline) && !at(TokenKind::semicolon) && !at(TokenKind::close_round)) {
    value = expressions();
  }
  auto& made = make(ExprKind::yield_, first);
  made.text = delegates ? "yield from" : "yield";
  made.value = value;
  return &made;
}

/// Up to and with the token `close`.
void PlainReader::parameters(std::vector<Parameter>& out, TokenKind close, bool annotated)
{
  auto plain = ParameterKind::positional;
  while (!failed_ && !at(close)) {
    const bool is_separator =
      (at(TokenKind::star) || at(TokenKind::slash))
      && (next_token().kind == TokenKind::comma || next_token().kind == close);
    if (is_separator) {
      plain = at(TokenKind::star) ? ParameterKind::keyword_only : plain;
      ++index_;
    } else {
      Parameter made;
      made.kind = accept(TokenKind::star)          ? ParameterKind::var_positional
                  : accept(TokenKind::double_star) ? ParameterKind::var_keyword
                                                   : plain;
      const bool is_starred = made.kind != plain;
      plain = is_starred ? ParameterKind::keyword_only : plain;
      made.name = take_name();
      if (annotated && accept(TokenKind::colon)) {
        made.annotation = expression();
      }
      if (!is_starred && accept(TokenKind::assign)) {
        made.fallback = expression();
      }
      out.push_back(made);
    }
    if (!accept(TokenKind::comma)) {
      break;
    }
  }
  expect(close);
}

} // namespace assay::syntax
