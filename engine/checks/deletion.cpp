// SPDX-License-Identifier: MIT
#include "engine/checks/deletion.hpp"

#include "engine/base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace assay::checks {

namespace {

constexpr std::array<std::string_view, 11> k_deleting = {"delete",
                                                         "remove",
                                                         "destroy",
                                                         "purge",
                                                         "erase",
                                                         "drop",
                                                         "borrar",
                                                         "eliminar",
                                                         "excluir",
                                                         "remover",
                                                         "apagar"};

bool cascades(const Relationship& relationship)
{
  return std::ranges::any_of(relationship.cascade, [](const std::string& word) {
    return word == "all" || word == "delete";
  });
}

bool has_topic(const Subject& subject, std::string_view topic)
{
  return std::ranges::any_of(subject.facts.readme, [&](const ReadmeStatement& statement) {
    return statement.topic == topic;
  });
}

bool concerns(const std::vector<std::string>& classes, const Statement& statement)
{
  return std::ranges::any_of(statement.roots, [&](const std::string& root) {
    return std::ranges::find(classes, root) != classes.end();
  });
}

/// A live function that deletes by name, reaches the children and writes.
const Callable*
removing_service(const Subject& subject, const EntityView& child, const EntityView& parent)
{
  for (const Callable& callable : subject.facts.queries.callables) {
    if (!callable.writes || callable.live == Truth::no
        || !has_any_words(callable.name, k_deleting)) {
      continue;
    }
    const auto touches = [&](const EntityView& view) {
      return std::ranges::any_of(callable.statements, [&](const Statement& statement) {
        return concerns(view.classes, statement);
      });
    };
    const bool for_parent = touches(parent) || has_words(callable.name, label(parent))
                            || has_words(callable.name, parent.role);
    if (for_parent && touches(child)) {
      return &callable;
    }
  }
  return nullptr;
}

/// "Post", or the name of a table without a class.
std::string noun(const EntityView& view)
{
  return view.found() && view.entity->class_name.empty() ? view.entity->table : label(view);
}

class DeletionJudge {
public:
  DeletionJudge(const Subject& subject, const RelationSpec& relation)
    : subject_(subject),
      relation_(relation),
      child_(view_entity(subject, relation.from)),
      parent_(view_entity(subject, relation.to))
  {
  }

  [[nodiscard]] Deletion judge()
  {
    if (!child_.found() || !parent_.found()) {
      const EntityView& gone = child_.found() ? parent_ : child_;
      return settle(gone.complete == Truth::yes ? DeletionState::not_applicable
                                                : DeletionState::unknown,
                    missing_reason(subject_, gone));
    }
    if (const Relationship* up = upward()) {
      note(up->where, "deletes the parent");
      return settle(DeletionState::upward,
                    fmt::format("{}.{} cascades a delete upward: deleting a {} deletes its {}",
                                short_name(up->owner),
                                up->name,
                                noun(child_),
                                noun(parent_)));
    }
    const std::vector<RelationColumns> columns = relation_columns(subject_, relation_);
    find_down();
    if (columns.empty() && down_ == nullptr) {
      return settle(child_.complete == Truth::yes ? DeletionState::not_applicable
                                                  : DeletionState::unknown,
                    fmt::format("{} has no column for its {}", noun(child_), noun(parent_)));
    }
    if (!columns.empty()) {
      carrier_ = columns.front();
    }
    by_declaration();
    return as_tried();
  }

private:
  /// What `session.delete()` really did settles what declarations leave open, and contradicts those
  /// that do not hold.
  Deletion as_tried()
  {
    const Trial* trial = deletion_trial();
    if (trial == nullptr) {
      return result_;
    }
    const bool declared = result_.state == DeletionState::defined
                          && result_.means == DeletionMeans::cascade
                          && !result_.lacks_passive_deletes;
    if (declared && trial->outcome == "refused") {
      return settle(DeletionState::undefined,
                    fmt::format("deleting a {} with {} rows was tried and refused: {}",
                                noun(parent_),
                                noun(child_),
                                trial->detail));
    }
    const bool open =
      result_.state == DeletionState::undefined || result_.state == DeletionState::unknown;
    if (open && trial->outcome == "removed") {
      return settle(DeletionState::defined, {}, DeletionMeans::service);
    }
    return result_;
  }

  /// Only one whose outcome is owed to this relation.
  [[nodiscard]] const Trial* deletion_trial() const
  {
    const Trial* found = nullptr;
    std::size_t of_parent = 0;
    for (const Trial& trial : subject_.facts.execution.trials) {
      const bool ours = trial.what == "delete" && parent_.table() != nullptr
                        && names_table(trial.table, *parent_.table());
      of_parent += ours ? 1 : 0;
      if (ours && child_.table() != nullptr && names_table(trial.child, *child_.table())
          && (!carrier_.found() || trial.columns == column_names())) {
        found = &trial;
      }
    }
    const bool owed = found != nullptr
                      && (found->outcome != "refused" || of_parent == 1
                          || found->detail.find(found->child + ".") != std::string::npos);
    return owed ? found : nullptr;
  }

  [[nodiscard]] std::vector<std::string> column_names() const
  {
    return carrier_.key == nullptr ? std::vector<std::string>{} : carrier_.key->columns;
  }

  void note(const Location& where, std::string what)
  {
    add_evidence(result_.evidence, where, std::move(what));
  }

  Deletion
  settle(DeletionState state, std::string remark, DeletionMeans means = DeletionMeans::none)
  {
    result_.state = state;
    result_.means = means;
    result_.remark = std::move(remark);
    return result_;
  }

  [[nodiscard]] const Relationship* upward() const
  {
    if (child_.role == parent_.role) {
      return nullptr;
    }
    const std::vector<const Relationship*> up = relationships_up(subject_, relation_);
    const auto found = std::ranges::find_if(up, [](const Relationship* relationship) {
      return relationship->direction == Direction::many_to_one && cascades(*relationship);
    });
    return found == up.end() ? nullptr : *found;
  }

  /// The writable relationship from parent to children; one that cascades before others.
  void find_down()
  {
    for (const Relationship* relationship : relationships_down(subject_, relation_)) {
      if (relationship->viewonly) {
        continue;
      }
      if (down_ == nullptr || (!cascades(*down_) && cascades(*relationship))) {
        down_ = relationship;
      }
    }
  }

  [[nodiscard]] std::string ondelete() const
  {
    return carrier_.key == nullptr ? std::string() : to_lower(carrier_.key->ondelete);
  }

  [[nodiscard]] std::string pair() const
  {
    return noun(parent_) + " and its " + noun(child_) + " rows";
  }

  Deletion by_declaration()
  {
    if (down_ != nullptr && cascades(*down_)) {
      note(down_->where, "cascades");
      if (ondelete() != "cascade" && !down_->passive_deletes.empty()) {
        return settle(DeletionState::unknown,
                      fmt::format("{}.{} leaves children that are not loaded to the database "
                                  "(passive_deletes), which has no ON DELETE CASCADE",
                                  short_name(down_->owner),
                                  down_->name));
      }
      result_.lacks_ondelete = ondelete() != "cascade";
      return settle(DeletionState::defined,
                    result_.lacks_ondelete
                      ? fmt::format("{}.{} cascades in the ORM only, without ON DELETE CASCADE",
                                    short_name(down_->owner),
                                    down_->name)
                      : std::string(),
                    DeletionMeans::cascade);
    }
    if (carrier_.key != nullptr && !ondelete().empty()) {
      note(carrier_.key->where, "ON DELETE " + carrier_.key->ondelete);
    }
    if (ondelete() == "cascade") {
      return by_database_cascade();
    }
    if (ondelete() == "set null" || ondelete() == "set default") {
      return by_set_null();
    }
    if (ondelete() == "restrict" || ondelete() == "no action") {
      return by_restrict();
    }
    return otherwise();
  }

  Deletion by_database_cascade()
  {
    const bool in_the_way = down_ != nullptr && down_->passive_deletes.empty();
    result_.lacks_passive_deletes = in_the_way;
    return settle(DeletionState::defined,
                  in_the_way ? fmt::format(
                    "{}.{} has no passive_deletes, so the ORM sets the foreign key to NULL "
                    "before ON DELETE CASCADE can work",
                    short_name(down_->owner),
                    down_->name)
                             : std::string(),
                  DeletionMeans::cascade);
  }

  Deletion by_set_null()
  {
    switch (all_not_null(carrier_)) {
    case Truth::no:
      return settle(DeletionState::defined, {}, DeletionMeans::set_null);
    case Truth::yes:
      return settle(DeletionState::undefined,
                    "ON DELETE SET NULL on a NOT NULL column fails when a " + noun(parent_)
                      + " is deleted");
    case Truth::unknown:
      break;
    }
    return settle(DeletionState::unknown, "whether ON DELETE SET NULL can work could not be read");
  }

  Deletion by_restrict()
  {
    const bool in_the_way =
      down_ != nullptr && down_->passive_deletes != "all" && all_not_null(carrier_) == Truth::no;
    result_.lacks_passive_deletes = in_the_way;
    return settle(DeletionState::defined,
                  in_the_way ? fmt::format(
                    "{}.{} has no passive_deletes=\"all\", so the ORM releases the children "
                    "before ON DELETE RESTRICT can work",
                    short_name(down_->owner),
                    down_->name)
                             : std::string(),
                  DeletionMeans::restrict);
  }

  Deletion otherwise()
  {
    if (parent_.mapped != nullptr && parent_.mapped->soft_delete) {
      note(parent_.mapped->where, "soft deletion");
      return settle(DeletionState::defined, {}, DeletionMeans::soft_delete);
    }
    if (const Callable* service = removing_service(subject_, child_, parent_)) {
      note(service->where, "removes the children");
      return settle(DeletionState::defined, {}, DeletionMeans::service);
    }
    const Truth required = carrier_.found() ? all_not_null(carrier_) : Truth::unknown;
    const bool stated = (required == Truth::no && has_topic(subject_, "set_null"))
                        || (required == Truth::yes && has_topic(subject_, "restrict"));
    if (stated) {
      return settle(DeletionState::defined, {}, DeletionMeans::readme);
    }
    if (has_topic(subject_, "soft_delete") || !is_complete()) {
      return settle(DeletionState::unknown, "what happens to " + pair() + " could not be read");
    }
    note_omission();
    return settle(DeletionState::undefined, omission(required));
  }

  [[nodiscard]] bool is_complete() const
  {
    const bool unread = std::ranges::any_of(
      subject_.facts.schema.relationships, [&](const Relationship& relationship) {
        return std::ranges::find(parent_.classes, relationship.owner) != parent_.classes.end()
               && relationship.target.empty() && relationship.target_exists != Truth::no;
      });
    return child_.complete == Truth::yes && parent_.complete == Truth::yes && !unread;
  }

  void note_omission()
  {
    if (down_ != nullptr) {
      note(down_->where, "no cascade");
    } else if (carrier_.key != nullptr) {
      note(carrier_.key->where, "no ON DELETE");
    }
  }

  [[nodiscard]] std::string omission(Truth required) const
  {
    const std::string start = fmt::format(
      "what happens to the {} rows of a deleted {} is not declared: ", noun(child_), noun(parent_));
    if (carrier_.key == nullptr) {
      return start + "they keep pointing to it";
    }
    return start + (required == Truth::yes ? "the delete fails" : "they stay behind without it");
  }

  const Subject& subject_;
  const RelationSpec& relation_;
  EntityView child_;
  EntityView parent_;
  const Relationship* down_ = nullptr;
  RelationColumns carrier_;
  Deletion result_;
};

} // namespace

Deletion judge_deletion(const Subject& subject, const RelationSpec& relation)
{
  return DeletionJudge(subject, relation).judge();
}

const Relationship* deletes_shared(const Subject& subject, const RelationSpec& relation)
{
  const EntityView from = view_entity(subject, relation.from);
  const EntityView to = view_entity(subject, relation.to);
  for (const auto& [owner, target] : {std::pair(&from, &to), std::pair(&to, &from)}) {
    for (const Relationship* relationship : relationships(subject, *owner, *target)) {
      const bool many =
        relationship->direction == Direction::many_to_many || !relationship->secondary.empty();
      if (many && cascades(*relationship)) {
        return relationship;
      }
    }
  }
  for (const LinkRef& link : links(subject, relation)) {
    if (link.mapped == nullptr) {
      continue;
    }
    for (const Relationship& relationship : subject.facts.schema.relationships) {
      const bool leaves_link = relationship.owner == link.mapped->name;
      const bool to_side =
        std::ranges::find(from.classes, relationship.target) != from.classes.end()
        || std::ranges::find(to.classes, relationship.target) != to.classes.end();
      if (leaves_link && to_side && cascades(relationship)) {
        return &relationship;
      }
    }
  }
  return nullptr;
}

} // namespace assay::checks
