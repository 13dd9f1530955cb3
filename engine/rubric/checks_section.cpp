// SPDX-License-Identifier: MIT
#include "engine/base/text.hpp"
#include "engine/rubric/sections.hpp"

#include <algorithm>
#include <cmath>

namespace assay::rubric {

namespace {

/// Stands for points that are missing or unreadable; cross_check() then does not add up the
/// category.
constexpr Points k_unreadable{-1};

/// Points are exact in hundredths; a finer number would be rounded behind the author's back.
Points read_points(const Node& node, Issues& issues)
{
  const auto number = read_number(node, "points", {0.0, 100.0}, issues);
  if (!number) {
    return k_unreadable;
  }
  const double hundredths = std::round(*number * 100.0);
  if (std::abs(*number * 100.0 - hundredths) > 1e-6) {
    issues.add(node.position, "\"points\" has more than two decimals");
  }
  return {static_cast<std::int64_t>(hundredths)};
}

void read_partial(const Node* node, CheckSpec& check, Issues& issues)
{
  each_entry(
    node, "partial", issues, [&](const std::string& id, const Node& key, const Node& value) {
      check.partial[id] = read_number(value, id, {0.0, 1.0}, issues).value_or(0.0);
      check.positions["partial." + id] = key.position;
    });
}

void read_messages(const Node* node, CheckSpec& check, Issues& issues)
{
  each_entry(
    node, "messages", issues, [&](const std::string& id, const Node& key, const Node& value) {
      check.messages[id] = read_text(value, id, issues).value_or("");
      check.positions["messages." + id] = key.position;
    });
}

double category_cap(const std::vector<CategorySpec>& categories, const std::string& id)
{
  const auto found = std::ranges::find(categories, id, &CategorySpec::id);
  return found == categories.end() ? 1.0 : found->static_cap;
}

CheckSpec read_check(const Node& node, const std::vector<CategorySpec>& categories, Issues& issues)
{
  CheckSpec check;
  check.position = node.position;
  std::string what = "a check";
  for (const auto& [key, value] : node.fields) {
    if (key.text == "id") {
      what = "check \"" + printable(value.text) + "\"";
      check.positions["id"] = value.position;
    } else if (key.text == "kind") {
      check.positions["kind"] = value.position;
    } else if (key.text == "category") {
      check.positions["category"] = value.position;
    } else if (key.text == "topics") {
      check.positions["topics"] = value.position;
    }
  }
  Fields fields(node, what, issues);
  check.id = fields.required_text("id");
  check.kind = fields.required_text("kind");
  check.category = fields.text("category");
  if (check.category.empty()) {
    check.category = check.id.substr(0, check.id.find('.'));
  }
  check.title = fields.text("title");
  const Node* points = fields.require("points");
  check.points = points == nullptr ? k_unreadable : read_points(*points, issues);
  check.by_reading = fields.flag("by_reading", false);
  const double cap = check.by_reading ? 1.0 : category_cap(categories, check.category);
  check.static_cap = fields.number("static_cap", cap, {0.0, 1.0});
  read_partial(fields.find("partial"), check, issues);
  read_messages(fields.find("messages"), check, issues);
  check.advice = fields.text("advice");
  check.topics = fields.texts("topics");
  check.hidden = fields.flag("hidden", false);
  check.params.kind = ParamValue::Kind::map;
  check.params.position = node.position;
  for (const auto* field : fields.take_others()) {
    check.params.fields.emplace_back(field->first.text, to_param(field->second));
    check.params.fields.back().second.key_position = field->first.position;
  }
  return check;
}

} // namespace

std::vector<CheckSpec>
read_checks(const Node* node, const std::vector<CategorySpec>& categories, Issues& issues)
{
  std::vector<CheckSpec> checks;
  if (node == nullptr) {
    return checks;
  }
  if (node->kind != Node::Kind::list) {
    issues.add(node->position, "\"checks\" must be a list");
    return checks;
  }
  for (const Node& item : node->items) {
    checks.push_back(read_check(item, categories, issues));
  }
  return checks;
}

} // namespace assay::rubric
