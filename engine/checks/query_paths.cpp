// SPDX-License-Identifier: MIT
// How paths are loaded, and where statements grow with the data.
#include "engine/base/text.hpp"
#include "engine/checks/query_view.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace assay::checks {

namespace {

using Steps = std::vector<const Relationship*>;

/// Chains of relationships from one role to the next: directly, or through an association object.
std::vector<Steps>
chains_between(const Subject& subject, const EntityView& from, const EntityView& to)
{
  std::vector<Steps> chains;
  for (const Relationship* direct : relationships(subject, from, to)) {
    if (direct->lazy != "noload") {
      chains.push_back({direct});
    }
  }
  for (const Relationship& first : subject.facts.schema.relationships) {
    if (!stands_for(from, first.owner) || stands_for(to, first.target) || !is_to_many(first)) {
      continue;
    }
    for (const Relationship& second : subject.facts.schema.relationships) {
      if (second.owner == first.target && stands_for(to, second.target) && !is_to_many(second)) {
        chains.push_back({&first, &second});
      }
    }
  }
  for (const Relationship* direct : relationships(subject, from, to)) {
    if (direct->lazy == "noload") {
      chains.push_back({direct});
    }
  }
  return chains;
}

bool same(const Subject& subject, const LoadStep& step, const Relationship& relationship)
{
  return step.attribute == relationship.name
         && (step.class_name == relationship.owner || step.class_name.empty()
             || relationship_of(subject, step) == &relationship);
}

/// Reads one statement: which relationships its options load, on which chain.
class OptionReader {
public:
  OptionReader(const Subject& subject, const Statement& statement)
    : subject_(subject),
      statement_(statement)
  {
  }

  /// The strategy given for the last relationship of `chain`; empty if no option names it.
  [[nodiscard]] std::string strategy(const Steps& chain, Location* where) const
  {
    for (const LoadPath& path : statement_.options) {
      if (path.live == Truth::no) {
        continue;
      }
      if (path.steps.size() == 1 && path.steps.front().attribute == "*" && chain.size() == 1) {
        *where = path.where;
        return path.steps.front().strategy;
      }
      if (path.steps.size() < chain.size()) {
        continue;
      }
      bool matches = true;
      for (std::size_t i = 0; i < chain.size(); ++i) {
        matches = matches && same(subject_, path.steps[i], *chain[i]);
      }
      if (matches) {
        *where = path.where;
        return path.steps[chain.size() - 1].strategy;
      }
    }
    return {};
  }

private:
  const Subject& subject_;
  const Statement& statement_;
};

Loading by_strategy(const std::string& strategy, const Relationship& relationship)
{
  if (is_query_collection(relationship)) {
    return Loading::lazy;
  }
  if (is_eager_strategy(strategy) || (strategy == "immediateload" && !is_to_many(relationship))) {
    return Loading::eager;
  }
  if (strategy == "immediateload") {
    return Loading::in_loop;
  }
  if (strategy == "noload") {
    return Loading::never;
  }
  if (strategy.starts_with("raise")) {
    return Loading::raises;
  }
  if (strategy.empty() || strategy == "defaultload") {
    return is_eager_mapping(relationship)                                 ? Loading::eager
           : relationship.lazy == "noload"                                ? Loading::never
           : relationship.lazy.starts_with("raise")                       ? Loading::raises
           : relationship.lazy == "immediate" && is_to_many(relationship) ? Loading::in_loop
                                                                          : Loading::lazy;
  }
  return Loading::lazy;
}

bool touches(const Callable& callable, const Relationship& relationship)
{
  return std::ranges::any_of(callable.accesses, [&](const RelationAccess& access) {
    return access.attribute == relationship.name
           && (access.class_name == relationship.owner || access.class_name.empty());
  });
}

/// Best first: what loads most.
int rank(Loading loading)
{
  switch (loading) {
  case Loading::eager:
    return 0;
  case Loading::separate:
    return 1;
  case Loading::in_loop:
    return 2;
  case Loading::lazy:
    return 3;
  case Loading::raises:
    return 4;
  case Loading::never:
    return 5;
  case Loading::missing:
    return 6;
  }
  return 6;
}

/// The hop from the end of `before` to role `to`, as `statement` loads it; extends `before` by the
/// chain it took.
Hop read_hop(const Subject& subject,
             const Callable& callable,
             const Statement& statement,
             const EntityView& from,
             const EntityView& to,
             Steps& before)
{
  Hop best;
  Steps best_chain = before;
  const OptionReader options(subject, statement);
  for (const Steps& chain : chains_between(subject, from, to)) {
    Steps whole = before;
    Hop hop;
    hop.loading = Loading::eager;
    for (const Relationship* relationship : chain) {
      whole.push_back(relationship);
      Location where;
      const Loading loading = by_strategy(options.strategy(whole, &where), *relationship);
      if (rank(loading) >= rank(hop.loading)) {
        hop.loading = loading;
        hop.relationship = relationship;
        hop.where = where.path.empty() ? relationship->where : where;
      }
      hop.to_many = is_to_many(*chain.front());
      hop.touched = hop.touched || touches(callable, *relationship);
    }
    if (best.relationship == nullptr || rank(hop.loading) < rank(best.loading)) {
      best = hop;
      best_chain = whole;
    }
  }
  before = best_chain;
  return best;
}

/// A statement of its own for the far end, or rows that hold both ends.
void consider_statements(const Callable& callable,
                         const Statement& main,
                         const EntityView& to,
                         Hop& hop)
{
  if (hop.loading == Loading::eager) {
    return;
  }
  for (const Statement& statement : callable.statements) {
    if (!selects(statement, to)) {
      continue;
    }
    const Loading loading = &statement == &main        ? Loading::eager
                            : statement.loop_depth > 0 ? Loading::in_loop
                                                       : Loading::separate;
    if (rank(loading) < rank(hop.loading)) {
      hop.loading = loading;
      hop.where = statement.where;
      hop.relationship = nullptr;
    }
  }
}

std::vector<Hop> read_from(const Subject& subject,
                           const QueryView& view,
                           const Statement& statement,
                           const std::vector<std::string>& path)
{
  std::vector<Hop> hops;
  Steps chain;
  if (!selects(statement, view.root) && view.by.found() && !path.empty()
      && path.front() == view.root.role) {
    read_hop(subject, *view.callable, statement, view.by, view.root, chain);
  }
  for (std::size_t i = 0; i + 1 < path.size(); ++i) {
    const EntityView from = view_entity(subject, path[i]);
    const EntityView to = view_entity(subject, path[i + 1]);
    Hop hop = read_hop(subject, *view.callable, statement, from, to, chain);
    consider_statements(*view.callable, statement, to, hop);
    hops.push_back(hop);
  }
  return hops;
}

int worst(const std::vector<Hop>& hops)
{
  int value = 0;
  for (const Hop& hop : hops) {
    value = std::max(value, rank(hop.loading));
  }
  return value;
}

} // namespace

std::vector<Hop>
read_path(const Subject& subject, const QueryView& view, const std::vector<std::string>& path)
{
  std::vector<Hop> best;
  for (const Statement* statement : view.statements) {
    const bool starts = selects(*statement, view_entity(subject, path.front()))
                        || (view.by.found() && selects(*statement, view.by));
    if (!starts) {
      continue;
    }
    std::vector<Hop> hops = read_from(subject, view, *statement, path);
    if (best.empty() || worst(hops) < worst(best)) {
      best = std::move(hops);
    }
  }
  if (best.empty() && path.size() > 1) {
    best.resize(path.size() - 1);
  }
  return best;
}

namespace {

/// Loaded by any option of the callable, by the mapper, or because the identity map must hold it.
bool is_loaded(const Subject& subject, const Callable& callable, const Relationship& relationship)
{
  if (is_eager_mapping(relationship)) {
    return true;
  }
  for (const Statement& statement : callable.statements) {
    for (const LoadPath& path : statement.options) {
      for (const LoadStep& step : path.steps) {
        const bool named = step.attribute == "*" || same(subject, step, relationship);
        const bool eager = is_eager_strategy(step.strategy)
                           || (step.strategy == "immediateload" && !is_to_many(relationship));
        if (path.live != Truth::no && named && eager) {
          return true;
        }
      }
    }
  }
  return false;
}

const Relationship* accessed(const Subject& subject, const RelationAccess& access)
{
  const auto& all = subject.facts.schema.relationships;
  const auto found = std::ranges::find_if(all, [&](const Relationship& each) {
    return each.name == access.attribute
           && (access.class_name.empty() || each.owner == access.class_name);
  });
  return found == all.end() ? nullptr : &*found;
}

class GrowthReader {
public:
  GrowthReader(const Subject& subject,
               const Callable& callable,
               const EntityView* root,
               const EntityView* by)
    : subject_(subject),
      callable_(callable),
      root_(root),
      by_(by)
  {
  }

  Growth run()
  {
    for (const Statement& statement : callable_.statements) {
      if (statement.loop_depth > 0) {
        note(statement.loop_depth <= 1,
             statement.where,
             "runs a statement for each element of a loop");
      }
    }
    for (const RelationAccess& access : callable_.accesses) {
      if (access.loop_depth > 0) {
        consider(access);
      }
    }
    growth_.per_leaf = growth_.per_leaf && !growth_.per_root;
    return growth_;
  }

private:
  void consider(const RelationAccess& access)
  {
    const Relationship* relationship = accessed(subject_, access);
    if (relationship == nullptr || is_loaded(subject_, callable_, *relationship)
        || only_one(*relationship)) {
      return;
    }
    const bool of_root =
      root_ == nullptr || !root_->found() || stands_for(*root_, relationship->owner);
    if (access.class_name.empty()) {
      growth_.certain = Truth::unknown;
    }
    const std::string through = access.via.empty() ? std::string() : " in " + access.via;
    note(of_root,
         access.where,
         fmt::format("reads {}.{}{} for each element, which loads it one by one",
                     short_name(relationship->owner),
                     relationship->name,
                     through));
  }

  /// Everything belongs to the one object the query is filtered by: loaded once, then in the
  /// identity map.
  [[nodiscard]] bool only_one(const Relationship& relationship) const
  {
    return by_ != nullptr && by_->found() && root_ != nullptr && !is_to_many(relationship)
           && stands_for(*root_, relationship.owner) && stands_for(*by_, relationship.target)
           && filtered_by_one();
  }

  [[nodiscard]] bool filtered_by_one() const
  {
    return std::ranges::any_of(
      callable_.statements, [](const Statement& statement) { return !statement.filters.empty(); });
  }

  void note(bool per_root, const Location& where, const std::string& what)
  {
    (per_root ? growth_.per_root : growth_.per_leaf) = true;
    if (growth_.reason.empty()) {
      growth_.reason = fmt::format("{} {}", label(callable_), what);
    }
    add_evidence(growth_.evidence, where, what);
  }

  const Subject& subject_;
  const Callable& callable_;
  const EntityView* root_;
  const EntityView* by_;
  Growth growth_;
};

} // namespace

Growth read_growth(const Subject& subject, const QueryView& view)
{
  return view.callable == nullptr
           ? Growth{}
           : GrowthReader(subject, *view.callable, &view.root, &view.by).run();
}

Growth read_growth(const Subject& subject, const Callable& callable)
{
  return GrowthReader(subject, callable, nullptr, nullptr).run();
}

} // namespace assay::checks
