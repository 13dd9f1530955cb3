// SPDX-License-Identifier: MIT
#include "engine/checks/bind.hpp"
#include "engine/checks/page.hpp"
#include "engine/checks/param_value.hpp"

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace assay::checks {

namespace {

std::string quoted(std::string_view text)
{
  std::string result = "\"";
  for (const char c : text) {
    switch (c) {
    case '"':
      result += "\\\"";
      break;
    case '\\':
      result += "\\\\";
      break;
    case '\n':
      result += "\\n";
      break;
    default:
      result += c;
    }
  }
  return result + "\"";
}

std::string enumeration(std::span<const std::string_view> words)
{
  std::string list;
  for (const std::string_view word : words) {
    list += (list.empty() ? "" : ", ") + quoted(word);
  }
  return "\"enum\": [" + list + "]";
}

/// Type of a scalar, or of the items of a list.
std::string item_type(const Param& param)
{
  switch (param.type) {
  case ParamType::number:
    return R"("type": "number")";
  case ParamType::flag:
    return R"("type": "boolean")";
  case ParamType::column_role:
  case ParamType::column_role_list:
  case ParamType::path_list:
    return R"("type": "string", "pattern": "^[a-z][a-z0-9_-]*(\\.[a-z][a-z0-9_-]*)+$")";
  case ParamType::text:
  case ParamType::text_list:
  case ParamType::entity:
  case ParamType::entity_list:
  case ParamType::relation:
  case ParamType::relation_list:
  case ParamType::query:
  case ParamType::query_list:
    break;
  }
  return param.choices.empty() ? R"("type": "string")" : enumeration(param.choices);
}

std::string param_schema(const Param& param)
{
  const std::string description = "\"description\": " + quoted(param.summary);
  if (!is_list(param.type)) {
    return fmt::format("{{{}, {}}}", item_type(param), description);
  }
  return fmt::format(R"({{"type": "array", "items": {{{}}}, {}}})", item_type(param), description);
}

std::string level_schema(const Kind& kind)
{
  std::string levels;
  for (const Level& level : kind.levels) {
    levels +=
      fmt::format(R"({}{}: {{"type": "number", "minimum": 0, "maximum": 1, "description": {}}})",
                  levels.empty() ? "" : ", ",
                  quoted(level.name),
                  quoted(level.summary));
  }
  return fmt::format(R"({{"type": "object", "properties": {{{}}}, "additionalProperties": false}})",
                     levels);
}

std::string kind_schema(const Kind& kind)
{
  std::string properties;
  for (const std::string_view key : common_check_keys()) {
    const std::string value = key == "partial" ? level_schema(kind) : "true";
    properties += fmt::format("{}{}: {}", properties.empty() ? "" : ", ", quoted(key), value);
  }
  std::string required;
  for (const Param& param : kind.params) {
    properties += fmt::format(",\n            {}: {}", quoted(param.name), param_schema(param));
    if (param.required) {
      required += (required.empty() ? "" : ", ") + quoted(param.name);
    }
  }
  return fmt::format(R"(        {{
          "if": {{"properties": {{"kind": {{"const": {}}}}}}},
          "then": {{"description": {}, "properties": {{
            {}}},
            "required": [{}], "additionalProperties": false}}
        }})",
                     quoted(kind.id),
                     quoted(kind.summary),
                     properties,
                     required);
}

constexpr std::string_view k_head = R"json({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "assay rubric",
  "type": "object",
  "required": ["id", "version", "title", "entities", "categories", "checks", "bands"],
  "additionalProperties": false,
  "definitions": {
    "texts": {"type": "array", "items": {"type": "string"}, "uniqueItems": true},
    "share": {"type": "number", "minimum": 0, "maximum": 1},
    "column": {"anyOf": [
      {"$ref": "#/definitions/texts"},
      {"type": "object", "required": ["names"], "additionalProperties": false, "properties": {
        "names": {"$ref": "#/definitions/texts"}, "families": {"$ref": "#/definitions/texts"}}}]}
  },
  "properties": {
    "id": {"type": "string", "pattern": "^[a-z][a-z0-9_-]*$"},
    "version": {"type": "string"},
    "title": {"type": "string"},
    "entities": {"type": "object", "additionalProperties": {
      "type": "object", "required": ["names"], "additionalProperties": false, "properties": {
        "title": {"type": "string"},
        "names": {"type": "array", "description": "canonical name, synonyms, weak synonyms", "items": {
          "anyOf": [{"type": "string"}, {"$ref": "#/definitions/texts"}]}},
        "hints": {"$ref": "#/definitions/texts"},
        "unlike": {"$ref": "#/definitions/texts"},
        "columns": {"type": "object", "additionalProperties": {"$ref": "#/definitions/column"}},
        "required": {"type": "boolean"},
        "many_columns": {"type": "boolean"}}}},
    "relations": {"type": "object", "additionalProperties": {
      "type": "object", "required": ["from", "to"], "additionalProperties": false, "properties": {
        "from": {"type": "string"},
        "to": {"type": "string"},
        "cardinality": {"enum": ["many_to_one", "one_to_one", "many_to_many"]},
        "optional": {"type": "boolean"},
        "names": {"$ref": "#/definitions/texts"},
        "payload": {"$ref": "#/definitions/texts"}}}},
    "queries": {"type": "object", "additionalProperties": {
      "type": "object", "required": ["root"], "additionalProperties": false, "properties": {
        "title": {"type": "string"},
        "root": {"type": "string"},
        "by": {"type": "string"},
        "paths": {"$ref": "#/definitions/texts"},
        "intent": {"$ref": "#/definitions/texts"},
        "eager": {"type": "boolean"}}}},
    "categories": {"type": "object", "additionalProperties": {
      "type": "object", "required": ["weight"], "additionalProperties": false, "properties": {
        "title": {"type": "string"},
        "weight": {"type": "integer", "minimum": 1, "maximum": 100},
        "static_cap": {"$ref": "#/definitions/share"}}}},
    "bands": {"type": "object", "additionalProperties": {"type": "number", "minimum": 0, "maximum": 100}},
    "gates": {"type": "object", "additionalProperties": {
      "type": "object", "required": ["when"], "additionalProperties": false, "properties": {
        "title": {"type": "string"},
        "when": {"type": "array", "minItems": 1, "items": {
          "type": "object", "additionalProperties": false, "properties": {
            "check": {"type": "string"},
            "at_most": {"$ref": "#/definitions/share"},
            "flag": {"type": "string"}}}},
        "cap": {"type": "string"},
        "needs_person": {"type": "boolean"}}}},
    "topics": {"type": "object", "additionalProperties": {
      "type": "object", "required": ["title", "question"], "additionalProperties": false, "properties": {
        "title": {"type": "string"},
        "question": {"type": "string"}}}},
    "flags": {"type": "object", "additionalProperties": {"enum": ["cheat", "notice"]}},
    "checks": {"type": "array", "items": {
      "type": "object",
      "required": ["id", "kind", "points"],
      "properties": {
        "id": {"type": "string", "pattern": "^[a-z][a-z0-9_-]*\\.[a-z][a-z0-9_-]*$"},
        "kind": {)json";

constexpr std::string_view k_common = R"json(},
        "category": {"type": "string"},
        "title": {"type": "string"},
        "points": {"type": "number", "minimum": 0, "maximum": 100},
        "partial": {"type": "object", "additionalProperties": {"$ref": "#/definitions/share"}},
        "messages": {"type": "object", "additionalProperties": {"type": "string"}},
        "advice": {"type": "string"},
        "topics": {"$ref": "#/definitions/texts"},
        "static_cap": {"$ref": "#/definitions/share"},
        "by_reading": {"type": "boolean"},
        "hidden": {"type": "boolean"}
      },
      "allOf": [
)json";

constexpr std::string_view k_tail = R"json(
      ]
    }}
  }
}
)json";

} // namespace

std::string render_schema(std::span<const Kind* const> kinds)
{
  std::vector<std::string_view> ids;
  std::string conditions;
  for (const Kind* kind : kinds) {
    ids.push_back(kind->id);
    conditions += (conditions.empty() ? "" : ",\n") + kind_schema(*kind);
  }
  return std::string(k_head) + enumeration(ids) + std::string(k_common) + conditions
         + std::string(k_tail);
}

} // namespace assay::checks
