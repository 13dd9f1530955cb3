// SPDX-License-Identifier: MIT
// Mistakes that keep mappers or tables from being built. Only what is certain by reading: a table
// that may hide columns, a base that was not found, and the doubt falls to the candidate.
#include "engine/facts/schema/assemble.hpp"
#include "engine/facts/schema/imports.hpp"

#include <algorithm>

namespace assay::facts {

namespace {

class ProblemFinder {
public:
  explicit ProblemFinder(Draft& draft)
    : draft_(draft),
      sure_(draft.facts.gaps.empty())
  {
  }

  void find()
  {
    for (std::size_t index = 0; index < draft_.tables.size(); ++index) {
      table(index);
    }
    for (const ClassDraft& drafted : draft_.classes) {
      primary_key(drafted);
    }
    for (const RelationshipDraft& relationship : draft_.relationships) {
      if (!relationship.relationship.from_backref) {
        both_sides(relationship);
        foreign_keys(relationship);
      }
    }
  }

private:
  void add(std::string id, std::string subject, std::string detail, const Location& where)
  {
    draft_.facts.problems.push_back({std::move(id), std::move(subject), std::move(detail), where});
  }

  void table(std::size_t index)
  {
    const TableDraft& drafted = draft_.tables[index];
    const Table& table = drafted.table;
    duplicate_table(index);
    duplicate_columns(drafted);
    for (const ForeignKey& key : table.foreign_keys) {
      foreign_target(table, key);
    }
    if (draft_.dialect == Dialect::mysql) {
      for (const Column& column : table.columns) {
        const bool own_length = column.type_text.starts_with("AutoString") || is_sqlmodel(table);
        if (column.family == TypeFamily::string && !column.length && !column.type_text.empty()
            && !own_length) {
          add("mysql_length",
              table.name + "." + column.name,
              "VARCHAR requires a length on MySQL",
              column.where);
        }
      }
    }
  }

  bool is_sqlmodel(const Table& table) const
  {
    return std::ranges::any_of(draft_.classes, [&](const ClassDraft& drafted) {
      return drafted.mapped.table == table.name && drafted.mapped.style == MappingStyle::sqlmodel;
    });
  }

  void duplicate_table(std::size_t index)
  {
    const TableDraft& drafted = draft_.tables[index];
    if (drafted.table.name.empty() || drafted.inferred_name || drafted.table.metadata.empty()) {
      return;
    }
    for (std::size_t other = 0; other < index; ++other) {
      const TableDraft& first = draft_.tables[other];
      const bool same =
        first.table.name == drafted.table.name && first.table.metadata == drafted.table.metadata;
      const bool allowed = first.extends_existing || drafted.extends_existing || first.conditional
                           || drafted.conditional;
      if (same && !allowed && imported_together(*first.module, *drafted.module)) {
        add("duplicate_table",
            drafted.table.name,
            "also defined at " + first.table.where.path + ":"
              + std::to_string(first.table.where.line),
            drafted.table.where);
        return;
      }
    }
  }

  bool imported_together(const ModuleInfo& first, const ModuleInfo& second)
  {
    if (&first == &second) {
      return true;
    }
    if (!imports_) {
      imports_.emplace(draft_.program);
    }
    return std::ranges::any_of(draft_.program.modules(), [&](const ModuleInfo* module) {
      if (module->role != FileRole::graded) {
        return false;
      }
      const auto closure = import_closure(*imports_, {module});
      return std::ranges::find(closure, &first) != closure.end()
             && std::ranges::find(closure, &second) != closure.end();
    });
  }

  void duplicate_columns(const TableDraft& drafted)
  {
    if (drafted.origin == nullptr || draft_.sqlalchemy_major < 20) {
      return;
    }
    std::set<std::string> seen;
    for (const Column& column : drafted.table.columns) {
      if (!seen.insert(column.name).second) {
        add("duplicate_column",
            drafted.table.name + "." + column.name,
            "the table has this column twice",
            column.where);
      }
    }
  }

  void foreign_target(const Table& table, const ForeignKey& key)
  {
    if (!sure_ || key.target_known == Truth::unknown) {
      return;
    }
    const std::string subject =
      table.name + "." + (key.columns.empty() ? std::string() : key.columns.front());
    if (key.target_known == Truth::no) {
      add("unresolved_fk_target", subject, "no table " + key.target_table, key.where);
      return;
    }
    const TableDraft& target = draft_.tables[draft_.find_table(key.target_table)];
    for (const std::string& column : key.target_columns) {
      const bool known = column.empty() || target.by_key.contains(column)
                         || std::ranges::find(target.table.columns, column, &Column::name)
                              != target.table.columns.end();
      if (!known && target.table.complete == Truth::yes) {
        add("unresolved_fk_target",
            subject,
            "no column " + key.target_table + "." + column,
            key.where);
      }
    }
  }

  void primary_key(const ClassDraft& drafted)
  {
    if (drafted.table == k_none || drafted.parent != k_none || drafted.mapped.complete != Truth::yes
        || drafted.attributes.contains("__mapper_args__")) {
      return;
    }
    const Table& table = draft_.tables[drafted.table].table;
    const auto primary = [](const Key& key) { return key.kind == KeyKind::primary; };
    const bool doubtful = std::ranges::any_of(
      table.columns, [](const Column& column) { return column.primary_key == Truth::unknown; });
    if (sure_ && table.complete == Truth::yes && !table.columns.empty() && !doubtful
        && std::ranges::none_of(table.keys, primary)) {
      add("no_primary_key",
          drafted.mapped.name,
          "the mapper needs a primary key",
          drafted.mapped.where);
    }
  }

  void both_sides(const RelationshipDraft& draft)
  {
    const Relationship& relationship = draft.relationship;
    const std::string subject = relationship.owner + "." + relationship.name;
    if (relationship.target_exists == Truth::no) {
      add("unresolved_target",
          subject,
          "no mapped class " + relationship.target_text,
          relationship.where);
    }
    if (relationship.reverse_ok == Truth::no && draft.reverse == k_none && sure_) {
      add("bad_back_populates",
          subject,
          relationship.target + " has no matching relationship " + relationship.back_populates,
          relationship.where);
    }
    if (draft.conflict) {
      add("conflicting_relationships",
          subject,
          "backref " + relationship.backref + " exists on " + relationship.target + " already",
          relationship.where);
    }
    if (draft.reverse == k_none || draft_.relationships[draft.reverse].reverse == k_none) {
      return;
    }
    const Relationship& partner = draft_.relationships[draft.reverse].relationship;
    const bool same = relationship.direction == partner.direction
                      && (relationship.direction == Direction::one_to_many
                          || relationship.direction == Direction::many_to_one);
    if (same && !partner.from_backref
        && relationship.owner + relationship.name < partner.owner + partner.name) {
      const bool within = relationship.owner == relationship.target;
      add(within ? "missing_remote_side" : "conflicting_relationships",
          subject,
          "both sides have the same direction as " + partner.owner + "." + partner.name,
          relationship.where);
    }
  }

  /// All foreign keys of the class's tables are known, and no column is hidden.
  bool fully_read(std::size_t index) const
  {
    const ClassDraft& drafted = draft_.classes[index];
    if (drafted.table == k_none || drafted.parent != k_none
        || drafted.mapped.complete != Truth::yes) {
      return false;
    }
    const Table& table = draft_.tables[drafted.table].table;
    return table.complete == Truth::yes && !table.name.empty()
           && std::ranges::none_of(table.foreign_keys, [](const ForeignKey& key) {
                return key.target_known != Truth::yes;
              });
  }

  void foreign_keys(const RelationshipDraft& draft)
  {
    const Relationship& relationship = draft.relationship;
    const bool plain =
      draft.target != k_none && !relationship.custom_join && draft.foreign_keys.empty();
    if (!sure_ || !plain || !fully_read(draft.owner) || !fully_read(draft.target)) {
      return;
    }
    const std::string subject = relationship.owner + "." + relationship.name;
    if (draft.secondary != nullptr) {
      link_table(draft, subject);
    } else if (draft.candidates == 0) {
      add("no_foreign_key",
          subject,
          "no foreign key between " + relationship.owner + " and " + relationship.target,
          relationship.where);
    } else if (draft.candidates > 1) {
      add("ambiguous_foreign_keys",
          subject,
          "several foreign keys between " + relationship.owner + " and " + relationship.target,
          relationship.where);
    }
  }

  void link_table(const RelationshipDraft& draft, const std::string& subject)
  {
    const Relationship& relationship = draft.relationship;
    const std::size_t index = draft_.find_table(relationship.secondary);
    if (index == k_none) {
      return;
    }
    const Table& link = draft_.tables[index].table;
    const auto refers_to = [&](std::size_t class_index) {
      const std::string& table = draft_.classes[class_index].mapped.table;
      return std::ranges::any_of(link.foreign_keys, [&](const ForeignKey& key) {
        return key.target_table == table || key.target_known == Truth::unknown;
      });
    };
    if (link.complete == Truth::yes && !(refers_to(draft.owner) && refers_to(draft.target))) {
      add("no_foreign_key",
          subject,
          "the table " + link.name + " does not refer to both sides",
          relationship.where);
    }
  }

  Draft& draft_;
  bool sure_;
  std::optional<ImportIndex> imports_;
};

} // namespace

void find_problems(Draft& draft)
{
  ProblemFinder(draft).find();
}

} // namespace assay::facts
