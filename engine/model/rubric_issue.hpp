// SPDX-License-Identifier: MIT
// What is wrong with a rubric, and where: shared by reading (engine/rubric) and binding
// (engine/checks).
#pragma once

#include "engine/base/error.hpp"
#include "engine/model/rubric.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

struct RubricIssue {
  SourcePosition position;
  std::string message; ///< lower case start, no position, one line
  bool operator==(const RubricIssue&) const = default;
};

/// `rubric.yaml:12:5: message`; without a position `rubric.yaml: message`.
inline std::string to_line(std::string_view path, const RubricIssue& issue)
{
  std::string line(path);
  if (issue.position.line > 0) {
    line += ":" + std::to_string(issue.position.line) + ":" + std::to_string(issue.position.column);
  }
  return line + ": " + issue.message;
}

/// All issues in file order, one line each, as one invalid_input error.
inline Error to_error(std::string_view path, std::vector<RubricIssue> issues)
{
  std::ranges::stable_sort(issues, [](const RubricIssue& a, const RubricIssue& b) {
    return a.position.line != b.position.line ? a.position.line < b.position.line
                                              : a.position.column < b.position.column;
  });
  std::string message;
  for (const RubricIssue& issue : issues) {
    message += (message.empty() ? "" : "\n") + to_line(path, issue);
  }
  return {ErrorCode::invalid_input, message};
}

} // namespace assay
