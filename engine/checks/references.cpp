// SPDX-License-Identifier: MIT
#include "engine/checks/references.hpp"

#include "engine/base/text.hpp"

#include <algorithm>

namespace assay::checks {

namespace {

std::optional<std::string>
declared(std::string_view what, std::string_view id, const std::vector<std::string>& known)
{
  if (std::ranges::find(known, id) != known.end()) {
    return std::nullopt;
  }
  return "undeclared " + std::string(what) + " \"" + printable(id) + "\"" + suggestion(id, known);
}

} // namespace

std::string suggestion(std::string_view word, const std::vector<std::string>& candidates)
{
  const auto near = nearest(word, candidates);
  return near ? " (did you mean \"" + *near + "\"?)" : "";
}

References::References(const Rubric& rubric)
  : rubric_(rubric)
{
  for (const EntitySpec& entity : rubric.entities) {
    entities_.push_back(entity.id);
  }
  for (const RelationSpec& relation : rubric.relations) {
    relations_.push_back(relation.id);
  }
  for (const QuerySpec& query : rubric.queries) {
    queries_.push_back(query.id);
  }
}

std::optional<std::string> References::entity(std::string_view id) const
{
  return declared("entity", id, entities_);
}

std::optional<std::string> References::relation(std::string_view id) const
{
  return declared("relation", id, relations_);
}

std::optional<std::string> References::query(std::string_view id) const
{
  return declared("query", id, queries_);
}

std::optional<std::string> References::column_role(std::string_view text) const
{
  const auto dot = text.find('.');
  if (dot == std::string_view::npos) {
    return "\"" + printable(text) + "\" is not a column role; write entity.role";
  }
  const std::string_view owner = text.substr(0, dot);
  if (auto problem = entity(owner)) {
    return problem;
  }
  const auto found = std::ranges::find(rubric_.entities, owner, &EntitySpec::id);
  std::vector<std::string> roles;
  for (const ColumnRole& role : found->columns) {
    roles.push_back(std::string(owner) + "." + role.id);
  }
  return declared("column role", text, roles);
}

std::optional<std::string> References::step(const std::string& from,
                                            const std::string& segment) const
{
  for (const RelationSpec& relation : rubric_.relations) {
    const bool forward =
      relation.from == from && (relation.to == segment || relation.id == segment);
    const bool backward =
      relation.to == from && (relation.from == segment || relation.id == segment);
    if (forward || backward) {
      return forward ? relation.to : relation.from;
    }
  }
  return std::nullopt;
}

std::optional<std::string> References::path(std::string& text) const
{
  const std::vector<std::string_view> parts = split(text, '.');
  if (parts.size() < 2) {
    return "\"" + printable(text) + "\" is not a path; write at least two entities, as in a.b";
  }
  std::string here(parts.front());
  if (auto problem = entity(here)) {
    return problem;
  }
  std::string rewritten = here;
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const std::string segment(parts[i]);
    const auto next = step(here, segment);
    if (!next) {
      const bool known = !entity(segment) || !relation(segment);
      return known
               ? "no declared relation joins \"" + here + "\" and \"" + printable(segment) + "\""
               : entity(segment);
    }
    here = *next;
    rewritten += "." + here;
  }
  text = std::move(rewritten);
  return std::nullopt;
}

void References::collect_roles(ParamType type,
                               const ParamValue& value,
                               std::set<std::string>& roles) const
{
  if (!value.text.empty()) {
    add_roles(type, value.text, roles);
  }
  for (const ParamValue& item : value.items) {
    add_roles(type, item.text, roles);
  }
}

void References::add_roles(ParamType type,
                           const std::string& text,
                           std::set<std::string>& roles) const
{
  switch (type) {
  case ParamType::entity:
  case ParamType::entity_list:
    roles.insert(text);
    return;
  case ParamType::column_role:
  case ParamType::column_role_list:
    roles.insert(text.substr(0, text.find('.')));
    return;
  case ParamType::path_list:
    for (const std::string_view part : split(text, '.')) {
      roles.emplace(part);
    }
    return;
  case ParamType::relation:
  case ParamType::relation_list:
    for (const RelationSpec& relation : rubric_.relations) {
      if (relation.id == text) {
        roles.insert({relation.from, relation.to});
      }
    }
    return;
  case ParamType::query:
  case ParamType::query_list:
    for (const QuerySpec& query : rubric_.queries) {
      if (query.id == text) {
        roles.insert(query.root);
      }
    }
    return;
  case ParamType::text:
  case ParamType::number:
  case ParamType::flag:
  case ParamType::text_list:
    return;
  }
}

} // namespace assay::checks
