// SPDX-License-Identifier: MIT
// SQL text as words: enough to read schema statements of several dialects, not a grammar.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace assay::facts {

enum class SqlTokenKind { word, quoted_name, text, number, symbol };

struct SqlToken {
  SqlTokenKind kind = SqlTokenKind::symbol;
  std::string text;      ///< unquoted; words as written
  std::string upper;     ///< of words: upper case; of symbols: the symbol; else empty
  std::size_t begin = 0; ///< byte offsets into the source
  std::size_t end = 0;
  int line = 1; ///< 1-based, within the source
};

/// One statement's tokens, without the semicolon.
struct SqlStatement {
  std::vector<SqlToken> tokens;
  int line = 1;
};

/// Limits: 1 MiB of text, 2,000 statements.
std::vector<SqlStatement> split_sql(std::string_view sql);

} // namespace assay::facts
