// SPDX-License-Identifier: MIT
// As much of JSON Schema (draft 2020-12) as docs/report.schema.json uses. An unknown keyword is a
// problem too, so that nothing in a schema is ignored in silence.
#pragma once

#include <nlohmann/json.hpp>

#include <regex>
#include <set>
#include <string>
#include <vector>

namespace assay::test {

class JsonSchema {
public:
  explicit JsonSchema(nlohmann::json schema)
    : schema_(std::move(schema))
  {
  }

  /// What is wrong with `value`, one line each; empty if it is valid.
  std::vector<std::string> problems(const nlohmann::json& value) const
  {
    std::vector<std::string> found;
    check(schema_, value, "$", found);
    return found;
  }

private:
  using Json = nlohmann::json;
  using Problems = std::vector<std::string>;

  void check(const Json& schema, const Json& value, const std::string& path, Problems& found) const
  {
    for (const auto& [keyword, rule] : schema.items()) {
      if (keyword == "$ref") {
        check(
          schema_.at(Json::json_pointer(rule.get<std::string>().substr(1))), value, path, found);
      } else if (keyword == "type") {
        check_type(rule, value, path, found);
      } else if (keyword == "const" || keyword == "enum") {
        const bool listed =
          keyword == "const" ? value == rule : std::ranges::find(rule, value) != rule.end();
        expect(listed, path + ": " + value.dump() + " is not among " + rule.dump(), found);
      } else if (keyword == "required" || keyword == "properties"
                 || keyword == "additionalProperties") {
        check_members(keyword, rule, schema, value, path, found);
      } else if (keyword == "items") {
        for (std::size_t i = 0; value.is_array() && i < value.size(); ++i) {
          check(rule, value[i], path + "[" + std::to_string(i) + "]", found);
        }
      } else if (keyword == "minimum" || keyword == "maximum" || keyword == "pattern") {
        check_value(keyword, rule, value, path, found);
      } else if (!k_annotations.contains(keyword)) {
        found.push_back(path + ": the schema has an unknown keyword " + keyword);
      }
    }
  }

  static void
  check_type(const Json& rule, const Json& value, const std::string& path, Problems& found)
  {
    const Json types = rule.is_array() ? rule : Json::array({rule});
    const bool fits = std::ranges::any_of(types, [&](const Json& type) {
      return (type == "object" && value.is_object()) || (type == "array" && value.is_array())
             || (type == "string" && value.is_string()) || (type == "boolean" && value.is_boolean())
             || (type == "integer" && value.is_number_integer())
             || (type == "number" && value.is_number()) || (type == "null" && value.is_null());
    });
    expect(
      fits, path + ": " + value.dump().substr(0, 80) + " is not of type " + rule.dump(), found);
  }

  void check_members(const std::string& keyword,
                     const Json& rule,
                     const Json& schema,
                     const Json& value,
                     const std::string& path,
                     Problems& found) const
  {
    if (!value.is_object()) {
      return;
    }
    if (keyword == "required") {
      for (const Json& name : rule) {
        expect(value.contains(name.get<std::string>()), path + ": no member " + name.dump(), found);
      }
      return;
    }
    const Json properties = schema.value("properties", Json::object());
    for (const auto& [name, member] : value.items()) {
      const std::string place = path + "." + name;
      if (keyword == "properties" && properties.contains(name)) {
        check(properties[name], member, place, found);
      } else if (keyword == "additionalProperties" && !properties.contains(name)) {
        expect(rule != false, place + ": unknown member", found);
        check(rule.is_object() ? rule : Json::object(), member, place, found);
      }
    }
  }

  static void check_value(const std::string& keyword,
                          const Json& rule,
                          const Json& value,
                          const std::string& path,
                          Problems& found)
  {
    if (value.is_number() && keyword == "minimum") {
      expect(value >= rule, path + ": " + value.dump() + " is below " + rule.dump(), found);
    } else if (value.is_number() && keyword == "maximum") {
      expect(value <= rule, path + ": " + value.dump() + " is above " + rule.dump(), found);
    } else if (value.is_string() && keyword == "pattern") {
      const std::regex pattern(rule.get<std::string>());
      expect(std::regex_search(value.get<std::string>(), pattern),
             path + ": " + value.dump() + " does not match",
             found);
    }
  }

  static void expect(bool holds, const std::string& problem, Problems& found)
  {
    if (!holds) {
      found.push_back(problem);
    }
  }

  inline static const std::set<std::string> k_annotations{
    "$schema", "$defs", "title", "description"};

  Json schema_;
};

} // namespace assay::test
