// SPDX-License-Identifier: MIT
#include "engine/probe/query_arguments.hpp"

#include "engine/base/text.hpp"
#include "engine/model/schema_lookup.hpp"
#include "engine/probe/answers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace assay::probe {

using wire::Value;

namespace {

constexpr std::int64_t k_limit = 100; // R31

using Words = std::vector<std::string>;

bool any_word(const Words& words, std::initializer_list<std::string_view> list)
{
  return std::ranges::any_of(
    words, [&](const std::string& word) { return std::ranges::find(list, word) != list.end(); });
}

/// Words for the column that tells one object from the others.
bool names_identity(const Words& words)
{
  return any_word(words,
                  {"username",
                   "handle",
                   "login",
                   "email",
                   "name",
                   "nombre",
                   "nome",
                   "slug",
                   "correo",
                   "nick",
                   "nickname"});
}

bool contains(const std::string& text, std::string_view part)
{
  return text.find(part) != std::string::npos;
}

Value what(std::string_view name)
{
  return Value(Value::Dict{{"is", Value(std::string(name))}});
}

Value plain(Value value, std::string_view as = {})
{
  return Value(
    Value::Dict{{"is", "value"}, {"value", std::move(value)}, {"as", Value(std::string(as))}});
}

const Column* key_column(const Table& table)
{
  const Column* last = nullptr;
  for (const Column& column : table.columns) {
    last = column.primary_key == Truth::yes ? &column : last;
  }
  return last; // of a composite key the part that is the row's own
}

std::optional<Value> key_of(const Table& table, const SeedRow& row, const Parameter& parameter)
{
  const Column* column = key_column(table);
  const Value* cell = column == nullptr ? nullptr : cell_of(row, column->name);
  if (cell == nullptr) {
    return std::nullopt;
  }
  const bool as_text = parameter.annotation == "str";
  const bool as_uuid = column->family == TypeFamily::uuid || contains(parameter.annotation, "UUID");
  return plain(*cell, as_text ? "text" : as_uuid ? "uuid" : "");
}

bool is_unique_text(const Table& table, const std::string& column)
{
  return std::ranges::any_of(
           table.columns,
           [&](const Column& each) { return each.name == column && each.unique == Truth::yes; })
         || std::ranges::any_of(table.keys, [&](const Key& key) {
              return key.kind != KeyKind::index && key.columns.size() == 1
                     && key.columns.front() == column;
            });
}

} // namespace

std::vector<Parameter> parameters_in(const Value& described, std::string_view key)
{
  std::vector<Parameter> found;
  for (const Value& item : list_at(described, key)) {
    Parameter parameter;
    parameter.name = text_at(item, "name", 100);
    parameter.annotation = text_at(item, "annotation", 200);
    parameter.has_default = truth_at(item, "default") && !truth_at(item, "dependency");
    parameter.variadic = truth_at(item, "variadic");
    if (const Value* made = item.member("made"); made != nullptr) {
      parameter.made = *made;
    }
    for (const std::string& word : identifier_words(parameter.name)) {
      parameter.words.push_back(singular(word));
    }
    found.push_back(std::move(parameter));
  }
  return found;
}

Binder::Binder(const BindingSource& source, const Callable& callable, bool asynchronous)
  : source_(source),
    callable_(callable),
    asynchronous_(asynchronous)
{
}

std::optional<std::vector<Choice>> Binder::choices_for(const Parameter& parameter) const
{
  if (parameter.variadic) {
    return std::nullopt;
  }
  if (auto session = session_for(parameter)) {
    return std::vector<Choice>{{what(*session), *session, false}};
  }
  if (auto made = made_choice(parameter); made && (made->asks || !parameter.has_default)) {
    return std::vector<Choice>{std::move(*made)};
  }
  std::vector<Choice> found = compared_choices(parameter);
  for (Choice& choice : object_choices(parameter)) {
    const bool known = std::ranges::find(found, choice.says, &Choice::says) != found.end();
    if (!known) {
      found.push_back(std::move(choice));
    }
  }
  if (!found.empty()) {
    return found;
  }
  if (any_word(
        parameter.words,
        {"limit", "limite", "size", "count", "top", "n", "max", "take", "cantidad", "quantidade"})
      || (any_word(parameter.words, {"per"}) && any_word(parameter.words, {"page", "pagina"}))) {
    return std::vector<Choice>{{plain(Value(k_limit)), "100", false}};
  }
  if (any_word(parameter.words, {"offset", "skip", "desplazamiento", "start"})) {
    return std::vector<Choice>{{plain(Value(0)), "0", false}};
  }
  if (any_word(parameter.words, {"page", "pagina"})) {
    return std::vector<Choice>{{plain(Value(1)), "1", false}};
  }
  if (parameter.has_default) {
    return std::nullopt;
  }
  if (parameter.annotation == "bool"
      || any_word(parameter.words, {"with", "eager", "include", "con", "com", "load"})) {
    return std::vector<Choice>{{plain(Value(true)), "True", false}};
  }
  if (any_word(parameter.words, {"option", "loader", "filter", "opcion"})) {
    return std::vector<Choice>{{plain(Value(Value::List{})), "[]", false}};
  }
  return std::vector<Choice>{};
}

/// A name that says nothing: a column of the object whose roots are wanted that has the same name,
/// or else what tells that object from others, by the parameter's type.
std::vector<Choice> Binder::guesses(const Parameter& parameter) const
{
  const Table* table = source_.shape.by.empty() ? nullptr : table_of_row(target());
  if (table == nullptr) {
    return {};
  }
  const Column* const same = find_column(*table, parameter.name);
  const Value* const cell = same == nullptr ? nullptr : cell_of(target(), same->name);
  if (cell != nullptr) {
    return {{plain(*cell), fmt::format("{} of {}", same->name, source_.shape.by), true}};
  }
  const bool known_type = parameter.annotation.empty() || parameter.annotation == "int"
                          || parameter.annotation == "str"
                          || contains(parameter.annotation, "UUID");
  std::vector<Choice> found = known_type
                                ? choices(parameter, source_.shape.by, target(), false, true)
                                : std::vector<Choice>{};
  for (Choice& choice : found) {
    choice.guessed = true;
  }
  return found;
}

/// A message, a unit of work, a service of the submission's: made from what its own constructor
/// asks for.
std::optional<Choice> Binder::made_choice(const Parameter& parameter) const
{
  const std::string name = text_at(parameter.made, "name");
  if (name.empty()) {
    return std::nullopt;
  }
  const auto& instances = list_at(parameter.made, "instances");
  if (!instances.empty()) {
    const auto* const place = instances.front().get<Value::List>();
    if (place != nullptr && place->size() == 2) {
      return Choice{
        Value(Value::Dict{{"is", "global"}, {"module", (*place)[0]}, {"name", (*place)[1]}}),
        name,
        false};
    }
  }
  Value::Dict arguments;
  Choice choice{{}, {}, false};
  for (const Parameter& inner : parameters_in(parameter.made, "parameters")) {
    const auto choices = choices_for(inner);
    if (!choices) {
      continue;
    }
    if (choices->empty()) {
      return std::nullopt;
    }
    arguments.emplace_back(inner.name, choices->front().value);
    choice.asks = choice.asks || choices->front().asks;
    choice.says +=
      fmt::format("{}{}: {}", choice.says.empty() ? "" : ", ", inner.name, choices->front().says);
  }
  choice.says = fmt::format("{}({})", name, choice.says);
  choice.value = Value(Value::Dict{{"is", "made"},
                                   {"module", Value(text_at(parameter.made, "module"))},
                                   {"name", Value(name)},
                                   {"arguments", Value(std::move(arguments))}});
  return choice;
}

/// Names that the rubric and the submission have for a role.
std::set<std::string> Binder::names_of(const std::string& role) const
{
  std::set<std::string> names;
  for (const EntitySpec& entity : source_.rubric.entities) {
    if (entity.id == role) {
      for (const auto& tier : entity.names) {
        names.insert(tier.begin(), tier.end());
      }
    }
  }
  for (const RelationSpec& relation : source_.rubric.relations) {
    if (relation.from == source_.shape.root && relation.to == role) {
      for (const std::string& name : relation.names) {
        const Words words = identifier_words(name);
        if (words.size() == 1 && name != "name" && name != "email") {
          names.insert(name);
        }
      }
    }
  }
  const auto found = source_.roles.entities.find(role);
  if (found != source_.roles.entities.end()) {
    const std::string& class_name = found->second.class_name;
    for (const std::string& word : identifier_words(class_name.substr(class_name.rfind('.') + 1))) {
      names.insert(word);
    }
    names.insert(singular(to_lower(found->second.table)));
  }
  names.erase("");
  return names;
}

std::vector<Choice> Binder::object_choices(const Parameter& parameter) const
{
  const auto named = [&](const std::string& role) {
    const std::set<std::string> names = names_of(role);
    return std::ranges::any_of(parameter.words,
                               [&](const std::string& word) { return names.contains(word); });
  };
  const bool is_key =
    any_word(parameter.words, {"id", "uid", "pk", "uuid", "key", "identifier", "ident", "clave"});
  if (!source_.shape.by.empty() && named(source_.shape.by)) {
    return choices(parameter, source_.shape.by, target(), is_key, true);
  }
  for (const EntitySpec& entity : source_.rubric.entities) {
    if (entity.id == source_.shape.by || !named(entity.id)) {
      continue;
    }
    const SeedRow* row = some_row(entity.id);
    if (row != nullptr && (!parameter.has_default)) {
      return choices(parameter, entity.id, *row, is_key, false);
    }
    return {};
  }
  if (parameter.has_default) {
    return {};
  }
  // A key beside the object's own: the site or the tenant that it belongs to.
  const Table* const own = is_key ? table_of_row(target()) : nullptr;
  const Value* const beside = own == nullptr ? nullptr : cell_of(target(), parameter.name);
  if (beside != nullptr && key_column(*own) != nullptr
      && key_column(*own)->name != parameter.name) {
    return {{plain(*beside, ""), fmt::format("{} of {}", parameter.name, source_.shape.by), false}};
  }
  const bool bare = names_identity(parameter.words)
                    || any_word(parameter.words, {"id", "uid", "pk", "uuid", "who"});
  return bare ? choices(parameter, source_.shape.by, target(), is_key, true)
              : std::vector<Choice>{};
}

const SeedRow& Binder::target() const
{
  return source_.seeds.rows[static_cast<std::size_t>(source_.seeds.asked[k_target])];
}

const SeedRow* Binder::some_row(const std::string& role) const
{
  const auto found = std::ranges::find_if(source_.seeds.rows, [&](const SeedRow& row) {
    return row.role == role && row.owner != k_decoy;
  });
  return found == source_.seeds.rows.end() ? nullptr : &*found;
}

const Table* Binder::table_of_row(const SeedRow& row) const
{
  const auto found = std::ranges::find(source_.schema.tables, row.table, &Table::name);
  return found == source_.schema.tables.end() ? nullptr : &*found;
}

std::vector<Choice> Binder::choices(const Parameter& parameter,
                                    const std::string& role,
                                    const SeedRow& row,
                                    bool is_key,
                                    bool asks) const
{
  const Table* table = table_of_row(row);
  if (table == nullptr) {
    return {};
  }
  std::vector<Choice> found;
  const auto key = key_of(*table, row, parameter);
  const auto text = text_of(*table, row, parameter);
  const bool says_text = parameter.annotation == "str" || contains(parameter.annotation, "str |")
                         || contains(parameter.annotation, "EmailStr")
                         || contains(parameter.annotation, "Optional[str]");
  const bool says_number = parameter.annotation == "int" || contains(parameter.annotation, "UUID");
  const bool by_text =
    text && (names_identity(parameter.words) || any_word(parameter.words, {"label", "title"}));
  if (key && (is_key || says_number)) {
    found.push_back({*key, fmt::format("key of {}", role), asks});
  }
  if (by_text || (says_text && text && !is_key)) {
    found.push_back({text->value, fmt::format("{} of {}", text->says, role), asks});
  }
  if (!is_key && !says_text && !says_number && !by_text) {
    if (auto instance = instance_of(row)) {
      found.push_back({std::move(*instance), fmt::format("a {}", role), asks});
    }
    if (key && parameter.annotation.empty()) {
      found.push_back({*key, fmt::format("key of {}", role), asks});
    }
    if (text && parameter.annotation.empty()) {
      found.push_back({text->value, fmt::format("{} of {}", text->says, role), asks});
    }
  }
  if (found.empty() && key) {
    found.push_back({*key, fmt::format("key of {}", role), asks});
  }
  return found;
}

/// The text column that the parameter's name means; else the one that identifies the object.
std::optional<Choice>
Binder::text_of(const Table& table, const SeedRow& row, const Parameter& parameter) const
{
  const Column* best = nullptr;
  int best_score = 0;
  for (const Column& column : table.columns) {
    const Value* cell = cell_of(row, column.name);
    if (cell == nullptr || cell->get<std::string>() == nullptr
        || column.primary_key == Truth::yes) {
      continue;
    }
    int score = 1;
    const Words words = identifier_words(column.name);
    for (const std::string& word : parameter.words) {
      score += std::ranges::find(words, word) != words.end() ? 10 : 0;
    }
    score += is_unique_text(table, column.name) ? 3 : 0;
    score += any_word(words, {"username", "handle", "login", "nick"}) ? 3 : 0;
    score += any_word(words, {"name", "email", "slug", "correo", "nombre", "nome"}) ? 1 : 0;
    if (score > best_score) {
      best_score = score;
      best = &column;
    }
  }
  if (best == nullptr) {
    return std::nullopt;
  }
  return Choice{plain(*cell_of(row, best->name)), best->name, false};
}

std::optional<Value> Binder::instance_of(const SeedRow& row) const
{
  const Table* table = table_of_row(row);
  const auto role = source_.roles.entities.find(row.role);
  if (table == nullptr || role == source_.roles.entities.end() || role->second.class_name.empty()) {
    return std::nullopt;
  }
  Value::List key;
  for (const Column& column : table->columns) {
    if (column.primary_key == Truth::yes) {
      const Value* cell = cell_of(row, column.name);
      key.push_back(cell == nullptr ? Value() : *cell);
    }
  }
  return Value(Value::Dict{
    {"is", "instance"}, {"class", Value(role->second.class_name)}, {"key", Value(std::move(key))}});
}

const SeedRow* Binder::row_of_class(const std::string& class_name, bool& asks) const
{
  for (const auto& [role, entity] : source_.roles.entities) {
    const bool is = entity.class_name == class_name
                    || std::ranges::find(entity.aliases, class_name) != entity.aliases.end();
    if (is) {
      asks = role == source_.shape.by;
      return asks ? &target() : some_row(role);
    }
  }
  return nullptr;
}

} // namespace assay::probe
