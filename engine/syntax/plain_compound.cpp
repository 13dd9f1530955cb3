// SPDX-License-Identifier: MIT
// Statements with blocks.
#include "engine/syntax/converter.hpp"
#include "engine/syntax/plain.hpp"

#include <memory>
#include <utility>

namespace assay::syntax {

/// From the colon to the end of the block, which may stand on the same line.
void PlainReader::block(Block& out)
{
  expect(TokenKind::colon);
  if (!accept(TokenKind::newline)) {
    simple_statements(out);
    return;
  }
  expect(TokenKind::indent);
  while (!failed_ && !at(TokenKind::dedent)) {
    statement(out);
  }
  expect(TokenKind::dedent);
}

const Stmt* PlainReader::compound_statement()
{
  deepest_ = depth_;
  const auto first = index_;
  const bool is_async = accept(TokenKind::kw_async);
  if (at(TokenKind::kw_def)) {
    return function(first, is_async, {});
  }
  if (at(TokenKind::kw_for)) {
    return for_statement(first, is_async);
  }
  if (at(TokenKind::kw_with)) {
    return with_statement(first, is_async);
  }
  if (is_async) {
    fail();
  }
  if (at(TokenKind::kw_if)) {
    return if_statement();
  }
  if (at(TokenKind::kw_while)) {
    return while_statement();
  }
  if (at(TokenKind::kw_try)) {
    return try_statement();
  }
  if (at(TokenKind::kw_class)) {
    return class_definition({});
  }
  return decorated();
}

/// An `elif` is an `if` inside the previous one's `else`; the chain is built without recursion.
const Stmt* PlainReader::if_statement()
{
  const auto first = index_;
  const auto outer_depth = depth_;
  auto& whole = make_statement(StmtKind::if_, first);
  auto* last = &whole;
  auto last_first = first;
  while (true) {
    accept(at(TokenKind::kw_elif) ? TokenKind::kw_elif : TokenKind::kw_if);
    last->value = expression_or_walrus();
    block(last->body);
    finish(*last, last_first);
    if (!at(TokenKind::kw_elif) || !enter()) {
      break;
    }
    last_first = index_;
    auto& nested = make_statement(StmtKind::if_, last_first);
    last->orelse.push_back(&nested);
    last = &nested;
  }
  if (accept(TokenKind::kw_else)) {
    block(last->orelse);
  }
  finish(whole, first);
  depth_ = outer_depth;
  return &whole;
}

/// `first` is the `for` or the `async` before it.
const Stmt* PlainReader::for_statement(std::size_t first, bool is_async)
{
  auto& made = make_statement(StmtKind::for_, first);
  made.is_async = is_async;
  expect(TokenKind::kw_for);
  made.targets = {targets()};
  expect(TokenKind::kw_in);
  made.value = expressions();
  block(made.body);
  if (accept(TokenKind::kw_else)) {
    block(made.orelse);
  }
  finish(made, first);
  return &made;
}

const Stmt* PlainReader::while_statement()
{
  const auto first = index_++;
  auto& made = make_statement(StmtKind::while_, first);
  made.value = expression_or_walrus();
  block(made.body);
  if (accept(TokenKind::kw_else)) {
    block(made.orelse);
  }
  finish(made, first);
  return &made;
}

/// Items in brackets are left to the grammar.
const Stmt* PlainReader::with_statement(std::size_t first, bool is_async)
{
  auto& made = make_statement(StmtKind::with, first);
  made.is_async = is_async;
  expect(TokenKind::kw_with);
  if (at(TokenKind::open_round)) {
    fail();
  }
  do {
    WithItem item;
    item.context = expression();
    if (accept(TokenKind::kw_as)) {
      item.target = target();
    }
    made.with_items.push_back(item);
  } while (accept(TokenKind::comma));
  block(made.body);
  finish(made, first);
  return &made;
}

const Stmt* PlainReader::try_statement()
{
  const auto first = index_++;
  auto& made = make_statement(StmtKind::try_, first);
  block(made.body);
  while (accept(TokenKind::kw_except)) {
    made.handlers.push_back(except_clause());
  }
  if (!made.handlers.empty() && accept(TokenKind::kw_else)) {
    block(made.orelse);
  }
  if (accept(TokenKind::kw_finally)) {
    block(made.finally);
  } else if (made.handlers.empty()) {
    fail();
  }
  finish(made, first);
  return &made;
}

Handler PlainReader::except_clause()
{
  Handler out;
  if (!at(TokenKind::colon)) {
    out.type = expression();
    out.name = alias();
  }
  block(out.body);
  return out;
}

/// The statement is the definition, from its `def` or `class` on.
const Stmt* PlainReader::decorated()
{
  std::vector<const Expr*> decorators;
  while (accept(TokenKind::at)) {
    decorators.push_back(expression());
    expect(TokenKind::newline);
  }
  if (at(TokenKind::kw_class)) {
    return class_definition(std::move(decorators));
  }
  const auto first = index_;
  const bool is_async = accept(TokenKind::kw_async);
  return function(first, is_async, std::move(decorators));
}

/// `first` is the `def` or the `async` before it.
const Stmt*
PlainReader::function(std::size_t first, bool is_async, std::vector<const Expr*> decorators)
{
  auto& made = make_statement(StmtKind::function, first);
  auto read = std::make_unique<Function>();
  read->is_async = is_async;
  read->decorators = std::move(decorators);
  expect(TokenKind::kw_def);
  const auto name = index_;
  read->name = take_name();
  read->name_span = span_from(name);
  expect(TokenKind::open_round);
  parameters(read->parameters, TokenKind::close_round, true);
  if (accept(TokenKind::arrow)) {
    read->returns = expression();
  }
  block(read->body);
  read->docstring = docstring_of(read->body);
  finish(made, first);
  made.function = std::move(read);
  return &made;
}

const Stmt* PlainReader::class_definition(std::vector<const Expr*> decorators)
{
  const auto first = index_++;
  auto& made = make_statement(StmtKind::class_, first);
  auto read = std::make_unique<Class>();
  read->decorators = std::move(decorators);
  const auto name = index_;
  read->name = take_name();
  read->name_span = span_from(name);
  if (accept(TokenKind::open_round)) {
    arguments(read->bases, read->keywords, false);
  }
  block(read->body);
  read->docstring = docstring_of(read->body);
  finish(made, first);
  made.class_def = std::move(read);
  return &made;
}

} // namespace assay::syntax
