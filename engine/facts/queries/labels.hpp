// SPDX-License-Identifier: MIT
// Does the candidate say "this is how not to do it"? Names, docstrings and comments in English,
// Spanish and Portuguese.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace assay::facts::queries {

/// Why the callable counts as the bad example, or empty. A label in the negative
/// ("avoid_n_plus_one", "sin N+1", "without N+1") praises; a docstring that merely explains
/// laziness is no label.
std::string bad_example_label(std::string_view name,
                              std::string_view docstring,
                              const std::vector<std::string>& comments);

/// `text` in lower case with the accents of Spanish and Portuguese letters removed.
std::string plain_letters(std::string_view text);

} // namespace assay::facts::queries
