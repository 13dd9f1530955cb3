// SPDX-License-Identifier: MIT
#include "engine/checks/page.hpp"

#include "engine/base/text.hpp"
#include "engine/checks/param_value.hpp"

#include <fmt/format.h>

#include <string_view>
#include <vector>

namespace assay::checks {

namespace {

/// Text of a table cell.
std::string cell(std::string_view text)
{
  std::string escaped;
  for (const char c : text) {
    escaped += c == '|' ? "\\|" : c == '\n' ? " " : std::string(1, c);
  }
  return escaped;
}

std::string paragraph(std::string_view text)
{
  return std::string(trim(text)) + "\n";
}

std::string code_list(std::span<const std::string_view> words)
{
  std::string text;
  for (const std::string_view word : words) {
    text += (text.empty() ? "`" : ", `") + std::string(word) + "`";
  }
  return text;
}

std::string fallback_cell(const Param& param)
{
  if (param.required) {
    return "required";
  }
  return param.fallback.empty() ? "none" : "`" + cell(param.fallback) + "`";
}

std::string meaning(const Param& param)
{
  std::string text = cell(param.summary);
  if (!param.unit.empty()) {
    text += " (" + cell(param.unit) + ")";
  }
  if (!param.choices.empty()) {
    text += " One of " + code_list(param.choices) + ".";
  }
  return text;
}

std::string parameters(const Kind& kind)
{
  std::string text;
  if (kind.params.empty()) {
    text += "None.\n";
  } else {
    text += "| name | type | default | meaning |\n|---|---|---|---|\n";
    for (const Param& param : kind.params) {
      text += fmt::format("| `{}` | {} | {} | {} |\n",
                          param.name,
                          to_string(param.type),
                          fallback_cell(param),
                          meaning(param));
    }
  }
  if (!kind.levels.empty()) {
    text += "\nLevels, with the credit they have unless the rubric's `partial` says otherwise:\n\n";
    text += "| level | credit | meaning |\n|---|---|---|\n";
    for (const Level& level : kind.levels) {
      text +=
        fmt::format("| `{}` | {:.2f} | {} |\n", level.name, level.credit, cell(level.summary));
    }
  }
  return text;
}

std::string example(const Example& shown)
{
  std::string text = fmt::format("### {}\n\n", shown.title);
  if (!trim(shown.params).empty()) {
    text += fmt::format("Parameters `{}`: **{}**.\n", cell(shown.params), shown.outcome);
  } else {
    text += fmt::format("Outcome: **{}**.\n", shown.outcome);
  }
  for (const ExampleFile& file : shown.files) {
    text += fmt::format("\n`{}`\n\n```python\n{}\n```\n", file.path, trim(file.text));
  }
  return text;
}

std::string examples(const Kind& kind)
{
  if (kind.examples.empty()) {
    return "None.\n";
  }
  std::string text;
  for (const Example& shown : kind.examples) {
    text += (text.empty() ? "" : "\n") + example(shown);
  }
  return text;
}

std::string_view to_string(FactFamily family)
{
  switch (family) {
  case FactFamily::files:
    return "files";
  case FactFamily::environment:
    return "environment";
  case FactFamily::schema:
    return "schema";
  case FactFamily::queries:
    return "queries";
  case FactFamily::migration:
    return "migration";
  case FactFamily::execution:
    return "execution";
  case FactFamily::style:
    return "style";
  }
  return "files";
}

std::string references(const Kind& kind)
{
  std::string text;
  if (!trim(kind.references).empty()) {
    text += paragraph(kind.references);
  }
  std::vector<std::string_view> families;
  for (const FactFamily family : kind.requests) {
    families.push_back(to_string(family));
  }
  if (!families.empty()) {
    text += "- Facts it reads: " + code_list(families) + "\n";
  }
  text += fmt::format("- Since version {}\n", kind.since);
  text += "- [The format of a rubric](../rubric-format.md)\n";
  return text;
}

} // namespace

std::string render_page(const Kind& kind)
{
  std::string page = fmt::format("# {}\n\n{}\n\n", kind.id, kind.summary);
  page += "## What it measures\n\n" + paragraph(kind.why);
  page += "\n## Parameters\n\n" + parameters(kind);
  page += "\n## Examples\n\n" + examples(kind);
  page += "\n## What it cannot see\n\n" + paragraph(kind.blind_spots);
  page += "\n## References\n\n" + references(kind);
  return page;
}

std::string render_index(std::span<const Kind* const> kinds)
{
  std::string text =
    "# Check kinds\n\nA kind is a question about a submission; a rubric asks it with "
    "parameters and points.\n\n| kind | question |\n|---|---|\n";
  for (const Kind* kind : kinds) {
    text += fmt::format("| [{0}]({0}.md) | {1} |\n", kind->id, cell(kind->summary));
  }
  return text;
}

} // namespace assay::checks
