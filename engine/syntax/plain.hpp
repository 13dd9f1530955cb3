// SPDX-License-Identifier: MIT
// Private to engine/syntax: reads well-formed Python in one pass, about ten times as fast as the
// grammar, into the same nodes. It understands the statements and expressions that nearly every
// file consists of; at the first thing it does not know (`match`, type parameters, a syntax error)
// it gives up and the grammar reads the whole file. Source: Python reference, chapter 10 "Full
// Grammar specification".
//
// Every member function reads one production at the current token and leaves the token behind it.
// After a failure the current token is `end`, so that every loop ends.
#pragma once

#include "engine/syntax/ast.hpp"
#include "engine/syntax/literals.hpp"
#include "engine/syntax/tokens.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace assay::syntax {

class PlainReader {
public:
  /// `text` lives as long as the module. With `at`, every node gets that span.
  PlainReader(Module& module,
              std::string_view text,
              const ParseLimits& limits,
              const Span* at = nullptr);

  /// Fills body and comments from a whole file. False if the file is left to the grammar; the
  /// module is then as empty as before.
  bool read_file();

  /// The expression of a text `(expression)`; null if it is left to the grammar.
  const Expr* read_bracketed();

private:
  // Tokens.
  const Token& token() const { return tokens_[index_]; }

  const Token& next_token() const;

  bool at(TokenKind kind) const { return token().kind == kind; }

  bool accept(TokenKind kind);
  void expect(TokenKind kind);
  void fail();
  std::string_view spelling(const Token& token) const;
  std::string_view take_name();

  // Nodes: from the token `first` to the token read last.
  Span span_from(std::size_t first) const;
  Expr& make(ExprKind kind, std::size_t first);
  Stmt& make_statement(StmtKind kind, std::size_t first);
  void finish(Stmt& statement, std::size_t first);
  std::string_view keep(std::string decoded);

  // Depth.
  bool enter();

  void leave() { --depth_; }

  void lengthen();

  // Expressions.
  const Expr* expression();
  const Expr* expression_or_walrus();
  const Expr* element();
  const Expr* expressions();
  const Expr* value();
  const Expr* disjunction();
  const Expr* conjunction();
  const Expr* inversion();
  const Expr* comparison();
  bool comparison_operator(std::string_view& out);
  const Expr* binary(int level);
  const Expr* unary();
  const Expr* power();
  const Expr* await();
  const Expr* primary();
  const Expr* atom();
  const Expr* round_brackets();
  const Expr* square_brackets();
  const Expr* curly_brackets();
  const Expr* dictionary(std::size_t first, const Expr* key);
  const Expr* call(const Expr* callee, std::size_t first);
  bool generator_argument(std::vector<const Expr*>& items, std::size_t open);
  void arguments(std::vector<const Expr*>& items, std::vector<Keyword>& keywords, bool is_call);
  const Expr* subscript(const Expr* value, std::size_t first);
  const Expr* subscript_item();
  bool at_comprehension() const;
  void clauses(std::vector<Clause>& out);
  const Expr* lambda();
  const Expr* yield();
  void parameters(std::vector<Parameter>& out, TokenKind close, bool annotated);
  const Expr* target();
  const Expr* targets();
  static bool is_target(const Expr& expression);

  // Literals.
  const Expr* strings();
  void append_string(const Token& literal, std::string& out, Expr& made);
  void
  format_string(const Token& literal, const StringLiteral& parts, std::string& out, Expr& made);
  std::size_t
  hole(const Token& literal, std::size_t begin, std::size_t end, std::string& out, Expr&);
  std::size_t after_specifier(std::size_t begin, std::size_t end);

  // Statements.
  void statement(Block& out);
  void simple_statements(Block& out);
  const Stmt* simple_statement();
  const Stmt* expression_statement();
  const Stmt* assignment(const Expr* first_target, std::size_t first);
  const Stmt* annotated(const Expr* target, std::size_t first);
  const Stmt* return_statement();
  const Stmt* raise_statement();
  const Stmt* assert_statement();
  const Stmt* delete_statement();
  const Stmt* word_statement(StmtKind kind);
  const Stmt* global_statement();
  const Stmt* import_statement();
  const Stmt* import_from_statement();
  std::string_view dotted_name();
  std::string_view alias();
  void block(Block& out);
  const Stmt* compound_statement();
  const Stmt* if_statement();
  const Stmt* for_statement(std::size_t first, bool is_async);
  const Stmt* while_statement();
  const Stmt* with_statement(std::size_t first, bool is_async);
  const Stmt* try_statement();
  Handler except_clause();
  const Stmt* decorated();
  const Stmt* function(std::size_t first, bool is_async, std::vector<const Expr*> decorators);
  const Stmt* class_definition(std::vector<const Expr*> decorators);

  Module& module_;
  std::string_view text_;
  const Span* at_ = nullptr;
  int max_depth_ = 0;
  std::vector<Token> tokens_;
  std::size_t index_ = 0;
  int depth_ = 0;
  int deepest_ = 0; ///< of the expression being read: depth_ at its deepest, chains included
  bool failed_ = false;
  Expr nothing_; ///< what an expression that could not be read stands as
};

} // namespace assay::syntax
