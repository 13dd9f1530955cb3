// SPDX-License-Identifier: MIT
// Which role a path plays, and the text of a file whatever its encoding.
#pragma once

#include "engine/model/facts.hpp"
#include "engine/model/submission.hpp"

#include <map>
#include <string>
#include <string_view>

namespace assay::facts {

/// Role of every Python file of the snapshot. When the rules for folders named like tests or
/// documentation would leave nothing to grade, those rules are not applied.
std::map<std::string, FileRole> classify_python(const Snapshot& snapshot);

/// True for files of a committed virtual environment or of installed packages.
bool is_vendored(std::string_view path);

struct DecodedText {
  std::string text;     ///< UTF-8
  std::string encoding; ///< "utf-8", "utf-16", "latin-1", "binary" (then `text` is empty)
};

/// UTF-8, UTF-16 with a byte order mark, else Latin-1; text with NUL bytes is binary.
DecodedText decode(std::string_view bytes);

} // namespace assay::facts
