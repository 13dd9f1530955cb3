// SPDX-License-Identifier: MIT
#include "engine/checks/query_claims.hpp"

#include "engine/base/text.hpp"

#include <algorithm>

namespace assay::checks {

namespace {

bool names_role(const EntityView& target,
                const Relationship& relationship,
                const std::vector<std::string>& words)
{
  const auto said = [&](std::string_view name) {
    const std::vector<std::string> parts = identifier_words(name);
    return !parts.empty() && std::ranges::all_of(parts, [&](const std::string& part) {
      return std::ranges::find(words, singular(part)) != words.end();
    });
  };
  if (said(relationship.name)) {
    return true;
  }
  for (const auto& tier :
       target.spec == nullptr ? std::vector<std::vector<std::string>>{} : target.spec->names) {
    if (std::ranges::any_of(tier, said)) {
      return true;
    }
  }
  return false;
}

/// Words of the name and docstring, and of the callables it hands its work to.
std::vector<std::string> words_of(const Subject& subject, const Callable& callable)
{
  std::vector<std::string> words;
  std::string text = callable.name + " " + callable.docstring;
  for (const Callable& other : subject.facts.queries.callables) {
    if (std::ranges::find(callable.calls, other.ref) != callable.calls.end() && !other.consumer) {
      text += " " + other.name + " " + other.docstring;
    }
  }
  std::ranges::replace_if(
    text,
    [](char c) {
      return (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && static_cast<unsigned char>(c) < 0x80;
    },
    '_');
  for (const std::string& word : identifier_words(text)) {
    words.push_back(singular(word));
  }
  return words;
}

class Claims {
public:
  Claims(const Subject& subject, const QueryView& view)
    : subject_(subject),
      view_(view),
      words_(words_of(subject, *view.callable))
  {
  }

  std::vector<Claim> collect()
  {
    for (const Statement* statement : view_.statements) {
      for (const LoadPath& path : statement->options) {
        claim_path(path);
      }
    }
    for (const EntityView& target : view_entities(subject_)) {
      claim_named(target);
    }
    for (const RelationAccess& access : view_.callable->accesses) {
      if (access.via.empty() && access.loop_depth > 0) {
        claim_access(access);
      }
    }
    return claims_;
  }

private:
  void add(const Relationship& relationship, bool constant, bool named = false)
  {
    const auto known = std::ranges::find_if(
      claims_, [&](const Claim& claim) { return claim.relationship == &relationship; });
    if (known == claims_.end()) {
      claims_.push_back({&relationship, constant, named});
    } else {
      known->constant = known->constant || constant;
      known->named = known->named || named;
    }
  }

  void claim_path(const LoadPath& path)
  {
    if (path.live == Truth::no) {
      return;
    }
    bool whole = true;
    for (const LoadStep& step : path.steps) {
      const Relationship* relationship = relationship_of(subject_, step);
      const bool eager = is_eager_strategy(step.strategy) || step.strategy == "immediateload";
      whole = whole && (eager || step.strategy == "defaultload")
              && (relationship == nullptr || !is_query_collection(*relationship));
      if (relationship != nullptr && eager) {
        add(*relationship,
            whole && !asked_for_in_loop(*relationship)
              && (step.strategy != "immediateload" || !is_to_many(*relationship)));
      }
    }
  }

  /// Loaded eagerly and then selected once more for each object: nothing is won.
  [[nodiscard]] bool asked_for_in_loop(const Relationship& relationship) const
  {
    return is_to_many(relationship)
           && std::ranges::any_of(view_.callable->statements, [&](const Statement& statement) {
                return statement.loop_depth > 0
                       && std::ranges::find(statement.roots, relationship.target)
                            != statement.roots.end();
              });
  }

  /// A path of roles from the root, or from what it is filtered by, whose end the name or docstring
  /// mentions.
  void claim_named(const EntityView& target)
  {
    if (!target.found() || target.role == view_.root.role) {
      return;
    }
    for (const Relationship* relationship : relationships(subject_, view_.root, target)) {
      const bool filter_only =
        filters_by(target) || (!is_to_many(*relationship) && target.role == view_.spec->by);
      if (!filter_only && names_role(target, *relationship, words_)) {
        const std::vector<Hop> hops = read_path(subject_, view_, {view_.root.role, target.role});
        add(*relationship, !hops.empty() && is_constant(hops.front().loading), true);
      }
    }
    // By way of an association object.
    if (relationships(subject_, view_.root, target).empty()) {
      const std::vector<Hop> hops = read_path(subject_, view_, {view_.root.role, target.role});
      if (!hops.empty() && hops.front().relationship != nullptr && hops.front().to_many
          && names_role(target, *hops.front().relationship, words_)) {
        add(*hops.front().relationship, is_constant(hops.front().loading), true);
      }
    }
  }

  /// The name speaks of what the result is filtered by, not of what it brings.
  [[nodiscard]] bool filters_by(const EntityView& target) const
  {
    const auto keys = foreign_keys(view_.root, target);
    const auto across = relationships(subject_, view_.root, target);
    const auto leads = [&](const Filter& filter) {
      const bool of_target =
        std::ranges::find(target.classes, filter.class_name) != target.classes.end()
        || std::ranges::any_of(across, [&](const Relationship* relationship) {
             return relationship->name == filter.attribute
                    && stands_for(view_.root, filter.class_name);
           });
      return of_target || std::ranges::any_of(keys, [&](const ForeignKeyRef& key) {
               const Column* column = key.key->columns.empty()
                                        ? nullptr
                                        : find_column(*key.table, key.key->columns.front());
               return column != nullptr
                      && (column->name == filter.attribute
                          || column->attribute == filter.attribute);
             });
    };
    return std::ranges::any_of(view_.callable->statements, [&](const Statement& statement) {
      return std::ranges::any_of(statement.filters, leads);
    });
  }

  void claim_access(const RelationAccess& access)
  {
    const auto& all = subject_.facts.schema.relationships;
    const auto found = std::ranges::find_if(all, [&](const Relationship& each) {
      return each.owner == access.class_name && each.name == access.attribute;
    });
    if (found != all.end()) {
      const Growth growth = read_growth(subject_, view_);
      const bool grows = std::ranges::any_of(
        growth.evidence, [&](const Evidence& evidence) { return evidence.where == access.where; });
      add(*found, !grows);
    }
  }

  const Subject& subject_;
  const QueryView& view_;
  std::vector<std::string> words_;
  std::vector<Claim> claims_;
};

} // namespace

std::vector<Claim> read_claims(const Subject& subject, const QueryView& view)
{
  return view.callable == nullptr ? std::vector<Claim>() : Claims(subject, view).collect();
}

} // namespace assay::checks
