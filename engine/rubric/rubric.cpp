// SPDX-License-Identifier: MIT
#include "engine/rubric/rubric.hpp"

#include "engine/base/digest.hpp"
#include "engine/base/text.hpp"
#include "engine/rubric/cross_check.hpp"
#include "engine/rubric/sections.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

namespace assay::rubric {

namespace {

constexpr std::size_t k_max_issues = 100;

Rubric read_sections(const Node& root, Issues& issues)
{
  Rubric rubric;
  Fields fields(root, "a rubric", issues);
  if (!fields.is_map()) {
    return rubric;
  }
  rubric.id = fields.required_text("id");
  rubric.version = fields.required_text("version");
  rubric.title = fields.required_text("title");
  rubric.entities = read_entities(fields.require("entities"), issues);
  rubric.relations = read_relations(fields.find("relations"), issues);
  rubric.queries = read_queries(fields.find("queries"), issues);
  rubric.categories = read_categories(fields.require("categories"), issues);
  rubric.checks = read_checks(fields.require("checks"), rubric.categories, issues);
  rubric.bands = read_bands(fields.require("bands"), issues);
  rubric.gates = read_gates(fields.find("gates"), issues);
  rubric.topics = read_topics(fields.find("topics"), issues);
  rubric.flag_weights = read_flags(fields.find("flags"), issues);
  fields.refuse_others();
  if (!rubric.id.empty() && !is_id(rubric.id)) {
    issues.add(root.position,
               "\"" + printable(rubric.id)
                 + "\" is not a rubric id: lower-case words joined by '-'");
  }
  return rubric;
}

void order_and_limit(std::vector<RubricIssue>& issues)
{
  std::ranges::stable_sort(issues, [](const RubricIssue& a, const RubricIssue& b) {
    return a.position.line != b.position.line ? a.position.line < b.position.line
                                              : a.position.column < b.position.column;
  });
  if (issues.size() > k_max_issues) {
    const std::size_t more = issues.size() - k_max_issues;
    issues.resize(k_max_issues);
    issues.push_back({{}, "and " + std::to_string(more) + " more"});
  }
}

} // namespace

Reading read_rubric(std::string_view text, std::string_view path)
{
  Reading reading;
  Document document = read_document(text);
  if (!document.issues.empty()) {
    reading.issues = std::move(document.issues);
    return reading;
  }
  Issues issues;
  reading.rubric = read_sections(document.root, issues);
  reading.rubric.digest = sha256(text);
  reading.rubric.path = std::string(path);
  cross_check(reading.rubric, issues);
  reading.issues = issues.take();
  order_and_limit(reading.issues);
  return reading;
}

Result<Rubric> parse_rubric(std::string_view text, std::string_view path)
{
  Reading reading = read_rubric(text, path);
  if (reading.issues.empty()) {
    return std::move(reading.rubric);
  }
  std::string message;
  for (const RubricIssue& issue : reading.issues) {
    message += (message.empty() ? "" : "\n") + to_line(path, issue);
  }
  return Error{ErrorCode::invalid_input, message};
}

Result<Rubric> load_rubric(const std::filesystem::path& path)
{
  const std::string name = path.string();
  std::error_code status;
  if (!std::filesystem::exists(path, status)) {
    return Error{ErrorCode::not_found, "no rubric at " + printable(name)};
  }
  if (!std::filesystem::is_regular_file(path, status)) {
    return Error{ErrorCode::invalid_input, printable(name) + " is not a file"};
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    const int reason = errno;
    return Error{ErrorCode::io, "rubric " + printable(name) + ": " + std::strerror(reason)};
  }
  const std::size_t limit = DocumentLimits{}.max_bytes;
  std::string text(limit + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (text.size() > limit) {
    return Error{ErrorCode::limit_exceeded,
                 "rubric " + printable(name) + " is larger than " + std::to_string(limit)
                   + " bytes"};
  }
  return parse_rubric(text, name);
}

} // namespace assay::rubric
