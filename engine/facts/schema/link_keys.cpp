// SPDX-License-Identifier: MIT
// Foreign keys: from what was written to the table and column it means.
#include "engine/base/text.hpp"
#include "engine/facts/schema/assemble.hpp"

#include <algorithm>

namespace assay::facts {

namespace {

struct Target {
  std::string table;
  std::string column;
  bool resolved = false; ///< the value was understood, whether or not such a table was read
};

class KeyLinker {
public:
  KeyLinker(Draft& draft, ClassGraph& graph, const MetadataBook& metadata)
    : draft_(draft),
      program_(draft.program),
      graph_(graph),
      metadata_(metadata)
  {
  }

  void link()
  {
    infer_names();
    for (TableDraft& table : draft_.tables) {
      for (std::size_t i = 0; i < table.table.foreign_keys.size(); ++i) {
        link_one(table, i);
      }
    }
    for (int round = 0; round < 3; ++round) {
      copy_types();
    }
  }

private:
  std::string table_of(const ClassInfo& info)
  {
    const ClassDraft* drafted = draft_.find_class(&info);
    if (drafted != nullptr && !drafted->mapped.table.empty()) {
      return drafted->mapped.table;
    }
    return graph_.table_name(info).name;
  }

  std::optional<std::string> text_of(const Value& value, const ClassInfo* scope)
  {
    return known_string(
      program_, value, [this](const ClassInfo& info) { return table_of(info); }, scope);
  }

  /// A table whose name could not be computed gets the name by which foreign keys call it, if just
  /// one fits.
  void infer_names()
  {
    std::set<std::string> wanted;
    for (const TableDraft& table : draft_.tables) {
      for (const auto& targets : table.foreign_targets) {
        for (const ValueRef value : targets) {
          const auto text = value == nullptr ? std::nullopt : text_of(*value, nullptr);
          const auto dot = text ? text->rfind('.') : std::string::npos;
          if (text && dot != std::string::npos
              && draft_.find_table(text->substr(0, dot)) == k_none) {
            wanted.insert(text->substr(0, dot));
          }
        }
      }
    }
    for (ClassDraft& drafted : draft_.classes) {
      if (drafted.table == k_none || !draft_.tables[drafted.table].table.name.empty()) {
        continue;
      }
      for (const std::string& name : wanted) {
        if (fits(std::string(drafted.info->syntax->name), name)) {
          TableDraft& table = draft_.tables[drafted.table];
          table.table.name = name;
          table.inferred_name = true;
          drafted.mapped.table = name;
          draft_.tables_by_name[name].push_back(drafted.table);
          break;
        }
      }
    }
  }

  static bool fits(const std::string& class_name, const std::string& table_name)
  {
    const std::string_view bare = last_name(table_name);
    const std::string snake = camel_to_snake(class_name);
    return bare == snake || bare == to_lower(class_name) || singular(bare) == snake
           || singular(bare) == to_lower(class_name);
  }

  void link_one(TableDraft& table, std::size_t index)
  {
    ForeignKey& key = table.table.foreign_keys[index];
    const ClassInfo* scope =
      index < table.foreign_scopes.size() ? table.foreign_scopes[index] : nullptr;
    bool resolved = true;
    key.target_columns.clear();
    for (const ValueRef value : table.foreign_targets[index]) {
      const Target target = value == nullptr ? Target{} : target_of(*value, table, scope);
      resolved = resolved && target.resolved;
      if (target.resolved) {
        key.target_table = target.table;
        key.target_columns.push_back(target.column);
      }
    }
    if (!resolved) {
      key.target_known = Truth::unknown;
      table.table.complete = both(table.table.complete, Truth::unknown);
    } else {
      key.target_known = truth(draft_.find_table(key.target_table) != k_none);
    }
  }

  Target target_of(const Value& value, const TableDraft& table, const ClassInfo* scope)
  {
    const Value* plain = &settled(value);
    if (plain->kind == ValueKind::lambda && plain->origin != nullptr
        && plain->origin->value != nullptr && plain->module != nullptr) {
      plain = &settled(*program_.evaluate(*plain->origin->value, *plain->module));
    }
    if (const auto text = text_of(*plain, scope)) {
      return from_text(*text, table);
    }
    if (plain->kind == ValueKind::attribute || plain->kind == ValueKind::subscript) {
      return from_attribute(*plain);
    }
    if (const ValueRef call = column_call(program_, *plain)) {
      return from_column(*call, table);
    }
    return {};
  }

  Target from_text(const std::string& text, const TableDraft& table)
  {
    const auto dot = text.rfind('.');
    Target target;
    target.resolved = true;
    target.table = dot == std::string::npos ? text : text.substr(0, dot);
    target.column = dot == std::string::npos ? std::string() : text.substr(dot + 1);
    const std::string schema = metadata_.schema_of(table.table.metadata);
    if (draft_.find_table(target.table) == k_none && !schema.empty()) {
      const std::string qualified = qualified_table(schema, target.table);
      target.table = draft_.find_table(qualified) != k_none ? qualified : target.table;
    }
    return target;
  }

  /// Class.column, users.c.id, Class.__table__.c.id, users.c["id"].
  Target from_attribute(const Value& value)
  {
    const Value* base = &settled(*value.base);
    const bool collection =
      base->kind == ValueKind::attribute && (base->text == "c" || base->text == "columns");
    if (collection) {
      base = &settled(*base->base);
    }
    Target target;
    if (base->kind == ValueKind::class_ref) {
      return of_class(*base->class_info, value);
    }
    const std::size_t index = table_of_value(draft_, *base);
    if (index == k_none) {
      return target;
    }
    target.resolved = true;
    target.table = draft_.tables[index].table.name;
    target.column = column_name(draft_, draft_.tables[index], value);
    return target;
  }

  Target of_class(const ClassInfo& info, const Value& value)
  {
    Target target;
    for (const ClassDraft* drafted = draft_.find_class(&info); drafted != nullptr;
         drafted = drafted->parent == k_none ? nullptr : &draft_.classes[drafted->parent]) {
      if (drafted->table == k_none) {
        continue;
      }
      const TableDraft& table = draft_.tables[drafted->table];
      target.resolved = !table.table.name.empty();
      target.table = table.table.name;
      target.column = column_name(draft_, table, value);
      if (std::ranges::find(table.table.columns, target.column, &Column::name)
          != table.table.columns.end()) {
        break;
      }
    }
    return target;
  }

  Target from_column(const Value& call, const TableDraft& own)
  {
    if (const auto found = own.by_value.find(&call); found != own.by_value.end()) {
      return {own.table.name, found->second, !own.table.name.empty()};
    }
    for (const TableDraft& table : draft_.tables) {
      for (const auto& [known, name] : table.by_value) {
        if (known == &call || (known->origin == call.origin && call.origin != nullptr)) {
          return {table.table.name, name, !table.table.name.empty()};
        }
      }
    }
    return {};
  }

  void copy_types()
  {
    for (TableDraft& table : draft_.tables) {
      for (const ForeignKey& key : table.table.foreign_keys) {
        const std::size_t target = draft_.find_table(key.target_table);
        if (key.columns.size() != 1 || key.target_columns.size() != 1 || target == k_none) {
          continue;
        }
        auto& columns = table.table.columns;
        const auto& others = draft_.tables[target].table.columns;
        const auto column = std::ranges::find(columns, key.columns.front(), &Column::name);
        const auto other = std::ranges::find(others, key.target_columns.front(), &Column::name);
        if (column != columns.end() && other != others.end() && column->type_text.empty()) {
          column->family = other->family;
          column->length = other->length;
        }
      }
    }
  }

  Draft& draft_;
  Program& program_;
  ClassGraph& graph_;
  const MetadataBook& metadata_;
};

} // namespace

void link_foreign_keys(Draft& draft, ClassGraph& graph, const MetadataBook& metadata)
{
  KeyLinker(draft, graph, metadata).link();
}

} // namespace assay::facts
