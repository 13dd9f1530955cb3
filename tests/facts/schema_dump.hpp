// SPDX-License-Identifier: MIT
// SchemaFacts as short text for expected.txt files: one line per fact, and only what differs from
// the plain case.
#pragma once

#include "engine/model/schema_facts.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace assay::facts::testing {

inline std::string_view family_name(TypeFamily family)
{
  constexpr std::array<std::string_view, 19> k_names = {"unknown",
                                                        "integer",
                                                        "big_integer",
                                                        "small_integer",
                                                        "boolean",
                                                        "string",
                                                        "text",
                                                        "uuid",
                                                        "datetime",
                                                        "date",
                                                        "time",
                                                        "interval",
                                                        "real",
                                                        "numeric",
                                                        "json",
                                                        "array",
                                                        "enumeration",
                                                        "binary",
                                                        "other"};
  return k_names.at(static_cast<std::size_t>(family));
}

inline std::string_view default_name(DefaultKind kind)
{
  constexpr std::array<std::string_view, 7> k_names = {
    "none", "constant", "callable", "sql", "server", "frozen", "unknown"};
  return k_names.at(static_cast<std::size_t>(kind));
}

inline std::string joined(const std::vector<std::string>& parts)
{
  std::string text;
  for (const std::string& part : parts) {
    text += (text.empty() ? "" : ",") + part;
  }
  return text;
}

inline std::string flag(std::string_view name, Truth truth)
{
  return truth == Truth::no ? std::string()
                            : " " + std::string(name) + (truth == Truth::unknown ? "?" : "");
}

inline std::string column_line(const Column& column)
{
  std::string line = "  " + column.name;
  if (column.attribute != column.name && !column.attribute.empty()) {
    line += "=" + column.attribute;
  }
  line += " " + std::string(family_name(column.family));
  if (column.length) {
    line += "(" + std::to_string(*column.length) + ")";
  }
  if (!column.enum_labels.empty()) {
    line += "{" + joined(column.enum_labels) + "}";
  }
  line += column.nullable == Truth::yes ? " null" : column.nullable == Truth::no ? "" : " null?";
  line += flag("unique", column.unique) + flag("index", column.indexed);
  if (column.default_kind != DefaultKind::none) {
    line += " default=" + std::string(default_name(column.default_kind));
  }
  if (column.server_default_kind != DefaultKind::none
      && column.default_kind != column.server_default_kind) {
    line += " server_default=" + std::string(default_name(column.server_default_kind));
  }
  if (column.onupdate_kind != DefaultKind::none) {
    line += " onupdate=" + std::string(default_name(column.onupdate_kind));
  }
  line += column.generated == Truth::yes ? " generated" : "";
  if (!column.validators.empty()) {
    line += " validators=" + joined(column.validators);
  }
  return line;
}

inline std::string key_line(const Key& key)
{
  constexpr std::array<std::string_view, 4> k_kinds = {
    "primary", "unique", "unique index", "index"};
  std::string line = "  " + std::string(k_kinds.at(static_cast<std::size_t>(key.kind))) + " ("
                     + joined(key.columns) + ")";
  line += key.name.empty() ? "" : " " + key.name;
  line += key.functional ? " functional" : "";
  line += key.partial ? " partial" : "";
  return line;
}

inline std::string foreign_key_line(const ForeignKey& key)
{
  std::string line = "  fk (" + joined(key.columns) + ") -> " + key.target_table + "("
                     + joined(key.target_columns) + ")";
  line += key.target_known == Truth::yes  ? ""
          : key.target_known == Truth::no ? " missing"
                                          : " unresolved";
  line += key.ondelete.empty() ? "" : " ondelete=" + key.ondelete;
  line += key.onupdate.empty() ? "" : " onupdate=" + key.onupdate;
  line += key.name.empty() ? "" : " " + key.name;
  return line;
}

inline void dump_table(const Table& table, std::string& out)
{
  out += "table " + (table.name.empty() ? std::string("?") : table.name)
         + flag("incomplete",
                table.complete == Truth::yes  ? Truth::no
                : table.complete == Truth::no ? Truth::yes
                                              : Truth::unknown);
  out += "\n";
  for (const Column& column : table.columns) {
    out += column_line(column) + "\n";
  }
  for (const Key& key : table.keys) {
    out += key_line(key) + "\n";
  }
  for (const ForeignKey& key : table.foreign_keys) {
    out += foreign_key_line(key) + "\n";
  }
  for (const Check& check : table.checks) {
    out += "  check " + check.text + (check.name.empty() ? "" : " " + check.name) + "\n";
  }
}

inline std::string class_line(const MappedClass& mapped)
{
  constexpr std::array<std::string_view, 8> k_styles = {"declarative",
                                                        "typed",
                                                        "dataclass",
                                                        "imperative",
                                                        "flask_sqlalchemy",
                                                        "sqlmodel",
                                                        "hybrid_table",
                                                        "automap"};
  std::string line = "class " + mapped.name + " "
                     + (mapped.table.empty() ? std::string("?") : mapped.table) + " "
                     + std::string(k_styles.at(static_cast<std::size_t>(mapped.style)));
  line += " metadata=" + mapped.metadata;
  line += mapped.inherits.empty() ? "" : " inherits=" + mapped.inherits;
  line += mapped.single_table ? " single_table" : "";
  line += mapped.has_repr ? " repr" : "";
  line += mapped.has_docstring ? " docstring" : "";
  line += mapped.soft_delete ? " soft_delete" : "";
  line += mapped.proxies.empty() ? "" : " proxies=" + joined(mapped.proxies);
  line += mapped.complete == Truth::yes  ? ""
          : mapped.complete == Truth::no ? " incomplete"
                                         : " incomplete?";
  return line;
}

inline std::string relationship_line(const Relationship& relationship)
{
  constexpr std::array<std::string_view, 5> k_directions = {
    "?", "one_to_many", "many_to_one", "many_to_many", "one_to_one"};
  std::string line = "relationship " + relationship.owner + "." + relationship.name + " -> ";
  line += relationship.target.empty() ? "'" + relationship.target_text + "'" : relationship.target;
  line += " " + std::string(k_directions.at(static_cast<std::size_t>(relationship.direction)));
  line += relationship.target_exists == Truth::no ? " no_such_target" : "";
  line += relationship.secondary.empty() ? "" : " secondary=" + relationship.secondary;
  line += relationship.reverse.empty() ? "" : " reverse=" + relationship.reverse;
  line += relationship.reverse_ok == Truth::no ? " bad_reverse" : "";
  line += relationship.from_backref ? " from_backref" : "";
  line += relationship.lazy.empty() ? "" : " lazy=" + relationship.lazy;
  line += relationship.cascade.empty() ? "" : " cascade=" + joined(relationship.cascade);
  line +=
    relationship.passive_deletes.empty() ? "" : " passive_deletes=" + relationship.passive_deletes;
  line += relationship.viewonly ? " viewonly" : "";
  line += relationship.overlaps ? " overlaps" : "";
  line += relationship.remote_side ? " remote_side" : "";
  line += relationship.custom_join ? " custom_join" : "";
  line += relationship.foreign_annotated ? " foreign_annotated" : "";
  line += relationship.ordered ? " ordered" : "";
  line += relationship.collection.empty() || relationship.collection == "list"
            ? ""
            : " collection=" + relationship.collection;
  return line;
}

inline std::string dump(const SchemaFacts& facts)
{
  std::string out;
  for (const MappedClass& mapped : facts.classes) {
    out += class_line(mapped) + "\n";
  }
  for (const Table& table : facts.tables) {
    dump_table(table, out);
  }
  for (const Relationship& relationship : facts.relationships) {
    out += relationship_line(relationship) + "\n";
  }
  for (const MetadataFacts& metadata : facts.metadata) {
    out += "metadata " + metadata.id
           + (metadata.naming_convention == Truth::yes       ? " convention"
              : metadata.naming_convention == Truth::unknown ? " convention?"
                                                             : "")
           + "\n";
  }
  constexpr std::array<std::string_view, 9> k_effects = {"create_tables",
                                                         "data_change",
                                                         "connect",
                                                         "server",
                                                         "patch",
                                                         "write_file",
                                                         "print",
                                                         "network",
                                                         "other"};
  for (const ImportEffect& effect : facts.import_effects) {
    out += "effect " + std::string(k_effects.at(static_cast<std::size_t>(effect.kind))) + " "
           + effect.where.path + ":" + std::to_string(effect.where.line) + "\n";
  }
  for (const MappingProblem& problem : facts.problems) {
    out += "problem " + problem.id + " " + problem.subject + "\n";
  }
  for (const std::string& gap : facts.gaps) {
    out += "gap " + gap + "\n";
  }
  out += facts.confidence < 0.6 ? "by name only\n" : "";
  return out;
}

} // namespace assay::facts::testing
