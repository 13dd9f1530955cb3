// SPDX-License-Identifier: MIT
// Private to engine/syntax: turns tree-sitter's tree into the nodes of ast.hpp. One cursor walks the tree; every member
// function works on the node under the cursor and leaves the cursor there.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/syntax/ast.hpp"
#include "engine/syntax/grammar.hpp"

namespace assay::syntax {

class Converter {
public:
  /// `at`, if given, becomes the span of every node made.
  Converter(Module& module, std::string_view text, const ParseLimits& limits, const Span* at = nullptr);
  ~Converter();
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  Converter(Converter&&) = delete;
  Converter& operator=(Converter&&) = delete;

  /// Fills the body, comments and errors of the module.
  void convert_module(TSNode root);

  /// The one expression of a tree whose text is `(expression)`. Null if there is anything else.
  const Expr* convert_single_expression(TSNode root);

private:
  using ExpressionHandler = const Expr* (Converter::*)();
  using StatementHandler = const Stmt* (Converter::*)();
  struct Recovery;

  static const std::vector<ExpressionHandler>& expression_handlers();
  static const std::vector<StatementHandler>& statement_handlers();
  static bool is_expression(Node kind);
  static bool is_statement(Node kind);

  // Cursor.
  TSNode current() const { return ts_tree_cursor_current_node(&cursor_); }
  Field field() const { return grammar_.field(ts_tree_cursor_current_field_id(&cursor_)); }
  template<class Visit>
  bool each_child(Visit visit);
  std::string_view text(TSNode node) const;
  std::string_view dotted_text(TSNode node);
  Span span_of(TSNode node) const;
  void skip();

  // Findings beside the tree.
  void note_comment(TSNode node);
  void note_error(TSNode node);
  void note_missing(TSNode node);
  void note(const Span& span, std::string message);
  bool too_deep();

  // Expressions.
  Expr& make(ExprKind kind);
  const Expr* finish(Expr& made, bool whole);
  const Expr* expression();
  const Expr* unknown();
  const Expr* name();
  const Expr* number();
  const Expr* constant();
  const Expr* attribute();
  const Expr* call();
  void arguments(std::vector<const Expr*>& items, std::vector<Keyword>& keywords);
  Keyword keyword_argument();
  const Expr* list();
  const Expr* tuple();
  const Expr* set();
  const Expr* sequence(ExprKind kind);
  const Expr* dictionary();
  const Expr* subscript();
  const Expr* slice();
  const Expr* binary();
  const Expr* unary();
  const Expr* boolean();
  const Expr* compare();
  const Expr* conditional();
  const Expr* lambda();
  const Expr* comprehension();
  void comprehension_body(Expr& made);
  Clause for_clause();
  const Expr* await();
  const Expr* yield();
  const Expr* starred();
  const Expr* named();
  const Expr* parenthesized();
  const Expr* only_child();
  const Expr* generic_type();
  const Expr* member_type();
  void parameters(std::vector<Parameter>& out);
  void parameter(Node kind, std::vector<Parameter>& out, ParameterKind& plain);

  // Literals.
  const Expr* string();
  const Expr* concatenated_string();
  void format_string_parts(std::string& literal, std::vector<const Expr*>& holes);
  const Expr* interpolation();
  std::string_view keep(std::string decoded);

  // Statements.
  Stmt& make_statement(StmtKind kind);
  const Stmt* statement();
  const Stmt* error_statement();
  const Stmt* expression_statement();
  const Stmt* assignment();
  const Stmt* augmented_assignment();
  const Stmt* return_statement();
  const Stmt* if_statement();
  const Stmt* for_statement();
  const Stmt* while_statement();
  const Stmt* with_statement();
  void with_context(std::vector<WithItem>& out);
  const Stmt* try_statement();
  Handler except_clause();
  void second_exception(Handler& out, TSNode node);
  const Stmt* function_definition();
  const Stmt* class_definition();
  const Stmt* decorated_definition();
  const Stmt* import_statement();
  const Stmt* import_from_statement();
  ImportedName imported_name(Node kind);
  const Stmt* raise_statement();
  const Stmt* simple_statement();
  const Stmt* delete_statement();
  const Stmt* assert_statement();
  const Stmt* global_statement();
  const Stmt* match_statement();
  void case_clause(std::vector<Handler>& out);
  const Stmt* type_alias_statement();
  const Stmt* old_statement();

  // Blocks.
  void block(Block& out);
  void clause_block(Block& out);
  static std::string_view docstring_of(const Block& body);

  // Blocks with syntax errors.
  void recover_block(Block& out);
  void recover_child(Recovery& recovery, Node kind);
  void recover_statement(Recovery& recovery);
  bool recover_header_part(Recovery& recovery, Node kind);
  void recover_header(Recovery& recovery);
  void recover_garbage(Recovery& recovery);
  bool stands_alone(TSNode node) const;

  Module& module_;
  std::string_view text_;
  const ParseLimits& limits_;
  const Span* at_;
  const Grammar& grammar_;
  TSTreeCursor cursor_{};
  int depth_ = 0;
  bool damaged_ = false;
  bool depth_reported_ = false;
  std::vector<const Expr*> decorators_;            ///< of the definition about to be converted
  Block* open_body_ = nullptr;                     ///< where the last statement with a block may continue
  int owner_column_ = 0;                           ///< of the statement whose block is being converted
  std::vector<std::pair<const Stmt*, Block*>> hoisted_; ///< statements that belong to an outer block
};

// --- inline ---

/// Visits every child except comments, then returns to the parent. False if one of them is an ERROR node (visited too,
/// as Node::error, after it has been noted).
template<class Visit>
bool Converter::each_child(Visit visit)
{
  if (!ts_tree_cursor_goto_first_child(&cursor_)) {
    return true;
  }
  bool whole = true;
  do {
    const auto node = current();
    const auto kind = grammar_.kind(node);
    if (kind == Node::comment) {
      note_comment(node);
      continue;
    }
    if (kind == Node::line_continuation) {
      continue;
    }
    if (damaged_) {
      if (kind == Node::error) {
        note_error(node);
        whole = false;
      } else if (ts_node_is_missing(node)) {
        note_missing(node);
      }
    }
    visit(kind, node);
  } while (ts_tree_cursor_goto_next_sibling(&cursor_));
  ts_tree_cursor_goto_parent(&cursor_);
  return whole;
}

} // namespace assay::syntax
