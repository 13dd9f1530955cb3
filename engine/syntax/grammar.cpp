// SPDX-License-Identifier: MIT
#include "engine/syntax/grammar.hpp"

#include <algorithm>
#include <chrono>
#include <map>

extern "C" const TSLanguage* tree_sitter_python();

namespace assay::syntax {

namespace {

struct NodeName {
  Node node;
  std::string_view name;
};

struct FieldName {
  Field field;
  std::string_view name;
};

constexpr std::array k_named_nodes{
  NodeName{Node::comment, "comment"},
  NodeName{Node::line_continuation, "line_continuation"},
  NodeName{Node::identifier, "identifier"},
  NodeName{Node::attribute, "attribute"},
  NodeName{Node::call, "call"},
  NodeName{Node::string, "string"},
  NodeName{Node::concatenated_string, "concatenated_string"},
  NodeName{Node::integer, "integer"},
  NodeName{Node::float_, "float"},
  NodeName{Node::true_, "true"},
  NodeName{Node::false_, "false"},
  NodeName{Node::none, "none"},
  NodeName{Node::ellipsis, "ellipsis"},
  NodeName{Node::list, "list"},
  NodeName{Node::list_pattern, "list_pattern"},
  NodeName{Node::tuple, "tuple"},
  NodeName{Node::tuple_pattern, "tuple_pattern"},
  NodeName{Node::expression_list, "expression_list"},
  NodeName{Node::pattern_list, "pattern_list"},
  NodeName{Node::set, "set"},
  NodeName{Node::dictionary, "dictionary"},
  NodeName{Node::subscript, "subscript"},
  NodeName{Node::slice, "slice"},
  NodeName{Node::binary_operator, "binary_operator"},
  NodeName{Node::unary_operator, "unary_operator"},
  NodeName{Node::not_operator, "not_operator"},
  NodeName{Node::boolean_operator, "boolean_operator"},
  NodeName{Node::comparison_operator, "comparison_operator"},
  NodeName{Node::conditional_expression, "conditional_expression"},
  NodeName{Node::lambda, "lambda"},
  NodeName{Node::list_comprehension, "list_comprehension"},
  NodeName{Node::dictionary_comprehension, "dictionary_comprehension"},
  NodeName{Node::set_comprehension, "set_comprehension"},
  NodeName{Node::generator_expression, "generator_expression"},
  NodeName{Node::await, "await"},
  NodeName{Node::yield, "yield"},
  NodeName{Node::list_splat, "list_splat"},
  NodeName{Node::list_splat_pattern, "list_splat_pattern"},
  NodeName{Node::dictionary_splat, "dictionary_splat"},
  NodeName{Node::dictionary_splat_pattern, "dictionary_splat_pattern"},
  NodeName{Node::named_expression, "named_expression"},
  NodeName{Node::parenthesized_expression, "parenthesized_expression"},
  NodeName{Node::as_pattern, "as_pattern"},
  NodeName{Node::type, "type"},
  NodeName{Node::generic_type, "generic_type"},
  NodeName{Node::union_type, "union_type"},
  NodeName{Node::constrained_type, "constrained_type"},
  NodeName{Node::member_type, "member_type"},
  NodeName{Node::splat_type, "splat_type"},
  NodeName{Node::argument_list, "argument_list"},
  NodeName{Node::keyword_argument, "keyword_argument"},
  NodeName{Node::pair, "pair"},
  NodeName{Node::for_in_clause, "for_in_clause"},
  NodeName{Node::if_clause, "if_clause"},
  NodeName{Node::string_content, "string_content"},
  NodeName{Node::interpolation, "interpolation"},
  NodeName{Node::format_specifier, "format_specifier"},
  NodeName{Node::type_parameter, "type_parameter"},
  NodeName{Node::as_pattern_target, "as_pattern_target"},
  NodeName{Node::parameters, "parameters"},
  NodeName{Node::lambda_parameters, "lambda_parameters"},
  NodeName{Node::typed_parameter, "typed_parameter"},
  NodeName{Node::default_parameter, "default_parameter"},
  NodeName{Node::typed_default_parameter, "typed_default_parameter"},
  NodeName{Node::keyword_separator, "keyword_separator"},
  NodeName{Node::positional_separator, "positional_separator"},
  NodeName{Node::expression_statement, "expression_statement"},
  NodeName{Node::assignment, "assignment"},
  NodeName{Node::augmented_assignment, "augmented_assignment"},
  NodeName{Node::return_statement, "return_statement"},
  NodeName{Node::if_statement, "if_statement"},
  NodeName{Node::for_statement, "for_statement"},
  NodeName{Node::while_statement, "while_statement"},
  NodeName{Node::with_statement, "with_statement"},
  NodeName{Node::try_statement, "try_statement"},
  NodeName{Node::function_definition, "function_definition"},
  NodeName{Node::class_definition, "class_definition"},
  NodeName{Node::decorated_definition, "decorated_definition"},
  NodeName{Node::import_statement, "import_statement"},
  NodeName{Node::import_from_statement, "import_from_statement"},
  NodeName{Node::future_import_statement, "future_import_statement"},
  NodeName{Node::raise_statement, "raise_statement"},
  NodeName{Node::pass_statement, "pass_statement"},
  NodeName{Node::delete_statement, "delete_statement"},
  NodeName{Node::assert_statement, "assert_statement"},
  NodeName{Node::global_statement, "global_statement"},
  NodeName{Node::nonlocal_statement, "nonlocal_statement"},
  NodeName{Node::match_statement, "match_statement"},
  NodeName{Node::break_statement, "break_statement"},
  NodeName{Node::continue_statement, "continue_statement"},
  NodeName{Node::type_alias_statement, "type_alias_statement"},
  NodeName{Node::print_statement, "print_statement"},
  NodeName{Node::exec_statement, "exec_statement"},
  NodeName{Node::module, "module"},
  NodeName{Node::block, "block"},
  NodeName{Node::decorator, "decorator"},
  NodeName{Node::elif_clause, "elif_clause"},
  NodeName{Node::else_clause, "else_clause"},
  NodeName{Node::except_clause, "except_clause"},
  NodeName{Node::except_group_clause, "except_group_clause"},
  NodeName{Node::finally_clause, "finally_clause"},
  NodeName{Node::with_clause, "with_clause"},
  NodeName{Node::with_item, "with_item"},
  NodeName{Node::case_clause, "case_clause"},
  NodeName{Node::case_pattern, "case_pattern"},
  NodeName{Node::dotted_name, "dotted_name"},
  NodeName{Node::aliased_import, "aliased_import"},
  NodeName{Node::relative_import, "relative_import"},
  NodeName{Node::import_prefix, "import_prefix"},
  NodeName{Node::wildcard_import, "wildcard_import"},
};

constexpr std::array k_tokens{
  NodeName{Node::token_async, "async"},
  NodeName{Node::token_from, "from"},
  NodeName{Node::token_comma, ","},
  NodeName{Node::token_colon, ":"},
  NodeName{Node::token_class, "class"},
  NodeName{Node::token_def, "def"},
  NodeName{Node::token_at, "@"},
  NodeName{Node::token_arrow, "->"},
  NodeName{Node::token_semicolon, ";"},
  NodeName{Node::token_equals, "="},
};

constexpr std::array k_fields{
  FieldName{Field::alias, "alias"},
  FieldName{Field::alternative, "alternative"},
  FieldName{Field::arguments, "arguments"},
  FieldName{Field::body, "body"},
  FieldName{Field::cause, "cause"},
  FieldName{Field::condition, "condition"},
  FieldName{Field::consequence, "consequence"},
  FieldName{Field::definition, "definition"},
  FieldName{Field::guard, "guard"},
  FieldName{Field::left, "left"},
  FieldName{Field::module_name, "module_name"},
  FieldName{Field::name, "name"},
  FieldName{Field::operator_, "operator"},
  FieldName{Field::parameters, "parameters"},
  FieldName{Field::return_type, "return_type"},
  FieldName{Field::right, "right"},
  FieldName{Field::subject, "subject"},
  FieldName{Field::subscript, "subscript"},
  FieldName{Field::superclasses, "superclasses"},
  FieldName{Field::type, "type"},
  FieldName{Field::type_parameters, "type_parameters"},
  FieldName{Field::value, "value"},
};

/// tree-sitter 0.20 corrupts its memory when a node gets more than 65,535 children, which an ERROR
/// node can. A text with fewer tokens cannot do that; the largest hand-written modules seen have
/// 75,000 and are parsed in pieces.
constexpr std::size_t k_max_tokens = 50000;

/// Texts up to this size cannot have that many, even if every byte ends a line.
constexpr std::size_t k_short_bytes = k_max_tokens / 3;

bool is_word_byte(char byte)
{
  return byte == '_' || (static_cast<unsigned char>(byte) & 0x80U) != 0
         || (byte >= '0' && byte <= '9') || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z');
}

/// An upper bound on the tokens, whatever is a string or a comment: words, other characters, and
/// two for each line.
bool has_too_many_tokens(std::string_view text)
{
  if (text.size() <= k_short_bytes) {
    return false;
  }
  std::size_t tokens = 0;
  char previous = ' ';
  for (const char byte : text) {
    const bool is_digit = byte >= '0' && byte <= '9';
    const bool after_digit = previous >= '0' && previous <= '9';
    if (byte == '\n') {
      tokens += 2;
    } else if (is_word_byte(byte)) {
      tokens += is_word_byte(previous) && is_digit == after_digit ? 0U : 1U;
    } else if (byte != ' ' && byte != '\t') {
      ++tokens;
    }
    previous = byte;
  }
  return tokens > k_max_tokens;
}

/// The text in portions, counted: a text that is read over and over is given up, at the same point
/// on every machine. Real files are read up to 10 times, plus the start.
struct Portions {
  static constexpr std::size_t k_bytes = 4096;
  static constexpr std::size_t k_max_rereads = 64;

  explicit Portions(std::string_view whole)
    : text(whole),
      left((whole.size() / k_bytes + 16) * k_max_rereads)
  {
  }

  static const char*
  read(void* payload, std::uint32_t offset, TSPoint /*point*/, std::uint32_t* length)
  {
    auto& self = *static_cast<Portions*>(payload);
    if (self.left == 0) {
      self.cancelled = 1;
    } else {
      --self.left;
    }
    const auto rest = self.text.substr(std::min<std::size_t>(offset, self.text.size()));
    *length = static_cast<std::uint32_t>(std::min(rest.size(), k_bytes - offset % k_bytes));
    return rest.data();
  }

  std::string_view text;
  std::size_t left;
  std::size_t cancelled = 0;
};

/// Only in case the two limits above are not enough.
constexpr std::chrono::microseconds k_parse_guard = std::chrono::seconds{60};

} // namespace

const Grammar& Grammar::instance()
{
  static const Grammar grammar;
  return grammar;
}

Grammar::Grammar()
{
  std::map<std::string_view, Node> named;
  std::map<std::string_view, Node> tokens;
  for (const auto& entry : k_named_nodes) {
    named.emplace(entry.name, entry.node);
  }
  for (const auto& entry : k_tokens) {
    tokens.emplace(entry.name, entry.node);
  }
  const auto* language = tree_sitter_python();
  const auto symbols = ts_language_symbol_count(language);
  kinds_.assign(symbols, Node::other);
  for (std::uint32_t symbol = 0; symbol < symbols; ++symbol) {
    const auto id = static_cast<TSSymbol>(symbol);
    const auto type = ts_language_symbol_type(language, id);
    if (type == TSSymbolTypeAuxiliary) {
      continue;
    }
    const auto& names = type == TSSymbolTypeRegular ? named : tokens;
    const auto found = names.find(ts_language_symbol_name(language, id));
    if (found != names.end()) {
      kinds_[symbol] = found->second;
    }
  }
  fields_.assign(ts_language_field_count(language) + 1, Field::none);
  for (const auto& entry : k_fields) {
    const auto length = static_cast<std::uint32_t>(entry.name.size());
    fields_[ts_language_field_id_for_name(language, entry.name.data(), length)] = entry.field;
  }
}

/// The parser is made anew each time: it keeps memory of the arena, and costs less than 1 % of
/// parsing a small file.
Tree::Tree(std::string_view text)
  : too_long_(has_too_many_tokens(text))
{
  if (too_long_) {
    return;
  }
  Portions portions{text};
  auto* parser = ts_parser_new();
  ts_parser_set_language(parser, tree_sitter_python());
  ts_parser_set_timeout_micros(parser, static_cast<std::uint64_t>(k_parse_guard.count()));
  ts_parser_set_cancellation_flag(parser, &portions.cancelled);
  tree_ = ts_parser_parse(parser, nullptr, TSInput{&portions, Portions::read, TSInputEncodingUTF8});
  ts_parser_delete(parser);
}

/// Taking a tree apart is only worth it while the arena lives on.
Tree::~Tree()
{
  if (tree_ != nullptr && arena_.is_nested()) {
    ts_tree_delete(tree_);
  }
}

} // namespace assay::syntax
