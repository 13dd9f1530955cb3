// SPDX-License-Identifier: MIT
#pragma once

#include <compare>
#include <string>

namespace assay {

/// A place in a graded file. Lines and columns are 1-based; line 0 means "the file as a whole".
struct Location {
  std::string path; ///< relative to the root of the repository; empty means "nowhere in particular"
  int line = 0;
  int column = 0;
  int end_line = 0;
  std::string text; ///< the first line of the place, trimmed, at most 200 characters

  auto operator<=>(const Location&) const = default;
};

/// A place together with what it shows.
struct Evidence {
  Location where;
  std::string note;

  bool operator==(const Evidence&) const = default;
};

} // namespace assay
