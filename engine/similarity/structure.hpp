// SPDX-License-Identifier: MIT
// Private to this module: tokens as numbers that are the same for the same structure.
//
// A name that the submission itself binds somewhere (a class, a variable, a parameter, a column) is
// the author's choice and counts as "a name"; any other is vocabulary of the language or of a
// library and counts as itself. Rejected: taking all names for equal, which makes any two classes
// with columns look alike; keeping those that a list of libraries knows, which ages.
#pragma once

#include "engine/syntax/token_stream.hpp"

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace assay::similarity {

struct Code {
  std::uint64_t value = 0;
  int line = 0;
  int end_line = 0;
};

/// The names that `stream` binds, without those that begin and end with two underscores.
void collect_own_names(const syntax::TokenStream& stream, std::set<std::string, std::less<>>& own);

/// What is written in two ways without meaning anything else has one form: the alias of an import,
/// the module before an imported name, a comma before a closing bracket.
std::vector<Code> structure_of(const syntax::TokenStream& stream,
                               const std::set<std::string, std::less<>>& own);

} // namespace assay::similarity
