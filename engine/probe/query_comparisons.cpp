// SPDX-License-Identifier: MIT
// What a parameter stands for, told by the conditions in which the query compares it: names in any
// language are understood where the code says `Member.handle == kuerzel`.
#include "engine/base/text.hpp"
#include "engine/model/schema_lookup.hpp"
#include "engine/probe/query_arguments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace assay::probe {

namespace {

bool is_of_name(char c)
{
  return c == '_' || (static_cast<unsigned char>(c) & 0x80U) != 0
         || std::isalnum(static_cast<unsigned char>(c)) != 0;
}

/// What of a parameter a condition uses: all of it, or an attribute ("user.id").
struct Use {
  bool found = false;
  std::string attribute;
  std::size_t at = 0; ///< where it begins
};

/// The first place in `text` where `name` stands alone and is no attribute, keyword or string.
Use use_of(std::string_view text, std::string_view name)
{
  for (std::size_t at = text.find(name); at != std::string_view::npos;
       at = text.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    const char before = at == 0 ? ' ' : text[at - 1];
    const char after = end == text.size() ? ' ' : text[end];
    const bool keyword = after == '=' && (end + 1 == text.size() || text[end + 1] != '=');
    if (is_of_name(before) || before == '.' || before == '"' || before == '\'' || is_of_name(after)
        || keyword) {
      continue;
    }
    Use use{true, {}, at};
    if (after == '.') {
      std::size_t last = end + 1;
      while (last < text.size() && is_of_name(text[last])) {
        ++last;
      }
      const bool called = last < text.size() && text[last] == '(';
      use.attribute = called ? std::string() : std::string(text.substr(end + 1, last - end - 1));
    }
    return use;
  }
  return {};
}

/// The attribute and the class before it that are compared with what stands at `at`: "name" and
/// "Member" in `Post.author.has(Member.name == who)`.
std::pair<std::string, std::string> compared_before(std::string_view text, std::size_t at)
{
  std::string_view before = trim(text.substr(0, at));
  if (!before.ends_with("==")) {
    return {};
  }
  before = trim(before.substr(0, before.size() - 2));
  const auto last_name = [&] {
    std::size_t begin = before.size();
    while (begin > 0 && is_of_name(before[begin - 1])) {
      --begin;
    }
    std::string name(before.substr(begin));
    before = before.substr(0, begin);
    return name;
  };
  std::string attribute = last_name();
  if (!before.ends_with('.')) {
    return {};
  }
  before.remove_suffix(1);
  return {std::move(attribute), last_name()};
}

/// Values that mean the same in a row and as an argument.
bool is_plain(TypeFamily family)
{
  constexpr std::array<TypeFamily, 6> k_plain = {TypeFamily::integer,
                                                 TypeFamily::big_integer,
                                                 TypeFamily::small_integer,
                                                 TypeFamily::string,
                                                 TypeFamily::text,
                                                 TypeFamily::uuid};
  return std::ranges::find(k_plain, family) != k_plain.end();
}

/// "username" of "Post.author.has(username=name)" with `at` where "name" stands.
std::string keyword_before(std::string_view text, std::size_t at)
{
  const auto is_part = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
  };
  std::size_t end = std::min(at, text.size());
  while (end > 0 && text[end - 1] == ' ') {
    --end;
  }
  if (end < 2 || text[end - 1] != '='
      || std::string_view("=!<>").find(text[end - 2]) != text.npos) {
    return {};
  }
  --end;
  std::size_t begin = end;
  while (begin > 0 && is_part(text[begin - 1])) {
    --begin;
  }
  return std::string(text.substr(begin, end - begin));
}

} // namespace

/// The role whose class or table a filter names, with the row that stands for it.
const SeedRow* Binder::row_compared(const Filter& filter, std::string& role) const
{
  for (const auto& [id, entity] : source_.roles.entities) {
    const bool is = entity.class_name == filter.class_name || entity.table == filter.class_name
                    || std::ranges::find(entity.aliases, filter.class_name) != entity.aliases.end();
    if (is) {
      role = id;
      return id == source_.shape.by ? &target() : some_row(id);
    }
  }
  return nullptr;
}

std::optional<Choice> Binder::compared_with(const Filter& filter, const Parameter& parameter) const
{
  const Use use = use_of(filter.text, parameter.name);
  std::string role;
  const SeedRow* row = use.found ? row_compared(filter, role) : nullptr;
  const Table* table = row == nullptr ? nullptr : table_of_row(*row);
  if (table == nullptr) {
    return std::nullopt;
  }
  if (const auto by = source_.roles.entities.find(source_.shape.by);
      by != source_.roles.entities.end() && by->second.class_name != filter.class_name) {
    const auto [attribute, class_name] = compared_before(filter.text, use.at);
    if (!class_name.empty() && by->second.class_name.ends_with("." + class_name)) {
      Filter inner = filter;
      inner.class_name = by->second.class_name;
      inner.attribute = attribute;
      return compared_with(inner, parameter);
    }
  }
  const bool by_itself = role == source_.shape.by;
  const Column* column = find_column(*table, filter.attribute);
  const bool points_at_by =
    column != nullptr && std::ranges::any_of(table->foreign_keys, [&](const ForeignKey& key) {
      return key.columns.size() == 1 && key.columns.front() == column->name
             && key.target_table == target().table;
    });
  const bool relation_to_by = column == nullptr && role == source_.shape.root;
  if (const std::string keyword = keyword_before(filter.text, use.at);
      relation_to_by && !keyword.empty()) {
    const Table* const by = table_of_row(target());
    const Column* const named = by == nullptr ? nullptr : find_column(*by, keyword);
    const wire::Value* const cell = named == nullptr ? nullptr : cell_of(target(), named->name);
    return cell == nullptr
             ? std::nullopt
             : std::optional(
               Choice{wire::Value(wire::Value::Dict{{"is", "value"}, {"value", *cell}, {"as", ""}}),
                      fmt::format("{} of {}", named->name, source_.shape.by),
                      true});
  }
  const bool scalar = parameter.annotation == "str" || parameter.annotation == "int";
  if (relation_to_by && scalar) {
    return std::nullopt;
  }
  if (!use.attribute.empty() || relation_to_by) {
    const bool of_by = by_itself || points_at_by || relation_to_by;
    auto instance = of_by ? instance_of(target()) : std::nullopt;
    return instance ? std::optional(
             Choice{std::move(*instance), fmt::format("a {}", source_.shape.by), true})
                    : std::nullopt;
  }
  if (points_at_by) {
    const Table* by = table_of_row(target());
    auto found = by == nullptr ? std::vector<Choice>()
                               : choices(parameter, source_.shape.by, target(), true, true);
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
  }
  const wire::Value* cell = column == nullptr ? nullptr : cell_of(*row, column->name);
  if (cell == nullptr || !is_plain(column->family) || (!by_itself && parameter.has_default)) {
    return std::nullopt;
  }
  const bool is_text = column->family == TypeFamily::string || column->family == TypeFamily::text;
  if (role == source_.shape.root && !is_text && column->primary_key != Truth::yes) {
    return std::nullopt; // a key without FOREIGN KEY: names say better whose it is
  }
  const bool as_uuid = column->family == TypeFamily::uuid && parameter.annotation != "str";
  const bool as_text = column->primary_key == Truth::yes && parameter.annotation == "str";
  return Choice{wire::Value(wire::Value::Dict{{"is", "value"},
                                              {"value", *cell},
                                              {"as",
                                               as_uuid   ? "uuid"
                                               : as_text ? "text"
                                                         : ""}}),
                fmt::format("{} of {}", column->name, role),
                by_itself};
}

std::vector<Choice> Binder::compared_choices(const Parameter& parameter) const
{
  std::vector<Choice> found;
  for (const Statement& statement : callable_.statements) {
    for (const Filter& filter : statement.filters) {
      auto choice = filter.operand == Operand::constant || filter.operand == Operand::column
                      ? std::nullopt
                      : compared_with(filter, parameter);
      const bool known = choice && std::ranges::any_of(found, [&](const Choice& each) {
                           return each.says == choice->says;
                         });
      if (choice && !known) {
        found.push_back(std::move(*choice));
      }
    }
  }
  std::ranges::stable_sort(found, std::greater(), &Choice::asks);
  return found;
}

} // namespace assay::probe
