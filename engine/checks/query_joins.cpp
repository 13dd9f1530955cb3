// SPDX-License-Identifier: MIT
#include "engine/checks/query_joins.hpp"

#include "engine/checks/query_view.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace assay::checks {

namespace {

/// Walks what one statement loads, as SQLAlchemy does: an option where there is one, else the
/// mapper; a class that was passed on the way is not joined again.
class JoinWalk {
public:
  JoinWalk(const Subject& subject, const Statement& statement)
    : subject_(subject),
      statement_(statement)
  {
  }

  JoinedCollections from_roots()
  {
    for (const std::string& root : statement_.roots) {
      start(root);
    }
    return worst_;
  }

private:
  /// Another SELECT, with `class_name` in its FROM.
  void start(const std::string& class_name)
  {
    const int above = siblings_;
    siblings_ = 0;
    walk(class_name, 0);
    worst_.siblings = std::max(worst_.siblings, siblings_);
    siblings_ = above;
  }

  void walk(const std::string& class_name, int collections)
  {
    constexpr std::size_t k_deepest = 6;
    if (path_.size() >= k_deepest) {
      return;
    }
    worst_.depth = std::max(worst_.depth, collections);
    classes_.push_back(class_name);
    for (const Relationship& relationship : subject_.facts.schema.relationships) {
      if (relationship.owner != class_name) {
        continue;
      }
      path_.push_back(&relationship);
      const std::string strategy = strategy_of_last();
      if (strategy == "joinedload") {
        const bool collection = is_to_many(relationship);
        siblings_ += collection && collections == 0 ? 1 : 0;
        walk(relationship.target, collections + (collection ? 1 : 0));
      } else if (strategy == "selectinload" || strategy == "subqueryload"
                 || strategy == "immediateload") {
        start(relationship.target);
      }
      path_.pop_back();
    }
    classes_.pop_back();
  }

  /// How the last relationship of the path is loaded, by the name of the loader option.
  [[nodiscard]] std::string strategy_of_last() const
  {
    std::string by_wildcard;
    for (const LoadPath& option : statement_.options) {
      if (option.live == Truth::no || option.steps.size() < path_.size()) {
        continue;
      }
      bool same = true;
      for (std::size_t i = 0; i + 1 < path_.size() && same; ++i) {
        same = relationship_of(subject_, option.steps[i]) == path_[i];
      }
      const LoadStep& step = option.steps[path_.size() - 1];
      if (same && step.attribute == "*") {
        by_wildcard = step.strategy;
      } else if (same && relationship_of(subject_, step) == path_.back()
                 && step.strategy != "defaultload") {
        return step.strategy;
      }
    }
    const bool passed_already = std::ranges::find(classes_, path_.back()->target) != classes_.end();
    const std::string lazy = passed_already ? "" : path_.back()->lazy;
    return !by_wildcard.empty()                  ? by_wildcard
           : lazy == "joined" || lazy == "False" ? "joinedload"
           : lazy == "selectin"                  ? "selectinload"
           : lazy == "subquery"                  ? "subqueryload"
                                                 : "";
  }

  const Subject& subject_;
  const Statement& statement_;
  std::vector<const Relationship*> path_;
  std::vector<std::string> classes_; ///< of the path, in this SELECT and above it
  int siblings_ = 0;
  JoinedCollections worst_;
};

} // namespace

JoinedCollections joined_collections(const Subject& subject, const Statement& statement)
{
  const bool of_objects = statement.style == StatementStyle::select
                          || statement.style == StatementStyle::query
                          || statement.style == StatementStyle::get;
  return of_objects ? JoinWalk(subject, statement).from_roots() : JoinedCollections{};
}

} // namespace assay::checks
