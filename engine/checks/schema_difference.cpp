// SPDX-License-Identifier: MIT
#include "engine/checks/schema_difference.hpp"

#include "engine/base/text.hpp"
#include "engine/checks/lookup.hpp"
#include "engine/model/type_family.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace assay::checks {

namespace {

using Columns = std::vector<std::string>;

/// Families that no database tells apart in this comparison (checks.md 6.5).
bool same_family(TypeFamily a, TypeFamily b, Affinity affinity)
{
  const auto group = [&](TypeFamily family) {
    if (affinity == Affinity::alike && (is_text(family) || family == TypeFamily::uuid)) {
      return TypeFamily::string;
    }
    if (affinity == Affinity::alike && family == TypeFamily::boolean) {
      return TypeFamily::integer;
    }
    if (is_integer(family)) {
      return TypeFamily::integer;
    }
    if (family == TypeFamily::enumeration) {
      return TypeFamily::string; // an enumeration may be represented as VARCHAR
    }
    return family == TypeFamily::real ? TypeFamily::numeric : family;
  };
  return group(a) == group(b);
}

std::string_view nullability(Truth nullable)
{
  return nullable == Truth::yes ? "nullable" : "NOT NULL";
}

class Comparison {
public:
  Comparison(const std::vector<Table>& models,
             const std::vector<Table>& migrated,
             const std::vector<std::string>& aspects)
    : models_(models),
      migrated_(migrated),
      aspects_(aspects.begin(), aspects.end())
  {
  }

  /// Reading may have missed tables of one side.
  void may_hide(bool models, bool migrations)
  {
    models_hidden_ = models;
    migrations_hidden_ = migrations;
  }

  void set(Affinity affinity) { affinity_ = affinity; }

  std::vector<SchemaDifference> run()
  {
    for (const Table& model : models_) {
      const Table* migrated = find_table(migrated_, model.name);
      compare(&model, migrated);
    }
    for (const Table& migrated : migrated_) {
      if (find_table(models_, migrated.name) == nullptr) {
        compare(nullptr, &migrated);
      }
    }
    return std::move(differences_);
  }

private:
  void compare(const Table* model, const Table* migrated)
  {
    const std::string& name = model != nullptr ? model->name : migrated->name;
    model_partial_ = models_hidden_ || (model != nullptr && model->complete != Truth::yes);
    migrated_partial_ =
      migrations_hidden_ || (migrated != nullptr && migrated->complete != Truth::yes);
    if (aspects_.contains("columns")) {
      compare_columns(name, model, migrated);
    }
    if (aspects_.contains("foreign_keys")) {
      compare_foreign_keys(name, model, migrated);
    }
    if (aspects_.contains("uniques")) {
      compare_keys(name, DifferenceAspect::unique, unique_columns(model), unique_columns(migrated));
    }
    if (aspects_.contains("indexes")) {
      compare_keys(name, DifferenceAspect::index, index_columns(model), index_columns(migrated));
    }
  }

  void add(DifferenceAspect aspect,
           Truth same,
           std::string text,
           const Location& model,
           const Location& revision)
  {
    differences_.push_back({aspect, same, std::move(text), model, revision});
  }

  /// A fact that stands on one side only.
  void one_sided(DifferenceAspect aspect,
                 const std::string& what,
                 const Location* model,
                 const Location* revision)
  {
    const bool only_in_model = model != nullptr;
    const bool hidden = only_in_model ? migrated_partial_ : model_partial_;
    add(aspect,
        hidden ? Truth::unknown : Truth::no,
        fmt::format("{} is missing in the {}", what, only_in_model ? "migration" : "models"),
        only_in_model ? *model : Location{},
        only_in_model ? Location{} : *revision);
  }

  void compare_columns(const std::string& name, const Table* model, const Table* migrated)
  {
    if (model != nullptr) {
      for (const Column& column : model->columns) {
        const Column* other = migrated == nullptr ? nullptr : find_column(*migrated, column.name);
        const std::string what = fmt::format("{}.{}", name, column.name);
        if (other == nullptr) {
          one_sided(DifferenceAspect::column, "column " + what, &column.where, nullptr);
        } else {
          compare_column(what, column, *other);
        }
      }
    }
    if (migrated != nullptr) {
      for (const Column& column : migrated->columns) {
        if (model == nullptr || find_column(*model, column.name) == nullptr) {
          one_sided(DifferenceAspect::column,
                    fmt::format("column {}.{}", name, column.name),
                    nullptr,
                    &column.where);
        }
      }
    }
  }

  void compare_column(const std::string& what, const Column& model, const Column& migrated)
  {
    std::string text;
    Truth same = Truth::yes;
    if (aspects_.contains("types")) {
      if (is_opaque(model.family) || is_opaque(migrated.family)) {
        same = model.type_text == migrated.type_text && !model.type_text.empty() ? Truth::yes
                                                                                 : Truth::unknown;
      } else if (!same_family(model.family, migrated.family, affinity_)) {
        same = Truth::no;
        text = fmt::format("{} in the model, {} in the migration",
                           family_name(model.family),
                           family_name(migrated.family));
      } else if (model.family == TypeFamily::string && model.length && migrated.length
                 && *model.length != *migrated.length) {
        same = Truth::no;
        text = fmt::format(
          "length {} in the model, {} in the migration", *model.length, *migrated.length);
      }
    }
    const bool key = model.primary_key == Truth::yes || migrated.primary_key == Truth::yes;
    if (aspects_.contains("nullable") && !key && same != Truth::no) {
      if (model.nullable == Truth::unknown || migrated.nullable == Truth::unknown) {
        same = Truth::unknown;
      } else if (model.nullable != migrated.nullable) {
        same = Truth::no;
        text = fmt::format("{} in the model, {} in the migration",
                           nullability(model.nullable),
                           nullability(migrated.nullable));
      }
    }
    add(DifferenceAspect::column, same, what + ": " + text, model.where, migrated.where);
  }

  static std::string action(const std::string& ondelete)
  {
    return ondelete == "NO ACTION" ? std::string() : ondelete;
  }

  void compare_foreign_keys(const std::string& name, const Table* model, const Table* migrated)
  {
    static const std::vector<ForeignKey> k_none;
    const auto& wanted = model == nullptr ? k_none : model->foreign_keys;
    const auto& present = migrated == nullptr ? k_none : migrated->foreign_keys;
    const auto find = [](const std::vector<ForeignKey>& keys, const Columns& columns) {
      return std::ranges::find_if(keys,
                                  [&](const ForeignKey& key) { return key.columns == columns; });
    };
    for (const ForeignKey& key : wanted) {
      const std::string what =
        fmt::format("foreign key {}({})", name, fmt::join(key.columns, ", "));
      const auto other = find(present, key.columns);
      if (other == present.end()) {
        one_sided(DifferenceAspect::foreign_key, what, &key.where, nullptr);
        continue;
      }
      compare_foreign_key(what, key, *other);
    }
    for (const ForeignKey& key : present) {
      if (find(wanted, key.columns) == wanted.end()) {
        one_sided(DifferenceAspect::foreign_key,
                  fmt::format("foreign key {}({})", name, fmt::join(key.columns, ", ")),
                  nullptr,
                  &key.where);
      }
    }
  }

  void
  compare_foreign_key(const std::string& what, const ForeignKey& model, const ForeignKey& migrated)
  {
    if (model.target_table.empty() || migrated.target_table.empty()) {
      add(DifferenceAspect::foreign_key, Truth::unknown, what, model.where, migrated.where);
      return;
    }
    std::string text;
    const Table* target = find_table(models_, model.target_table);
    const bool same_target = model.target_table == migrated.target_table
                             || (target != nullptr && names_table(migrated.target_table, *target));
    if (!same_target) {
      text = fmt::format("{}: to {} in the model, to {} in the migration",
                         what,
                         model.target_table,
                         migrated.target_table);
    } else if (aspects_.contains("ondelete")
               && action(model.ondelete) != action(migrated.ondelete)) {
      const auto shown = [](const std::string& value) {
        return value.empty() ? std::string("no action") : value;
      };
      text = fmt::format("{}: ON DELETE {} in the model, {} in the migration",
                         what,
                         shown(model.ondelete),
                         shown(migrated.ondelete));
    }
    add(DifferenceAspect::foreign_key, truth(text.empty()), text, model.where, migrated.where);
  }

  using KeyPlaces = std::map<Columns, Location>;

  static KeyPlaces unique_columns(const Table* table)
  {
    KeyPlaces places;
    for (const Key& key : table == nullptr ? std::vector<Key>{} : table->keys) {
      const bool unique =
        key.kind == KeyKind::unique_constraint || key.kind == KeyKind::unique_index;
      if (unique && !key.partial) {
        Columns columns = key.columns;
        std::ranges::sort(columns);
        if (key.functional) {
          columns.insert(columns.begin(), "an expression of");
        }
        places.emplace(std::move(columns), key.where);
      }
    }
    return places;
  }

  static KeyPlaces index_columns(const Table* table)
  {
    KeyPlaces places;
    for (const Key& key : table == nullptr ? std::vector<Key>{} : table->keys) {
      if (key.kind == KeyKind::index && !key.functional && !key.partial) {
        places.emplace(key.columns, key.where);
      }
    }
    return places;
  }

  void compare_keys(const std::string& name,
                    DifferenceAspect aspect,
                    const KeyPlaces& model,
                    const KeyPlaces& migrated)
  {
    const std::string_view word = aspect == DifferenceAspect::unique ? "unique set" : "index";
    for (const auto& [columns, where] : model) {
      const auto other = migrated.find(columns);
      const std::string what = fmt::format("{} {}({})", word, name, fmt::join(columns, ", "));
      if (other == migrated.end()) {
        one_sided(aspect, what, &where, nullptr);
      } else {
        add(aspect, Truth::yes, what, where, other->second);
      }
    }
    for (const auto& [columns, where] : migrated) {
      if (!model.contains(columns)) {
        one_sided(
          aspect, fmt::format("{} {}({})", word, name, fmt::join(columns, ", ")), nullptr, &where);
      }
    }
  }

  const std::vector<Table>& models_;
  const std::vector<Table>& migrated_;
  std::set<std::string, std::less<>> aspects_;
  Affinity affinity_ = Affinity::told_apart;
  bool models_hidden_ = false;
  bool migrations_hidden_ = false;
  bool model_partial_ = false;
  bool migrated_partial_ = false;
  std::vector<SchemaDifference> differences_;
};

} // namespace

std::vector<SchemaDifference> compare_schemas(const Subject& subject,
                                              const std::vector<std::string>& aspects)
{
  Comparison comparison(subject.facts.schema.tables, subject.facts.migration.tables, aspects);
  comparison.may_hide(!absence_proves(subject), migrations_may_hide(subject));
  return comparison.run();
}

std::vector<SchemaDifference> compare_databases(const std::vector<Table>& created,
                                                const std::vector<Table>& migrated,
                                                const std::vector<std::string>& aspects,
                                                Affinity affinity)
{
  Comparison comparison(created, migrated, aspects);
  comparison.set(affinity);
  return comparison.run();
}

} // namespace assay::checks
