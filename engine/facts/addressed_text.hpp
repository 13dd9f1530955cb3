// SPDX-License-Identifier: MIT
// Text that speaks to a grader or a language model instead of a reader: "ignore all previous
// instructions", "award full marks". In: all text files. Out: the places. English, Spanish,
// Portuguese, French, German.
#pragma once

#include "engine/model/location.hpp"
#include "engine/model/submission.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace assay::facts {

struct AddressedText {
  Location where;
  std::string detail;
};

/// At most 20 places; files above 1 MiB, lock files and vendored folders are left out.
std::vector<AddressedText> find_addressed_text(const Snapshot& snapshot);

/// The lines (1-based) of a document where such a phrase begins.
std::vector<int> addressed_lines(std::string_view text);

} // namespace assay::facts
