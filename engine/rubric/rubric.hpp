// SPDX-License-Identifier: MIT
// Comes in: the YAML text of a rubric, possibly hostile. Goes out: a Rubric that is consistent in
// itself, or a list of everything that is wrong with it, each with line and column. Whether the
// kinds it names exist, and whether their parameters fit, is for engine/checks/bind.hpp.
#pragma once

#include "engine/base/result.hpp"
#include "engine/model/rubric.hpp"
#include "engine/model/rubric_issue.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace assay::rubric {

/// Usable only without issues.
struct Reading {
  Rubric rubric;
  std::vector<RubricIssue> issues; ///< in file order, at most 100 and one that counts the rest
};

/// Reads a rubric and says everything that is wrong with it. Texts above 1 MiB, nested deeper than
/// 24 or with more than 50,000 values are refused, and so are aliases, anchors and tags.
Reading read_rubric(std::string_view text, std::string_view path);

/// Errors: invalid_input, one line per issue (`rubric.yaml:12:5: unknown key "knd" (did you mean
/// "kind"?)`).
Result<Rubric> parse_rubric(std::string_view text, std::string_view path);

/// Errors: not_found, io, limit_exceeded (above 1 MiB), invalid_input as parse_rubric().
Result<Rubric> load_rubric(const std::filesystem::path& path);

/// Where a rubric is looked up. A name with a '/' or ending in .yaml or .yml is a path (a folder
/// stands for the rubric.yaml in it). Any other name is the id of a built-in rubric:
/// ../share/assay/rubrics/<id>/rubric.yaml relative to the folder of the executable, then
/// rubrics/<id>/rubric.yaml in that folder or one above it (a build tree inside the source tree).
/// Errors: not_found, with the ids that exist.
Result<std::filesystem::path> find_rubric(std::string_view name,
                                          const std::filesystem::path& executable_dir);

} // namespace assay::rubric
