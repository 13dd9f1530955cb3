// SPDX-License-Identifier: MIT
// Private to engine/syntax: turns tree-sitter's tree into the nodes of ast.hpp. One cursor walks
// the tree; every member function works on the node under the cursor and leaves the cursor there.
#pragma once

#include "engine/syntax/ast.hpp"
#include "engine/syntax/grammar.hpp"

#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay::syntax {

/// Where a piece of text lies in its file.
struct Origin {
  std::uint32_t byte = 0;
  int line = 0;                                                       ///< lines before it
  std::uint32_t end_byte = std::numeric_limits<std::uint32_t>::max(); ///< what follows was added
  int end_line = std::numeric_limits<int>::max();
};

/// A statement with a block that can still grow.
struct Continuation {
  Stmt* statement = nullptr;
  Block* body = nullptr;
  std::string_view* docstring = nullptr;          ///< null unless a class or function
  std::vector<const Expr*>* decorators = nullptr; ///< null unless a class or function
};

class Converter {
public:
  /// The trees given to one converter nest inside one ArenaScope that outlives it.
  Converter(Module& module, const ParseLimits& limits);
  ~Converter();
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  Converter(Converter&&) = delete;
  Converter& operator=(Converter&&) = delete;

  /// Appends the statements of a tree to `out`, comments and errors to the module. `text` starts at
  /// the beginning of a line and lives as long as the module. At most one error is noted, the
  /// first.
  void convert(TSNode root, std::string_view text, const Origin& origin, Block& out);

  /// The one expression of a tree whose text is `(expression)`; all its nodes get the span `at`.
  /// Null if there is anything else.
  const Expr* convert_expression(TSNode root, std::string_view text, const Span& at);

  /// The statement converted last, if it has a block.
  const Continuation& last_compound() const { return last_compound_; }

private:
  using ExpressionHandler = const Expr* (Converter::*)();
  using StatementHandler = const Stmt* (Converter::*)();

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
  void reset(TSNode root, std::string_view text);
  bool too_deep();

  // Expressions.
  Expr& make(ExprKind kind);
  const Expr* finish(Expr& made, bool whole);
  const Expr* lift_star(Expr& made, const Expr*& first);
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
  const Expr* tuple_pattern();
  const Expr* set();
  const Expr* sequence(ExprKind kind);
  const Expr* dictionary();
  const Expr* subscript();
  const Expr* slice();

  /// An expression and the place it takes up, parentheses included.
  struct Operand {
    const Expr* value = nullptr;
    Span span;
  };

  std::string_view operator_of(TSNode node) const;
  bool bitwise_operands(std::vector<Operand>& operands, std::string& operators);
  Operand joined(const Operand& left, std::string_view spelling, const Operand& right);
  const Expr* bitwise();
  const Expr* operation();
  const Expr* binary();
  const Expr* union_type();
  const Expr* aliased();
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
  const Expr* interpolation(std::string& literal);
  std::string_view keep(std::string decoded);

  // Statements.
  Stmt& make_statement(StmtKind kind);
  const Stmt* statement();
  const Stmt* error_statement();
  const Stmt* expression_statement();
  const Stmt* assignment_of(Node kind);
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
  const Stmt* assignment_to_type(TSNode alias);

  // Blocks.
  void block(Block& out);
  void clause_block(Block& out);
  bool after_form_feed(TSNode node) const;

  Module& module_;
  const ParseLimits& limits_;
  const Grammar& grammar_;
  std::string_view text_;
  Origin origin_;
  const Span* at_ = nullptr;
  TSTreeCursor cursor_{};
  int depth_ = 0;
  bool damaged_ = false;
  bool error_noted_ = false;
  bool depth_reported_ = false;
  std::vector<const Expr*> decorators_; ///< of the definition about to be converted
  const Expr* alias_ = nullptr;         ///< of the item being converted
  Continuation last_compound_;
};

/// As parse(), but never by PlainReader.
Module parse_with_grammar(std::string source, const ParseLimits& limits = {});

/// The text of a string that is the first statement; empty if there is none.
std::string_view docstring_of(const Block& body);

// --- inline ---

/// Visits every child except comments, then returns to the parent. False if one of them is an ERROR
/// node (visited too, as Node::error, after it has been noted).
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
