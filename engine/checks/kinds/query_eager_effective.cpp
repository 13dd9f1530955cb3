// SPDX-License-Identifier: MIT
#include "engine/base/text.hpp"
#include "engine/checks/query_examples.hpp"
#include "engine/checks/query_view.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace assay::checks::query_eager_effective {

namespace {

constexpr Param k_params[] = {
  {.name = "query",
   .type = ParamType::query,
   .required = true,
   .summary = "The query of the rubric."},
  {.name = "paths",
   .type = ParamType::path_list,
   .required = true,
   .summary = "What can be promised, as chains of entities."},
};

constexpr Level k_levels[] = {
  {"missing_unique",
   0.3,
   "The options are right, but the result raises for the missing .unique()."},
  {"cut_by_limit", 0.4, "LIMIT together with contains_eager cuts collections."},
  {"data_dependent", 0.25, "Eager only for little data."},
};

constexpr Example k_examples[] = {
  {"Eager loading in select()", k_eager_books, "{query: eager, paths: [book.review]}", "pass"},
  {"A query in a loop", k_lazy_books, "{query: eager, paths: [book.review]}", "fail"},
  {"A query behind an unknown package",
   k_opaque_books,
   "{query: eager, paths: [book.review]}",
   "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::queries, FactFamily::schema};

/// One relationship that the query promises to bring without further statements.
struct Claim {
  const Relationship* relationship = nullptr;
  bool constant = false;
};

bool names_role(const Subject& subject,
                const EntityView& target,
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
  (void)subject;
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
  void add(const Relationship& relationship, bool constant)
  {
    const auto known = std::ranges::find_if(
      claims_, [&](const Claim& claim) { return claim.relationship == &relationship; });
    if (known == claims_.end()) {
      claims_.push_back({&relationship, constant});
    } else {
      known->constant = known->constant || constant;
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
      whole = whole && (eager || step.strategy == "defaultload");
      if (relationship != nullptr && eager) {
        add(*relationship,
            whole && (step.strategy != "immediateload" || !is_to_many(*relationship)));
      }
    }
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
        !is_to_many(*relationship) && (target.role == view_.spec->by || filters_by(target));
      if (!filter_only && names_role(subject_, target, *relationship, words_)) {
        const std::vector<Hop> hops = read_path(subject_, view_, {view_.root.role, target.role});
        add(*relationship, !hops.empty() && is_constant(hops.front().loading));
      }
    }
    // By way of an association object.
    if (relationships(subject_, view_.root, target).empty()) {
      const std::vector<Hop> hops = read_path(subject_, view_, {view_.root.role, target.role});
      if (!hops.empty() && hops.front().relationship != nullptr && hops.front().to_many
          && names_role(subject_, target, *hops.front().relationship, words_)) {
        add(*hops.front().relationship, is_constant(hops.front().loading));
      }
    }
  }

  /// The name speaks of what the result is filtered by, not of what it brings.
  [[nodiscard]] bool filters_by(const EntityView& target) const
  {
    const auto keys = foreign_keys(view_.root, target);
    const auto leads = [&](const Filter& filter) {
      const bool of_target =
        std::ranges::find(target.classes, filter.class_name) != target.classes.end();
      return of_target || std::ranges::any_of(keys, [&](const ForeignKeyRef& key) {
               const Column* column = key.key->columns.empty()
                                        ? nullptr
                                        : find_column(*key.table, key.key->columns.front());
               return column != nullptr
                      && (column->name == filter.attribute
                          || column->attribute == filter.attribute);
             });
    };
    return std::ranges::any_of(view_.statements, [&](const Statement* statement) {
      return std::ranges::any_of(statement->filters, leads);
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

Finding judge_claims(const QueryView& view, const std::vector<Claim>& claims)
{
  std::vector<Evidence> evidence = evidence_of(view);
  double constant = 0;
  bool collection = false;
  std::vector<std::string> lazy;
  for (const Claim& claim : claims) {
    constant += claim.constant ? 1 : 0;
    collection = collection || (claim.constant && is_to_many(*claim.relationship));
    if (!claim.constant) {
      lazy.push_back(short_name(claim.relationship->owner) + "." + claim.relationship->name);
      add_evidence(evidence, claim.relationship->where, "loaded one by one");
    }
  }
  if (!view.understood()) {
    return undetermined(
      fmt::format("What {} loads could not be read completely", label(*view.callable)),
      0.4,
      evidence);
  }
  if (claims.empty() || !collection) {
    return failed(view.confidence,
                  fmt::format("{} loads no collection eagerly", label(*view.callable)),
                  evidence);
  }
  const std::string reason =
    lazy.empty()
      ? fmt::format("{} brings what it promises without further statements", label(*view.callable))
      : fmt::format(
        "{} promises {}, but loads it one by one", label(*view.callable), fmt::join(lazy, ", "));
  return shared(constant / static_cast<double>(claims.size()), view.confidence, reason, evidence);
}

/// Collections of the wanted paths that are left lazy although the query starts further up (R3).
bool stops_short(const Subject& subject, const Params& params, const QueryView& view)
{
  return std::ranges::any_of(view.spec->paths, [&](const std::vector<std::string>& path) {
    const std::vector<Hop> hops = read_path(subject, view, path);
    const bool from_by =
      view.by.found() && std::ranges::all_of(view.statements, [&](const Statement* statement) {
        return std::ranges::none_of(statement->roots, [&](const std::string& name) {
          return std::ranges::find(view.root.classes, name) != view.root.classes.end();
        });
      });
    (void)params;
    return from_by && !hops.empty() && hops.back().loading == Loading::lazy;
  });
}

Finding evaluate(const Subject& subject, const Params& params)
{
  const QueryView view = view_query(subject, params.text("query"));
  if (view.callable == nullptr) {
    return no_callable(subject, view);
  }
  Finding finding = judge_claims(view, Claims(subject, view).collect());
  if (finding.state != Finding::State::decided || finding.share <= 0) {
    return finding;
  }
  if (const RaisesOnRows raising = read_raising(subject, view); raising.raises != Truth::no) {
    if (raising.raises == Truth::unknown) {
      return undetermined(raising.reason, 0.6, {{raising.where, ""}});
    }
    finding.levels.emplace_back("missing_unique");
    finding.reason = raising.reason;
    add_evidence(finding.evidence, raising.where, "");
  } else if (const Statement* cut = cut_by_limit(view)) {
    finding.levels.emplace_back("cut_by_limit");
    finding.reason = fmt::format("LIMIT together with contains_eager cuts the collections in {}",
                                 label(*view.callable));
    add_evidence(finding.evidence, cut->where, "");
  } else if (stops_short(subject, params, view)) {
    finding.share = std::min(finding.share, 0.5);
    finding.reason =
      fmt::format("{} loads one level eagerly and leaves the next one lazy", label(*view.callable));
  } else if (const Growth growth = read_growth(subject, view);
             growth.any() && growth.certain == Truth::unknown) {
    return undetermined(growth.reason + ", if the attribute is what its name says",
                        finding.share / 2,
                        growth.evidence);
  }
  return finding;
}

} // namespace

extern constinit const Kind kind{
  .id = "query.eager_effective",
  .since = "0.1",
  .summary = "What the query promises comes without a statement for each object.",
  .why = "The promise is what its options, its name, its docstring and its own body name; the "
         "credit is the share of it that is loaded with a constant number of statements.",
  .blind_spots = "What a running program alone shows.",
  .params = k_params,
  .levels = k_levels,
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_queries<evaluate>,
};

} // namespace assay::checks::query_eager_effective
