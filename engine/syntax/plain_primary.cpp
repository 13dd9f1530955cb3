// SPDX-License-Identifier: MIT
// Names, brackets, calls and what else binds tightest.
#include "engine/syntax/plain.hpp"

#include <algorithm>
#include <utility>

namespace assay::syntax {

const Expr* PlainReader::primary()
{
  const auto first = index_;
  const auto outside = std::exchange(deepest_, depth_);
  const auto* made = atom();
  while (!failed_) {
    if (accept(TokenKind::dot)) {
      const auto name = take_name();
      auto& attribute = make(ExprKind::attribute, first);
      attribute.value = made;
      attribute.text = name;
      made = &attribute;
    } else if (at(TokenKind::open_round)) {
      made = call(made, first);
    } else if (at(TokenKind::open_square)) {
      made = subscript(made, first);
    } else {
      break;
    }
    lengthen();
  }
  deepest_ = std::max(deepest_, outside);
  return made;
}

const Expr* PlainReader::atom()
{
  const auto first = index_;
  const auto leaf = [&](ExprKind kind) {
    auto& made = make(kind, first);
    made.text = spelling(token());
    ++index_;
    return &made;
  };
  const auto kind = token().kind;
  if (kind == TokenKind::name) {
    return leaf(ExprKind::name);
  }
  if (kind == TokenKind::string) {
    return strings();
  }
  if (kind == TokenKind::number) {
    return leaf(ExprKind::number);
  }
  if (kind == TokenKind::constant || kind == TokenKind::ellipsis) {
    return leaf(ExprKind::constant);
  }
  if (kind == TokenKind::open_round) {
    return round_brackets();
  }
  if (kind == TokenKind::open_square) {
    return square_brackets();
  }
  if (kind == TokenKind::open_curly) {
    return curly_brackets();
  }
  fail();
  return &nothing_;
}

const Expr* PlainReader::round_brackets()
{
  const auto first = index_++;
  if (accept(TokenKind::close_round)) {
    return &make(ExprKind::tuple, first);
  }
  if (at(TokenKind::kw_yield)) {
    const auto* made = yield();
    expect(TokenKind::close_round);
    return made;
  }
  const auto* made = element();
  if (at_comprehension()) {
    std::vector<Clause> read;
    clauses(read);
    expect(TokenKind::close_round);
    auto& generator = make(ExprKind::comprehension, first);
    generator.text = "generator";
    generator.items = {made};
    generator.clauses = std::move(read);
    return &generator;
  }
  if (!at(TokenKind::comma)) {
    expect(TokenKind::close_round);
    if (made->kind == ExprKind::starred) {
      fail();
    }
    return made;
  }
  std::vector<const Expr*> items{made};
  while (accept(TokenKind::comma) && !at(TokenKind::close_round)) {
    items.push_back(element());
  }
  expect(TokenKind::close_round);
  auto& tuple = make(ExprKind::tuple, first);
  tuple.items = std::move(items);
  return &tuple;
}

const Expr* PlainReader::square_brackets()
{
  const auto first = index_++;
  std::vector<const Expr*> items;
  std::vector<Clause> read;
  while (!failed_ && !at(TokenKind::close_square)) {
    items.push_back(element());
    if (items.size() == 1 && at_comprehension()) {
      clauses(read);
      break;
    }
    if (!accept(TokenKind::comma)) {
      break;
    }
  }
  expect(TokenKind::close_square);
  auto& made = make(read.empty() ? ExprKind::list : ExprKind::comprehension, first);
  made.text = read.empty() ? std::string_view() : "list";
  made.items = std::move(items);
  made.clauses = std::move(read);
  return &made;
}

const Expr* PlainReader::curly_brackets()
{
  const auto first = index_++;
  if (at(TokenKind::close_curly) || at(TokenKind::double_star)) {
    return dictionary(first, nullptr);
  }
  std::vector<const Expr*> items{element()};
  if (at(TokenKind::colon)) {
    return dictionary(first, items.front());
  }
  std::vector<Clause> read;
  if (at_comprehension()) {
    clauses(read);
  } else {
    while (accept(TokenKind::comma) && !at(TokenKind::close_curly)) {
      items.push_back(element());
    }
  }
  expect(TokenKind::close_curly);
  auto& made = make(read.empty() ? ExprKind::set : ExprKind::comprehension, first);
  made.text = read.empty() ? std::string_view() : "set";
  made.items = std::move(items);
  made.clauses = std::move(read);
  return &made;
}

/// `first` is the opening bracket; a first key that has been read already is `key`.
const Expr* PlainReader::dictionary(std::size_t first, const Expr* key)
{
  if (key != nullptr && (key->kind == ExprKind::starred || key->kind == ExprKind::named)) {
    fail();
  }
  std::vector<const Expr*> keys;
  std::vector<const Expr*> values;
  std::vector<Clause> read;
  while (!failed_ && !at(TokenKind::close_curly)) {
    if (accept(TokenKind::double_star)) {
      keys.push_back(nullptr);
    } else {
      keys.push_back(key != nullptr ? std::exchange(key, nullptr) : expression());
      expect(TokenKind::colon);
    }
    values.push_back(expression());
    if (keys.size() == 1 && keys.front() != nullptr && at_comprehension()) {
      clauses(read);
      break;
    }
    if (!accept(TokenKind::comma)) {
      break;
    }
  }
  expect(TokenKind::close_curly);
  if (!read.empty()) {
    auto& made = make(ExprKind::comprehension, first);
    made.text = "dict";
    made.items = {keys.front(), values.front()};
    made.clauses = std::move(read);
    return &made;
  }
  auto& made = make(ExprKind::dict, first);
  made.keys = std::move(keys);
  made.items = std::move(values);
  return &made;
}

const Expr* PlainReader::call(const Expr* callee, std::size_t first)
{
  expect(TokenKind::open_round);
  std::vector<const Expr*> items;
  std::vector<Keyword> keywords;
  arguments(items, keywords, true);
  auto& made = make(ExprKind::call, first);
  made.value = callee;
  made.items = std::move(items);
  made.keywords = std::move(keywords);
  return &made;
}

/// `f(x for x in y)`: the only argument, without brackets of its own.
bool PlainReader::generator_argument(std::vector<const Expr*>& items, std::size_t open)
{
  if (items.size() != 1 || !at_comprehension()) {
    return false;
  }
  std::vector<Clause> read;
  clauses(read);
  expect(TokenKind::close_round);
  auto& generator = make(ExprKind::comprehension, open);
  generator.text = "generator";
  generator.items = std::move(items);
  generator.clauses = std::move(read);
  items = {&generator};
  return true;
}

/// Up to and with the closing bracket.
void PlainReader::arguments(std::vector<const Expr*>& items,
                            std::vector<Keyword>& keywords,
                            bool is_call)
{
  const auto open = index_ - 1;
  while (!failed_ && !at(TokenKind::close_round)) {
    if (accept(TokenKind::double_star)) {
      keywords.push_back(Keyword{{}, expression()});
    } else if (at(TokenKind::name) && next_token().kind == TokenKind::assign) {
      const auto name = take_name();
      expect(TokenKind::assign);
      keywords.push_back(Keyword{name, expression()});
    } else {
      items.push_back(element());
      if (is_call && keywords.empty() && generator_argument(items, open)) {
        return;
      }
    }
    if (!accept(TokenKind::comma)) {
      break;
    }
  }
  expect(TokenKind::close_round);
}

const Expr* PlainReader::subscript(const Expr* value, std::size_t first)
{
  expect(TokenKind::open_square);
  std::vector<const Expr*> items;
  do {
    items.push_back(subscript_item());
  } while (accept(TokenKind::comma) && !at(TokenKind::close_square));
  expect(TokenKind::close_square);
  auto& made = make(ExprKind::subscript, first);
  made.value = value;
  made.items = std::move(items);
  return &made;
}

const Expr* PlainReader::subscript_item()
{
  const auto first = index_;
  const auto* lower = at(TokenKind::colon) ? nullptr : element();
  if (!at(TokenKind::colon)) {
    return lower;
  }
  std::vector<const Expr*> items{lower, nullptr, nullptr};
  for (std::size_t position = 1; position < items.size() && accept(TokenKind::colon); ++position) {
    const bool is_missing =
      at(TokenKind::colon) || at(TokenKind::comma) || at(TokenKind::close_square);
    items[position] = is_missing ? nullptr : expression();
  }
  auto& made = make(ExprKind::slice, first);
  made.items = std::move(items);
  return &made;
}

bool PlainReader::at_comprehension() const
{
  return at(TokenKind::kw_for)
         || (at(TokenKind::kw_async) && next_token().kind == TokenKind::kw_for);
}

void PlainReader::clauses(std::vector<Clause>& out)
{
  while (!failed_ && at_comprehension()) {
    Clause made;
    made.is_async = accept(TokenKind::kw_async);
    expect(TokenKind::kw_for);
    made.target = targets();
    expect(TokenKind::kw_in);
    made.iterable = disjunction();
    while (accept(TokenKind::kw_if)) {
      made.conditions.push_back(disjunction());
    }
    out.push_back(std::move(made));
  }
}

const Expr* PlainReader::target()
{
  const auto first = index_;
  const bool is_starred = accept(TokenKind::star);
  const auto* value = primary();
  if (!is_target(*value)) {
    fail();
  }
  if (!is_starred) {
    return value;
  }
  auto& made = make(ExprKind::starred, first);
  made.text = "*";
  made.value = value;
  return &made;
}

/// Of a `for`, up to its `in`.
const Expr* PlainReader::targets()
{
  const auto first = index_;
  const auto* only = target();
  if (!at(TokenKind::comma)) {
    return only;
  }
  std::vector<const Expr*> items{only};
  while (accept(TokenKind::comma) && !at(TokenKind::kw_in)) {
    items.push_back(target());
  }
  auto& made = make(ExprKind::tuple, first);
  made.items = std::move(items);
  return &made;
}

bool PlainReader::is_target(const Expr& expression)
{
  const auto kind = expression.kind;
  if (kind == ExprKind::starred) {
    return is_target(*expression.value);
  }
  if (kind == ExprKind::tuple || kind == ExprKind::list) {
    return std::ranges::all_of(expression.items, [](const Expr* item) { return is_target(*item); });
  }
  return kind == ExprKind::name || kind == ExprKind::attribute || kind == ExprKind::subscript;
}

} // namespace assay::syntax
