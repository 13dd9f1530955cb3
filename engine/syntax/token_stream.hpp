// SPDX-License-Identifier: MIT
// Python source as the sequence of its tokens, for comparing texts by their structure. In: text.
// Out: tokens without comments, docstrings, imports and layout; a string is one token, whatever is
// in it. Refuses nothing: where the text does not parse, the tokens that were recognised come.
//
// It is always the grammar that reads, never the faster reader beside it: two texts that are
// compared must be cut by the same rules.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace assay::syntax {

enum class StreamKind : std::uint8_t {
  name,
  text,   ///< a string, adjacent ones together, format strings as well
  number, ///< integer or float
  word,   ///< keyword, operator, bracket, True, None
};

/// Lines are 1-based.
struct StreamToken {
  StreamKind kind = StreamKind::word;
  bool binds = false; ///< the name is given a value here: assignment, parameter, def, class, loop
  std::string_view text; ///< of strings and numbers empty
  int line = 0;
  int end_line = 0;
};

/// `import module as alias` has no name, `from module import *` the name "*".
struct StreamImport {
  std::string_view module; ///< with the dots it begins with
  std::string_view name;
  std::string_view alias; ///< empty if none
};

/// Move-only; the views point into `source`.
struct TokenStream {
  std::unique_ptr<const std::string> source;
  std::vector<StreamToken> tokens;
  std::vector<StreamImport> imports;
};

/// `source` must be UTF-8. Nothing comes of a text above `max_bytes`, or of one that the grammar
/// gives up on.
TokenStream token_stream(std::string source, std::size_t max_bytes = std::size_t{2} << 20U);

} // namespace assay::syntax
