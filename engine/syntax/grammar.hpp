// SPDX-License-Identifier: MIT
// Private to engine/syntax: the Python grammar's node names and fields as small integers, looked up
// once, so that the conversion compares no strings.
#pragma once

#include "engine/syntax/arena.hpp"

#include <tree_sitter/api.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

static_assert(TREE_SITTER_LANGUAGE_VERSION >= 14, "tree-sitter 0.20 or later");

namespace assay::syntax {

/// Kinds of nodes of the grammar that the conversion tells apart. Order and spelling: grammar.cpp.
enum class Node : std::uint8_t {
  other,
  error,
  comment,
  line_continuation,
  // Expressions.
  identifier,
  attribute,
  call,
  string,
  concatenated_string,
  integer,
  float_,
  true_,
  false_,
  none,
  ellipsis,
  list,
  list_pattern,
  tuple,
  tuple_pattern,
  expression_list,
  pattern_list,
  set,
  dictionary,
  subscript,
  slice,
  binary_operator,
  unary_operator,
  not_operator,
  boolean_operator,
  comparison_operator,
  conditional_expression,
  lambda,
  list_comprehension,
  dictionary_comprehension,
  set_comprehension,
  generator_expression,
  await,
  yield,
  list_splat,
  list_splat_pattern,
  dictionary_splat,
  dictionary_splat_pattern,
  named_expression,
  parenthesized_expression,
  as_pattern,
  type,
  generic_type,
  union_type,
  constrained_type,
  member_type,
  splat_type,
  // Parts of expressions.
  argument_list,
  keyword_argument,
  pair,
  for_in_clause,
  if_clause,
  string_content,
  interpolation,
  format_specifier,
  type_parameter,
  as_pattern_target,
  // Parameters.
  parameters,
  lambda_parameters,
  typed_parameter,
  default_parameter,
  typed_default_parameter,
  keyword_separator,
  positional_separator,
  // Statements.
  expression_statement,
  assignment,
  augmented_assignment,
  return_statement,
  if_statement,
  for_statement,
  while_statement,
  with_statement,
  try_statement,
  function_definition,
  class_definition,
  decorated_definition,
  import_statement,
  import_from_statement,
  future_import_statement,
  raise_statement,
  pass_statement,
  delete_statement,
  assert_statement,
  global_statement,
  nonlocal_statement,
  match_statement,
  break_statement,
  continue_statement,
  type_alias_statement,
  print_statement,
  exec_statement,
  // Parts of statements.
  module,
  block,
  decorator,
  elif_clause,
  else_clause,
  except_clause,
  except_group_clause,
  finally_clause,
  with_clause,
  with_item,
  case_clause,
  case_pattern,
  dotted_name,
  aliased_import,
  relative_import,
  import_prefix,
  wildcard_import,
  // Tokens.
  token_async,
  token_from,
  token_comma,
  token_colon,
  token_class,
  token_def,
  token_at,
  token_arrow,
  token_semicolon,
  token_equals,
  count,
};

/// Fields of the grammar, by the grammar's names.
enum class Field : std::uint8_t {
  none,
  alias,
  alternative,
  arguments,
  body,
  cause,
  condition,
  consequence,
  definition,
  guard,
  left,
  module_name,
  name,
  operator_,
  parameters,
  return_type,
  right,
  subject,
  subscript,
  superclasses,
  type,
  type_parameters,
  value,
  count,
};

/// Maps what tree-sitter numbers to the enumerations above.
class Grammar {
public:
  static const Grammar& instance();

  Node kind(TSNode node) const
  {
    const auto symbol = ts_node_symbol(node);
    return symbol < kinds_.size() ? kinds_[symbol] : Node::error;
  }

  Field field(TSFieldId id) const { return id < fields_.size() ? fields_[id] : Field::none; }

private:
  Grammar();
  std::vector<Node> kinds_;
  std::vector<Field> fields_;
};

/// A tree, its memory, and what is made from it with tree-sitter while it lives. Stays on its
/// thread.
class Tree {
public:
  /// No tree if the text has too many tokens or reading it does not get on. Both depend on the text
  /// alone.
  explicit Tree(std::string_view text);
  ~Tree();
  Tree(const Tree&) = delete;
  Tree& operator=(const Tree&) = delete;
  Tree(Tree&&) = delete;
  Tree& operator=(Tree&&) = delete;

  explicit operator bool() const { return tree_ != nullptr; }

  bool is_too_long() const { return too_long_; }

  TSNode root() const { return ts_tree_root_node(tree_); }

  bool has_error() const { return ts_node_has_error(root()); }

private:
  ArenaScope arena_;
  TSTree* tree_ = nullptr;
  bool too_long_ = false;
};

} // namespace assay::syntax
