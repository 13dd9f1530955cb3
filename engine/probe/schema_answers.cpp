// SPDX-License-Identifier: MIT
#include "engine/probe/schema_answers.hpp"

#include "engine/probe/answers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <functional>
#include <utility>

namespace assay::probe {

using wire::Value;

namespace {

constexpr int k_most_pages = 200;

template<class Enum, std::size_t count>
Enum one_of(const std::array<std::pair<std::string_view, Enum>, count>& words,
            const std::string& word,
            Enum otherwise)
{
  const auto* const found =
    std::ranges::find(words, word, &std::pair<std::string_view, Enum>::first);
  return found == words.end() ? otherwise : found->second;
}

TypeFamily family_of(const std::string& word)
{
  using enum TypeFamily;
  constexpr std::array<std::pair<std::string_view, TypeFamily>, 18> k_words = {
    {{"integer", integer},
     {"big_integer", big_integer},
     {"small_integer", small_integer},
     {"boolean", boolean},
     {"string", string},
     {"text", text},
     {"uuid", uuid},
     {"datetime", datetime},
     {"date", date},
     {"time", time},
     {"interval", interval},
     {"real", real},
     {"numeric", numeric},
     {"json", json},
     {"array", array},
     {"enumeration", enumeration},
     {"binary", binary},
     {"other", other}}};
  return one_of(k_words, word, unknown);
}

DefaultKind default_of(const std::string& word)
{
  using enum DefaultKind;
  constexpr std::array<std::pair<std::string_view, DefaultKind>, 6> k_words = {
    {{"none", none},
     {"constant", constant},
     {"callable", callable},
     {"sql", sql},
     {"server", server},
     {"frozen", frozen}}};
  return one_of(k_words, word, unknown);
}

Column column_from(const Value& item)
{
  Column column;
  column.name = text_at(item, "name", 200);
  column.attribute = text_at(item, "attribute", 200);
  column.family = family_of(text_at(item, "family"));
  column.type_text = text_at(item, "type", 200);
  if (const std::int64_t length = number_at(item, "length"); length > 0 && length < 1'000'000'000) {
    column.length = static_cast<int>(length);
  }
  column.nullable = truth(truth_at(item, "nullable"));
  column.primary_key = truth(truth_at(item, "primary_key"));
  column.default_kind = default_of(text_at(item, "default"));
  column.default_text = text_at(item, "default_text", 200);
  column.onupdate_kind = default_of(text_at(item, "onupdate"));
  if (truth_at(item, "server_onupdate") && column.onupdate_kind == DefaultKind::none) {
    column.onupdate_kind = DefaultKind::server;
  }
  column.generated = truth(truth_at(item, "computed") || truth_at(item, "identity"));
  if (const std::string server = text_at(item, "server_default", 300);
      !server.empty() || column.generated == Truth::yes) {
    column.server_default_kind = DefaultKind::server;
    if (column.default_kind == DefaultKind::none) {
      column.default_kind = DefaultKind::server;
      column.default_text = server;
    }
  }
  column.enum_labels = texts_at(item, "labels");
  return column;
}

ForeignKey foreign_key_from(const Value& item)
{
  ForeignKey key;
  key.columns = texts_at(item, "columns");
  key.target_table = text_at(item, "target", 300);
  key.target_columns = texts_at(item, "target_columns");
  key.ondelete = text_at(item, "ondelete", 30);
  key.onupdate = text_at(item, "onupdate", 30);
  key.name = text_at(item, "name", 200);
  key.target_known = truth(truth_at(item, "resolved"));
  return key;
}

Key key_from(const Value& item, KeyKind kind)
{
  Key key;
  key.kind = kind;
  key.columns = texts_at(item, "columns");
  key.name = text_at(item, "name", 200);
  key.functional = truth_at(item, "functional");
  key.partial = truth_at(item, "partial");
  return key;
}

/// The columns whose names occur in SQL expressions: email of "lower(email)".
std::vector<std::string> columns_in(const std::vector<std::string>& expressions,
                                    const std::vector<Column>& columns)
{
  std::vector<std::string> found;
  for (const std::string& expression : expressions) {
    for (std::size_t at = 0; at < expression.size();) {
      const auto is_part = [](unsigned char octet) {
        return std::isalnum(octet) != 0 || octet == '_';
      };
      std::size_t end = at;
      while (end < expression.size() && is_part(static_cast<unsigned char>(expression[end]))) {
        ++end;
      }
      const std::string word = expression.substr(at, end - at);
      if (std::ranges::find(columns, word, &Column::name) != columns.end()
          && std::ranges::find(found, word) == found.end()) {
        found.push_back(word);
      }
      at = end + 1;
    }
  }
  return found;
}

/// Every item of a paged operation; false if a page did not come.
bool each_item(cell::Run& run, const char* operation, const std::function<void(const Value&)>& use)
{
  Value offset;
  for (int page = 0; page < k_most_pages; ++page) {
    const cell::Reply reply = run.step(operation, Value(Value::Dict{{"offset", offset}}));
    if (reply.kind != cell::Reply::Kind::value) {
      return false;
    }
    for (const Value& item : list_at(reply.value, "items")) {
      use(item);
    }
    const Value* const next = reply.value.member("next");
    if (next == nullptr || next->get<std::int64_t>() == nullptr) {
      return true;
    }
    offset = *next;
  }
  return false;
}

} // namespace

std::vector<MetadataFacts> metadata_from(const Value& registries)
{
  std::vector<MetadataFacts> found;
  for (const Value& item : list_at(registries, "metadatas")) {
    MetadataFacts metadata;
    metadata.id = text_at(item, "name", 200);
    if (metadata.id.empty()) {
      metadata.id = fmt::format("MetaData {}", found.size() + 1);
    }
    metadata.naming_convention = truth(!list_at(item, "naming_convention").empty());
    found.push_back(std::move(metadata));
  }
  return found;
}

MappedClass class_from(const Value& item)
{
  MappedClass mapped;
  mapped.name = text_at(item, "name", 300);
  mapped.table = text_at(item, "table", 300);
  mapped.bases = texts_at(item, "bases");
  mapped.inherits = text_at(item, "inherits", 300);
  mapped.single_table = truth_at(item, "single_table");
  mapped.has_repr = truth_at(item, "repr");
  mapped.has_docstring = truth_at(item, "docstring");
  for (const Value& proxy : list_at(item, "proxies")) {
    mapped.proxies.push_back(text_at(proxy, "name", 200));
  }
  mapped.where = place_at(item, "place");
  return mapped;
}

Table table_from(const Value& item, const std::vector<MetadataFacts>& metadata)
{
  Table table;
  table.schema = text_at(item, "schema", 200);
  table.name = (table.schema.empty() ? "" : table.schema + ".") + text_at(item, "name", 200);
  const std::int64_t index = number_at(item, "metadata");
  if (index >= 0 && index < static_cast<std::int64_t>(metadata.size())) {
    table.metadata = metadata[static_cast<std::size_t>(index)].id;
  }
  table.classes = texts_at(item, "classes");
  for (const Value& column : list_at(item, "columns")) {
    table.columns.push_back(column_from(column));
  }
  table.complete = truth(number_at(item, "more_columns") == 0);
  for (const Value& key : list_at(item, "foreign_keys")) {
    table.foreign_keys.push_back(foreign_key_from(key));
  }
  if (std::vector<std::string> columns = texts_at(item, "primary_key"); !columns.empty()) {
    Key primary;
    primary.kind = KeyKind::primary;
    primary.columns = std::move(columns);
    primary.name = text_at(item, "primary_key_name", 200);
    table.keys.push_back(std::move(primary));
  }
  for (const Value& unique : list_at(item, "uniques")) {
    table.keys.push_back(key_from(unique, KeyKind::unique_constraint));
  }
  for (const Value& index_item : list_at(item, "indexes")) {
    const bool unique = truth_at(index_item, "unique");
    table.keys.push_back(key_from(index_item, unique ? KeyKind::unique_index : KeyKind::index));
    if (table.keys.back().columns.empty()) {
      table.keys.back().columns = columns_in(texts_at(index_item, "expressions"), table.columns);
    }
  }
  // The keys decide: a flag on a column may have been overruled since.
  for (Column& column : table.columns) {
    const auto alone = [&](const Key& key) { return key.columns == std::vector{column.name}; };
    column.unique = truth(std::ranges::any_of(table.keys, [&](const Key& key) {
      return alone(key) && key.kind != KeyKind::index && key.kind != KeyKind::primary
             && !key.functional && !key.partial;
    }));
    column.indexed = truth(std::ranges::any_of(table.keys, [&](const Key& key) {
      return alone(key) && (key.kind == KeyKind::index || key.kind == KeyKind::unique_index);
    }));
  }
  for (const Value& check : list_at(item, "checks")) {
    table.checks.push_back({text_at(check, "name", 200), text_at(check, "text", 400), {}});
  }
  return table;
}

SeenRelationship relationship_from(const Value& item)
{
  using enum Direction;
  constexpr std::array<std::pair<std::string_view, Direction>, 3> k_directions = {
    {{"one_to_many", one_to_many}, {"many_to_one", many_to_one}, {"many_to_many", many_to_many}}};
  SeenRelationship seen;
  seen.configured = truth_at(item, "configured");
  Relationship& relationship = seen.relationship;
  relationship.owner = text_at(item, "class", 300);
  relationship.name = text_at(item, "key", 200);
  relationship.target = text_at(item, "target", 300);
  relationship.target_text = relationship.target.substr(relationship.target.rfind('.') + 1);
  relationship.target_exists = seen.configured ? Truth::yes : Truth::unknown;
  relationship.direction = one_of(k_directions, text_at(item, "direction"), Direction::unknown);
  if (const Value* const uselist = item.member("uselist");
      uselist != nullptr && uselist->get<bool>() != nullptr) {
    relationship.uselist = truth(*uselist->get<bool>());
  }
  if (relationship.direction == one_to_many && relationship.uselist == Truth::no) {
    relationship.direction = one_to_one;
  }
  const std::string lazy = text_at(item, "lazy", 40);
  relationship.lazy = lazy == "select" ? std::string() : lazy;
  relationship.secondary = text_at(item, "secondary", 300);
  relationship.back_populates = text_at(item, "back_populates", 200);
  relationship.backref = text_at(item, "backref", 200);
  for (const std::string& reverse : texts_at(item, "reverse")) {
    // The one on the class it leads to; a class below may have it as well.
    relationship.reverse = reverse.substr(reverse.rfind('.') + 1);
  }
  if (seen.configured && !relationship.back_populates.empty()) {
    relationship.reverse_ok = truth(!relationship.reverse.empty());
  }
  relationship.cascade = texts_at(item, "cascade");
  relationship.passive_deletes = text_at(item, "passive_deletes", 10);
  relationship.viewonly = truth_at(item, "viewonly");
  relationship.overlaps = truth_at(item, "overlaps");
  relationship.ordered = truth_at(item, "ordered");
  relationship.foreign_annotated =
    seen.configured && !relationship.viewonly && !truth_at(item, "foreign_keys");
  relationship.collection = text_at(item, "collection", 100);
  if (relationship.uselist == Truth::yes && relationship.collection.empty()) {
    const bool special = lazy == "dynamic" || lazy == "write_only";
    relationship.collection = special ? lazy : "list";
  }
  return seen;
}

std::optional<SchemaFacts> ask_schema(cell::Run& run, std::vector<MetadataFacts> metadata)
{
  SchemaFacts schema;
  schema.basis = Basis::observed;
  schema.metadata = std::move(metadata);
  bool whole = each_item(
    run, "classes", [&](const Value& item) { schema.classes.push_back(class_from(item)); });
  whole = whole && each_item(run, "tables", [&](const Value& item) {
            schema.tables.push_back(table_from(item, schema.metadata));
          });
  whole = whole && each_item(run, "relations", [&](const Value& item) {
            SeenRelationship seen = relationship_from(item);
            if (seen.configured) {
              schema.relationships.push_back(std::move(seen.relationship));
            }
          });
  for (MappedClass& mapped : schema.classes) {
    const auto table = std::ranges::find(schema.tables, mapped.table, &Table::name);
    mapped.metadata = table == schema.tables.end() ? std::string() : table->metadata;
  }
  return whole ? std::optional(std::move(schema)) : std::nullopt;
}

} // namespace assay::probe
