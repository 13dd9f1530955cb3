// SPDX-License-Identifier: MIT
#include "engine/facts/merge.hpp"

#include "engine/base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace assay::facts {

namespace {

/// Of facts that come from the mappers themselves: docs/scoring.md. Helped along by stand-ins or
/// under another version they are worth less.
constexpr double k_seen = 0.95;
constexpr double k_seen_with_help = 0.85;

constexpr std::size_t k_most_disagreements = 60;

/// How far the account of the run can replace the one that was read.
struct Reach {
  bool whole = false;          ///< every file that maps classes was imported, but for those apart
  bool helped = false;         ///< with stand-ins
  std::set<std::string> apart; ///< files not imported that share no MetaData with the others
};

Reach reach_of(const Facts& facts)
{
  std::map<std::string, std::set<std::string>> mapping; // MetaData by file
  for (const MappedClass& mapped : facts.schema.classes) {
    mapping[mapped.where.path].insert(mapped.metadata);
  }
  for (const Table& table : facts.schema.tables) {
    mapping[table.where.path].insert(table.metadata);
  }
  mapping.erase("");
  std::set<std::string> shared = {""};
  Reach reach;
  reach.helped = facts.execution.other_version;
  bool failed = false;
  for (const ModuleImport& module : facts.execution.modules) {
    const bool stubbed = module.outcome == ImportOutcome::stubbed;
    reach.helped = reach.helped || (stubbed && mapping.contains(module.path));
    if (stubbed || module.outcome == ImportOutcome::imported) {
      if (auto file = mapping.extract(module.path); !file.empty()) {
        shared.merge(file.mapped());
      }
    }
  }
  const bool apart = std::ranges::all_of(mapping, [&](const auto& file) {
    return shared.size() > 1 && std::ranges::none_of(file.second, [&](const std::string& metadata) {
             return shared.contains(metadata);
           });
  });
  for (const auto& [path, metadata] : mapping) {
    reach.apart.insert(path);
  }
  for (const RegistryRun& registry : facts.execution.registries) {
    failed = failed || registry.configures == Truth::no;
  }
  reach.whole = apart && !(facts.execution.other_version && failed);
  return reach;
}

bool all_configured(const Facts& facts)
{
  return std::ranges::all_of(facts.execution.registries, [](const RegistryRun& registry) {
    return registry.configures == Truth::yes;
  });
}

class Merge {
public:
  Merge(Facts& facts, SchemaFacts seen)
    : facts_(facts),
      read_(facts.schema),
      seen_(std::move(seen)),
      reach_(reach_of(facts))
  {
  }

  void run()
  {
    if (!reach_.whole || seen_.classes.size() + seen_.tables.size() == 0) {
      return;
    }
    name_metadata();
    for (MappedClass& mapped : seen_.classes) {
      merge_class(mapped);
    }
    for (Table& table : seen_.tables) {
      merge_table(table);
    }
    for (Relationship& relationship : seen_.relationships) {
      merge_relationship(relationship);
    }
    keep_unseen();
    seen_.import_effects = std::move(read_.import_effects);
    seen_.problems = remaining_problems();
    seen_.basis = Basis::observed;
    seen_.confidence = reach_.helped ? k_seen_with_help : k_seen;
    seen_.complete = Truth::yes;
    facts_.schema = std::move(seen_);
  }

private:
  template<class Item, class Same>
  static const Item* find(const std::vector<Item>& items, Same same)
  {
    const auto found = std::ranges::find_if(items, same);
    return found == items.end() ? nullptr : &*found;
  }

  void disagree(const Location& where, std::string note)
  {
    if (seen_.disagreements.size() < k_most_disagreements) {
      seen_.disagreements.push_back({where, std::move(note)});
    }
  }

  /// The candidate's name for a MetaData is the same in both accounts, or there is one of each.
  void name_metadata()
  {
    for (MetadataFacts& metadata : seen_.metadata) {
      const auto* same =
        find(read_.metadata, [&](const MetadataFacts& other) { return other.id == metadata.id; });
      if (same == nullptr && read_.metadata.size() == 1) {
        same = &read_.metadata.front();
      }
      if (same != nullptr) {
        metadata.where = same->where;
      }
    }
  }

  void merge_class(MappedClass& seen) const
  {
    const std::string short_name = seen.name.substr(seen.name.rfind('.') + 1);
    const auto* read =
      find(read_.classes, [&](const MappedClass& other) { return other.name == seen.name; });
    if (read == nullptr) {
      read = find(read_.classes, [&](const MappedClass& other) {
        return other.where.path == seen.where.path && other.name.ends_with("." + short_name);
      });
    }
    if (read == nullptr) {
      seen.soft_delete = false;
      seen.explicit_tablename = true;
      return;
    }
    seen.style = read->style;
    seen.has_repr = seen.has_repr || read->has_repr;
    seen.has_docstring = seen.has_docstring || read->has_docstring;
    seen.annotated = read->annotated;
    seen.explicit_tablename = read->explicit_tablename;
    seen.soft_delete = read->soft_delete;
    seen.bases = read->bases;
    seen.where = read->where;
  }

  void merge_table(Table& seen)
  {
    const auto* read =
      find(read_.tables, [&](const Table& other) { return other.name == seen.name; });
    if (read == nullptr) {
      const auto* mapped =
        find(seen_.classes, [&](const MappedClass& other) { return other.table == seen.name; });
      seen.where = mapped == nullptr ? Location{} : mapped->where;
      place_all(seen, seen.where);
      return;
    }
    seen.where = read->where;
    place_all(seen, seen.where);
    for (Column& column : seen.columns) {
      const auto* other =
        find(read->columns, [&](const Column& item) { return item.name == column.name; });
      if (other != nullptr) {
        merge_column(seen, column, *other);
      }
    }
    for (ForeignKey& key : seen.foreign_keys) {
      merge_foreign_key(seen, key, *read);
    }
    for (Key& key : seen.keys) {
      const bool plain = key.kind == KeyKind::index;
      const auto* other = find(read->keys, [&](const Key& item) {
        return item.columns == key.columns && (item.kind == KeyKind::index) == plain;
      });
      if (other != nullptr) {
        key.where = other->where;
        key.functional = key.functional || other->functional;
        key.partial = key.partial || other->partial;
      } else {
        disagree(key.where,
                 fmt::format("{}: a key over {} was seen and not read",
                             seen.name,
                             fmt::join(key.columns, ", ")));
      }
    }
    for (const Key& key : read->keys) {
      lost_key(seen, key);
    }
    for (Check& check : seen.checks) {
      const auto* other = find(read->checks, [&](const Check& item) {
        return (!check.name.empty() && item.name == check.name) || item.text == check.text;
      });
      check.where = other == nullptr ? seen.where : other->where;
    }
  }

  static void place_all(Table& table, const Location& where)
  {
    for (Column& column : table.columns) {
      column.where = where;
    }
    for (ForeignKey& key : table.foreign_keys) {
      key.where = where;
    }
    for (Key& key : table.keys) {
      key.where = where;
    }
    for (Check& check : table.checks) {
      check.where = where;
    }
  }

  void lost_key(const Table& seen, const Key& key)
  {
    const bool there = std::ranges::any_of(seen.keys, [&](const Key& item) {
      return item.columns == key.columns
             && (item.kind == KeyKind::index) == (key.kind == KeyKind::index);
    });
    if (!there && !key.columns.empty()) {
      disagree(key.where,
               fmt::format("{}: a {} over {} was read and is not there when the models are loaded",
                           seen.name,
                           key.kind == KeyKind::index ? "plain index" : "key",
                           fmt::join(key.columns, ", ")));
    }
  }

  void merge_column(const Table& table, Column& seen, const Column& read)
  {
    seen.where = read.where;
    seen.nullable_explicit = read.nullable_explicit;
    seen.validators = read.validators;
    if (!read.type_text.empty()) {
      seen.type_text = read.type_text;
    }
    if (seen.attribute.empty()) {
      seen.attribute = read.attribute;
    }
    if (seen.family == TypeFamily::unknown || seen.family == TypeFamily::other) {
      seen.family = read.family == TypeFamily::unknown ? seen.family : read.family;
    }
    // A call that was evaluated while importing has left a plain value behind.
    if (read.default_kind == DefaultKind::frozen && seen.default_kind == DefaultKind::constant) {
      seen.default_kind = DefaultKind::frozen;
    }
    // Factories, constructors and listeners leave no trace on the column.
    if (seen.default_kind == DefaultKind::none && read.default_kind == DefaultKind::callable) {
      seen.default_kind = DefaultKind::callable;
    }
    if (!read.default_text.empty() && seen.default_kind == read.default_kind) {
      seen.default_text = read.default_text;
    }
    if (seen.generated == Truth::no) {
      seen.generated = read.generated;
    }
    differ(table, seen, "nullable", read.nullable, seen.nullable);
    differ(table, seen, "primary key", read.primary_key, seen.primary_key);
  }

  void
  differ(const Table& table, const Column& column, std::string_view what, Truth read, Truth seen)
  {
    if (read != Truth::unknown && seen != Truth::unknown && read != seen) {
      disagree(column.where,
               fmt::format("{}.{}: {} is {} when the models are loaded, {} as read",
                           table.name,
                           column.name,
                           what,
                           seen == Truth::yes ? "yes" : "no",
                           read == Truth::yes ? "yes" : "no"));
    }
  }

  void merge_foreign_key(const Table& table, ForeignKey& seen, const Table& read)
  {
    const auto* other =
      find(read.foreign_keys, [&](const ForeignKey& item) { return item.columns == seen.columns; });
    if (other == nullptr) {
      const auto* column = find(read.columns, [&](const Column& item) {
        return !seen.columns.empty() && item.name == seen.columns.front();
      });
      seen.where = column == nullptr ? seen.where : column->where;
      disagree(seen.where,
               fmt::format("{}: a foreign key over {} was seen and not read",
                           table.name,
                           fmt::join(seen.columns, ", ")));
      return;
    }
    seen.where = other->where;
    if (seen.ondelete != other->ondelete) {
      disagree(seen.where,
               fmt::format("{}.{}: ON DELETE is \"{}\" when the models are loaded, \"{}\" as read",
                           table.name,
                           fmt::join(seen.columns, ", "),
                           seen.ondelete,
                           other->ondelete));
    }
  }

  void merge_relationship(Relationship& seen)
  {
    const auto* read = find(read_.relationships, [&](const Relationship& other) {
      return other.name == seen.name && same_class(other.owner, seen.owner);
    });
    if (read == nullptr) {
      const auto* owner =
        find(seen_.classes, [&](const MappedClass& other) { return other.name == seen.owner; });
      seen.where = owner == nullptr ? Location{} : owner->where;
      return;
    }
    seen.where = read->where;
    seen.target_text = read->target_text;
    seen.from_backref = read->from_backref;
    seen.custom_join = read->custom_join;
    seen.remote_side = read->remote_side;
    if (read->direction != Direction::unknown && seen.direction != Direction::unknown
        && read->direction != seen.direction && read->direction != Direction::one_to_one) {
      disagree(seen.where,
               fmt::format("{}.{}: the direction is another one when the models are loaded",
                           seen.owner.substr(seen.owner.rfind('.') + 1),
                           seen.name));
    }
  }

  static bool same_class(const std::string& a, const std::string& b)
  {
    return a == b || a.substr(a.rfind('.') + 1) == b.substr(b.rfind('.') + 1);
  }

  /// What was read and not seen stays where the run may have missed it.
  void keep_unseen()
  {
    if (!all_configured(facts_)) {
      for (const Relationship& relationship : read_.relationships) {
        const auto* there = find(seen_.relationships, [&](const Relationship& other) {
          return other.name == relationship.name && same_class(other.owner, relationship.owner);
        });
        if (there == nullptr) {
          seen_.relationships.push_back(relationship);
        }
      }
    }
    for (const MappedClass& mapped : read_.classes) {
      const auto* there = find(seen_.classes, [&](const MappedClass& other) {
        return other.name == mapped.name
               || (other.where.path == mapped.where.path && other.where.line == mapped.where.line);
      });
      if (there != nullptr) {
        continue;
      }
      if (reach_.helped || reach_.apart.contains(mapped.where.path)) {
        // A stand-in for its base class may be why, or its file was not imported.
        keep_class(mapped);
      } else {
        disagree(mapped.where,
                 mapped.name.substr(mapped.name.rfind('.') + 1)
                   + " looks like a mapped class and is none when the models are loaded");
      }
    }
  }

  void keep_class(const MappedClass& mapped)
  {
    seen_.classes.push_back(mapped);
    const auto* table =
      find(read_.tables, [&](const Table& other) { return other.name == mapped.table; });
    const auto* there =
      find(seen_.tables, [&](const Table& other) { return other.name == mapped.table; });
    if (table != nullptr && there == nullptr) {
      seen_.tables.push_back(*table);
    }
    for (const Relationship& relationship : read_.relationships) {
      if (relationship.owner == mapped.name) {
        seen_.relationships.push_back(relationship);
      }
    }
  }

  /// Of the problems that were read those that the run could not have shown to be none, and those
  /// that it showed.
  [[nodiscard]] std::vector<MappingProblem> remaining_problems() const
  {
    std::vector<MappingProblem> problems;
    for (const MappingProblem& problem : read_.problems) {
      if (problem.id == "mysql_length") {
        problems.push_back(problem);
      }
    }
    for (const Table& table : seen_.tables) {
      for (const ForeignKey& key : table.foreign_keys) {
        if (key.target_known == Truth::no) {
          problems.push_back({"unresolved_fk_target",
                              table.name,
                              fmt::format("{}.{} points to {}, which is no table",
                                          table.name,
                                          fmt::join(key.columns, ", "),
                                          key.target_table),
                              key.where});
        }
      }
    }
    for (const RegistryRun& registry : facts_.execution.registries) {
      for (const std::string& warning : registry.warnings) {
        if (warning.find("will copy column") != std::string::npos) {
          problems.push_back(conflict(warning));
        }
      }
    }
    return problems;
  }

  [[nodiscard]] MappingProblem conflict(const std::string& warning) const
  {
    MappingProblem problem{"conflicting_relationships", {}, warning, {}};
    // "relationship 'Post.author' will copy column ..."
    const std::size_t from = warning.find('\'');
    const std::size_t to = from == std::string::npos ? from : warning.find('\'', from + 1);
    if (to != std::string::npos) {
      problem.subject = warning.substr(from + 1, to - from - 1);
    }
    const auto* relationship = find(seen_.relationships, [&](const Relationship& other) {
      return other.owner.substr(other.owner.rfind('.') + 1) + "." + other.name == problem.subject;
    });
    problem.where = relationship == nullptr ? Location{} : relationship->where;
    return problem;
  }

  Facts& facts_;
  SchemaFacts& read_;
  SchemaFacts seen_;
  Reach reach_;
};

} // namespace

void merge_schema(Facts& facts, SchemaFacts seen)
{
  Merge(facts, std::move(seen)).run();
}

} // namespace assay::facts
