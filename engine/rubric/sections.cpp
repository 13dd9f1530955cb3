// SPDX-License-Identifier: MIT
#include "engine/rubric/sections.hpp"

#include "engine/base/text.hpp"

#include <algorithm>

namespace assay::rubric {

namespace {

std::string named(std::string_view what, const std::string& id)
{
  return std::string(what) + " \"" + id + "\"";
}

/// `[[canonical], [tier 1], [tier 2]]`, or a flat list whose first name is the canonical one.
std::vector<std::vector<std::string>> read_tiers(const Node* node, Issues& issues)
{
  std::vector<std::vector<std::string>> tiers;
  if (node == nullptr) {
    return tiers;
  }
  const bool nested = node->kind == Node::Kind::list && !node->items.empty()
                      && node->items.front().kind == Node::Kind::list;
  if (!nested) {
    std::vector<std::string> flat = read_texts(*node, "names", issues);
    if (!flat.empty()) {
      tiers.push_back({flat.front()});
      tiers.emplace_back(flat.begin() + 1, flat.end());
    }
    return tiers;
  }
  if (node->items.size() > 3) {
    issues.add(node->position, "\"names\" has at most three tiers");
  }
  for (const Node& tier : node->items) {
    tiers.push_back(read_texts(tier, "names", issues));
  }
  return tiers;
}

std::vector<ColumnRole> read_columns(const Node* node, Issues& issues)
{
  std::vector<ColumnRole> columns;
  each_entry(
    node, "columns", issues, [&](const std::string& id, const Node& key, const Node& value) {
      ColumnRole column;
      column.id = id;
      column.position = key.position;
      if (value.kind == Node::Kind::list) {
        column.names = read_texts(value, id, issues);
      } else {
        Fields fields(value, named("column", id), issues);
        if (const Node* names = fields.require("names")) {
          column.names = read_texts(*names, "names", issues);
        }
        column.families = fields.texts("families");
        fields.refuse_others();
      }
      columns.push_back(std::move(column));
    });
  return columns;
}

std::optional<Cardinality> cardinality_named(const std::string& text)
{
  if (text == "many_to_one") {
    return Cardinality::many_to_one;
  }
  if (text == "one_to_one") {
    return Cardinality::one_to_one;
  }
  if (text == "many_to_many") {
    return Cardinality::many_to_many;
  }
  return std::nullopt;
}

Cardinality read_cardinality(const Node* node, Issues& issues)
{
  if (node == nullptr) {
    return Cardinality::many_to_one;
  }
  const std::vector<std::string> known = {"many_to_one", "one_to_one", "many_to_many"};
  const auto found = cardinality_named(node->text);
  if (!found) {
    issues.add(node->position,
               "\"" + printable(node->text) + "\" is none of many_to_one, one_to_one, many_to_many"
                 + suggestion(node->text, known));
  }
  return found.value_or(Cardinality::many_to_one);
}

std::vector<std::vector<std::string>> read_paths(Fields& fields)
{
  std::vector<std::vector<std::string>> paths;
  for (const std::string& path : fields.texts("paths")) {
    std::vector<std::string> parts;
    for (const std::string_view part : split(path, '.')) {
      parts.emplace_back(part);
    }
    paths.push_back(std::move(parts));
  }
  return paths;
}

GateCondition read_condition(const Node& node, Issues& issues)
{
  GateCondition condition;
  Fields fields(node, "a condition", issues);
  condition.check = fields.text("check");
  condition.flag = fields.text("flag");
  condition.at_most = fields.number("at_most", 0.0, {0.0, 1.0});
  fields.refuse_others();
  if (fields.is_map() && condition.check.empty() == condition.flag.empty()) {
    issues.add(node.position, "a condition names either a check or a flag");
  }
  return condition;
}

} // namespace

std::vector<EntitySpec> read_entities(const Node* node, Issues& issues)
{
  std::vector<EntitySpec> entities;
  each_entry(
    node, "entities", issues, [&](const std::string& id, const Node& key, const Node& value) {
      EntitySpec entity;
      Fields fields(value, named("entity", id), issues);
      entity.id = id;
      entity.position = key.position;
      entity.title = fields.text("title");
      entity.names = read_tiers(fields.require("names"), issues);
      entity.hints = fields.texts("hints");
      entity.unlike = fields.texts("unlike");
      entity.columns = read_columns(fields.find("columns"), issues);
      entity.required = fields.flag("required", true);
      entity.many_columns = fields.flag("many_columns", true);
      fields.refuse_others();
      entities.push_back(std::move(entity));
    });
  return entities;
}

std::vector<RelationSpec> read_relations(const Node* node, Issues& issues)
{
  std::vector<RelationSpec> relations;
  each_entry(
    node, "relations", issues, [&](const std::string& id, const Node& key, const Node& value) {
      RelationSpec relation;
      Fields fields(value, named("relation", id), issues);
      relation.id = id;
      relation.position = key.position;
      relation.from = fields.required_text("from");
      relation.to = fields.required_text("to");
      relation.cardinality = read_cardinality(fields.find("cardinality"), issues);
      relation.optional = fields.flag("optional", false);
      relation.names = fields.texts("names");
      relation.payload = fields.texts("payload");
      fields.refuse_others();
      relations.push_back(std::move(relation));
    });
  return relations;
}

std::vector<QuerySpec> read_queries(const Node* node, Issues& issues)
{
  std::vector<QuerySpec> queries;
  each_entry(
    node, "queries", issues, [&](const std::string& id, const Node& key, const Node& value) {
      QuerySpec query;
      Fields fields(value, named("query", id), issues);
      query.id = id;
      query.position = key.position;
      query.title = fields.text("title");
      query.root = fields.required_text("root");
      query.by = fields.text("by");
      query.paths = read_paths(fields);
      query.intent = fields.texts("intent");
      query.eager = fields.flag("eager", false);
      fields.refuse_others();
      queries.push_back(std::move(query));
    });
  return queries;
}

std::vector<CategorySpec> read_categories(const Node* node, Issues& issues)
{
  std::vector<CategorySpec> categories;
  each_entry(
    node, "categories", issues, [&](const std::string& id, const Node& key, const Node& value) {
      CategorySpec category;
      Fields fields(value, named("category", id), issues);
      category.id = id;
      category.position = key.position;
      category.title = fields.text("title");
      if (const Node* weight = fields.require("weight")) {
        const double number = read_number(*weight, "weight", {1.0, 100.0}, issues).value_or(0.0);
        category.weight = static_cast<int>(number);
        if (number != static_cast<double>(category.weight)) {
          issues.add(weight->position, "\"weight\" must be a whole number");
        }
      }
      category.static_cap = fields.number("static_cap", 1.0, {0.0, 1.0});
      fields.refuse_others();
      categories.push_back(std::move(category));
    });
  return categories;
}

std::vector<BandSpec> read_bands(const Node* node, Issues& issues)
{
  std::vector<BandSpec> bands;
  each_entry(node, "bands", issues, [&](const std::string& id, const Node& key, const Node& value) {
    // An unreadable score gets one of its own, so that it is not compared with others.
    const double unreadable = 101.0 + static_cast<double>(bands.size());
    const double at_least = read_number(value, id, {0.0, 100.0}, issues).value_or(unreadable);
    bands.push_back({id, at_least, key.position});
  });
  std::ranges::stable_sort(
    bands, [](const BandSpec& a, const BandSpec& b) { return a.at_least > b.at_least; });
  return bands;
}

std::vector<GateSpec> read_gates(const Node* node, Issues& issues)
{
  std::vector<GateSpec> gates;
  each_entry(node, "gates", issues, [&](const std::string& id, const Node& key, const Node& value) {
    GateSpec gate;
    Fields fields(value, named("gate", id), issues);
    gate.id = id;
    gate.position = key.position;
    gate.title = fields.text("title");
    gate.cap = fields.text("cap");
    gate.needs_person = fields.flag("needs_person", false);
    const Node* when = fields.require("when");
    fields.refuse_others();
    if (when != nullptr && (when->kind != Node::Kind::list || when->items.empty())) {
      issues.add(when->position, "\"when\" must be a list of conditions");
    } else if (when != nullptr) {
      for (const Node& item : when->items) {
        gate.when.push_back(read_condition(item, issues));
      }
    }
    if (fields.is_map() && gate.cap.empty() && !gate.needs_person) {
      issues.add(key.position, "gate \"" + id + "\" has neither \"cap\" nor \"needs_person\"");
    }
    gates.push_back(std::move(gate));
  });
  return gates;
}

std::vector<TopicSpec> read_topics(const Node* node, Issues& issues)
{
  std::vector<TopicSpec> topics;
  each_entry(
    node, "topics", issues, [&](const std::string& id, const Node& key, const Node& value) {
      TopicSpec topic;
      Fields fields(value, named("topic", id), issues);
      topic.id = id;
      topic.position = key.position;
      topic.title = fields.required_text("title");
      topic.question = fields.required_text("question");
      fields.refuse_others();
      topics.push_back(std::move(topic));
    });
  return topics;
}

std::map<std::string, std::string> read_flags(const Node* node, Issues& issues)
{
  std::map<std::string, std::string> flags;
  each_entry(node, "flags", issues, [&](const std::string& id, const Node& key, const Node& value) {
    if (value.text != "cheat" && value.text != "notice") {
      issues.add(value.position,
                 "weight of flag \"" + id + "\" must be cheat or notice"
                   + suggestion(value.text, {"cheat", "notice"}));
    }
    flags[id] = value.text;
    (void)key;
  });
  return flags;
}

} // namespace assay::rubric
