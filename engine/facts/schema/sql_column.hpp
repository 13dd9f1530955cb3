// SPDX-License-Identifier: MIT
// The items between the parentheses of CREATE TABLE, and those of ALTER TABLE ... ADD.
#pragma once

#include "engine/facts/schema/sql_ddl.hpp"
#include "engine/facts/schema/sql_tokens.hpp"

#include <span>
#include <string>

namespace assay::facts {

/// Walks the tokens of a statement.
class SqlCursor {
public:
  SqlCursor(std::span<const SqlToken> tokens, std::string_view source)
    : tokens_(tokens),
      source_(source)
  {
  }

  [[nodiscard]] bool done() const { return at_ >= tokens_.size(); }

  /// True and past them if the next words are `words` ("NOT NULL").
  bool accept(std::string_view words);
  [[nodiscard]] bool looking_at(std::string_view words) const;

  /// The next token's text as a name; empty at the end or before a symbol.
  std::string name();
  /// A name with its schema: "blog.users".
  std::string qualified_name();
  /// The names in "(a, b DESC, lower(c))"; `functional` if something is computed.
  std::vector<std::string> names_in_parentheses(bool& functional);
  /// The text inside the next parentheses, past them.
  std::string text_in_parentheses();

  void skip() { ++at_; }

  /// Past the next parenthesised group if there is one.
  void skip_parentheses();

  [[nodiscard]] const SqlToken* current() const { return done() ? nullptr : &tokens_[at_]; }

  /// The pieces between commas that are not inside parentheses, from here to the end or the closing
  /// parenthesis.
  std::vector<std::span<const SqlToken>> pieces();

  [[nodiscard]] std::string_view source() const { return source_; }

  [[nodiscard]] std::string text(std::span<const SqlToken> tokens) const;

private:
  std::span<const SqlToken> tokens_;
  std::string_view source_;
  std::size_t at_ = 0;
};

/// A column definition or a table constraint; adds to the effect.
void read_table_item(SqlCursor cursor, SqlEffect& effect);

/// What follows a column's name: type, nullability, keys, references.
void read_column_definition(SqlCursor& cursor, Column column, SqlEffect& effect);

/// CONSTRAINT name ... or a nameless table constraint; false if it is neither.
bool read_table_constraint(SqlCursor& cursor, SqlEffect& effect);

} // namespace assay::facts
