// SPDX-License-Identifier: MIT
// Statements on one line.
#include "engine/syntax/plain.hpp"

#include <utility>

namespace assay::syntax {

void PlainReader::statement(Block& out)
{
  const auto kind = token().kind;
  const bool is_compound =
    kind == TokenKind::kw_if || kind == TokenKind::kw_for || kind == TokenKind::kw_while
    || kind == TokenKind::kw_with || kind == TokenKind::kw_try || kind == TokenKind::kw_def
    || kind == TokenKind::kw_class || kind == TokenKind::kw_async || kind == TokenKind::at;
  if (!is_compound) {
    simple_statements(out);
    return;
  }
  if (enter()) {
    out.push_back(compound_statement());
  }
  leave();
}

/// A line of them.
void PlainReader::simple_statements(Block& out)
{
  do {
    out.push_back(simple_statement());
  } while (accept(TokenKind::semicolon) && !at(TokenKind::newline));
  expect(TokenKind::newline);
}

const Stmt* PlainReader::simple_statement()
{
  deepest_ = depth_;
  const auto kind = token().kind;
  if (kind == TokenKind::kw_return) {
    return return_statement();
  }
  if (kind == TokenKind::kw_import) {
    return import_statement();
  }
  if (kind == TokenKind::kw_from) {
    return import_from_statement();
  }
  if (kind == TokenKind::kw_raise) {
    return raise_statement();
  }
  if (kind == TokenKind::kw_assert) {
    return assert_statement();
  }
  if (kind == TokenKind::kw_del) {
    return delete_statement();
  }
  if (kind == TokenKind::kw_pass) {
    return word_statement(StmtKind::pass);
  }
  if (kind == TokenKind::kw_break || kind == TokenKind::kw_continue) {
    return word_statement(StmtKind::jump);
  }
  if (kind == TokenKind::kw_global || kind == TokenKind::kw_nonlocal) {
    return global_statement();
  }
  return expression_statement();
}

const Stmt* PlainReader::expression_statement()
{
  const auto first = index_;
  const auto word = at(TokenKind::name) ? spelling(token()) : std::string_view();
  const auto next = next_token().kind;
  const bool is_old = (word == "print" || word == "exec") && next != TokenKind::open_round
                      && next != TokenKind::assign && next != TokenKind::dot;
  if (is_old) {
    fail(); // Python 2's statements
  }
  const auto* left = value();
  if (at(TokenKind::assign)) {
    return assignment(left, first);
  }
  if (at(TokenKind::colon)) {
    return annotated(left, first);
  }
  if (at(TokenKind::augmented)) {
    const auto text = spelling(token());
    ++index_;
    const auto* right = value();
    if (!is_target(*left)) {
      fail();
    }
    auto& made = make_statement(StmtKind::augmented, first);
    made.text = text;
    made.targets = {left};
    made.value = right;
    return &made;
  }
  auto& made = make_statement(StmtKind::expression, first);
  made.value = left;
  return &made;
}

const Stmt* PlainReader::assignment(const Expr* first_target, std::size_t first)
{
  std::vector<const Expr*> targets;
  const auto* last = first_target;
  while (accept(TokenKind::assign)) {
    if (!is_target(*last)) {
      fail();
    }
    targets.push_back(last);
    last = value();
  }
  auto& made = make_statement(StmtKind::assign, first);
  made.targets = std::move(targets);
  made.value = last;
  return &made;
}

const Stmt* PlainReader::annotated(const Expr* target, std::size_t first)
{
  expect(TokenKind::colon);
  const bool is_single = target->kind == ExprKind::name || target->kind == ExprKind::attribute
                         || target->kind == ExprKind::subscript;
  if (!is_single) {
    fail();
  }
  const auto* annotation = expression();
  const auto* right = accept(TokenKind::assign) ? value() : nullptr;
  auto& made = make_statement(StmtKind::annotated, first);
  made.targets = {target};
  made.annotation = annotation;
  made.value = right;
  return &made;
}

const Stmt* PlainReader::return_statement()
{
  const auto first = index_++;
  const bool is_bare = at(TokenKind::newline) || at(TokenKind::semicolon);
  const auto* result = is_bare ? nullptr : expressions();
  auto& made = make_statement(StmtKind::return_, first);
  made.value = result;
  return &made;
}

/// The cause behind `from` is read and dropped.
const Stmt* PlainReader::raise_statement()
{
  const auto first = index_++;
  const bool is_bare = at(TokenKind::newline) || at(TokenKind::semicolon);
  const auto* raised = is_bare ? nullptr : expression();
  if (!is_bare && accept(TokenKind::kw_from)) {
    const auto kept = module_.expressions.size();
    expression();
    module_.expressions.resize(kept);
  }
  auto& made = make_statement(StmtKind::raise, first);
  made.value = raised;
  return &made;
}

/// The message is read and dropped.
const Stmt* PlainReader::assert_statement()
{
  const auto first = index_++;
  const auto* test = expression();
  if (accept(TokenKind::comma)) {
    const auto kept = module_.expressions.size();
    expression();
    module_.expressions.resize(kept);
  }
  auto& made = make_statement(StmtKind::assert_, first);
  made.value = test;
  return &made;
}

const Stmt* PlainReader::delete_statement()
{
  const auto first = index_++;
  const bool is_bracketed = at(TokenKind::open_round);
  const auto* deleted = expressions();
  auto& made = make_statement(StmtKind::delete_, first);
  const bool is_tuple = deleted->kind == ExprKind::tuple;
  if (is_bracketed && is_tuple) {
    fail(); // `del (a), b` and `del (a, b)` are for the grammar to tell apart
  }
  if (is_tuple) {
    made.targets = deleted->items;
  } else {
    made.targets = {deleted};
  }
  return &made;
}

const Stmt* PlainReader::word_statement(StmtKind kind)
{
  const auto first = index_++;
  auto& made = make_statement(kind, first);
  made.text = spelling(tokens_[first]);
  return &made;
}

const Stmt* PlainReader::global_statement()
{
  const auto first = index_++;
  std::vector<ImportedName> names;
  do {
    names.push_back(ImportedName{take_name(), {}});
  } while (accept(TokenKind::comma));
  auto& made = make_statement(StmtKind::global, first);
  made.names = std::move(names);
  return &made;
}

const Stmt* PlainReader::import_statement()
{
  const auto first = index_++;
  std::vector<ImportedName> names;
  do {
    const auto name = dotted_name();
    names.push_back(ImportedName{name, alias()});
  } while (accept(TokenKind::comma));
  auto& made = make_statement(StmtKind::import, first);
  made.names = std::move(names);
  return &made;
}

const Stmt* PlainReader::import_from_statement()
{
  const auto first = index_++;
  int level = 0;
  while (at(TokenKind::dot) || at(TokenKind::ellipsis)) {
    level += at(TokenKind::dot) ? 1 : 3;
    ++index_;
  }
  const auto module = level > 0 && at(TokenKind::kw_import) ? std::string_view() : dotted_name();
  expect(TokenKind::kw_import);
  std::vector<ImportedName> names;
  if (accept(TokenKind::star)) {
    names.push_back(ImportedName{"*", {}});
  } else {
    const bool is_bracketed = accept(TokenKind::open_round);
    do {
      if (is_bracketed && at(TokenKind::close_round)) {
        break;
      }
      const auto name = take_name();
      names.push_back(ImportedName{name, alias()});
    } while (accept(TokenKind::comma));
    if (is_bracketed) {
      expect(TokenKind::close_round);
    }
  }
  if (names.empty()) {
    fail();
  }
  auto& made = make_statement(StmtKind::import_from, first);
  made.text = module;
  made.level = level;
  made.names = std::move(names);
  return &made;
}

/// `a.b.c`; one with white space around its dots is left to the grammar.
std::string_view PlainReader::dotted_name()
{
  const auto first = token();
  auto last = token();
  expect(TokenKind::name);
  while (accept(TokenKind::dot)) {
    last = token();
    expect(TokenKind::name);
  }
  const auto text = text_.substr(first.begin, last.end - first.begin);
  if (text.find_first_of(" \t\n\\#") != std::string_view::npos) {
    fail();
  }
  return text;
}

std::string_view PlainReader::alias()
{
  return accept(TokenKind::kw_as) ? take_name() : std::string_view();
}

} // namespace assay::syntax
