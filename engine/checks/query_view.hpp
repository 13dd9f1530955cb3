// SPDX-License-Identifier: MIT
// A query of the rubric in the candidate's code, as far as reading tells: the callable that was
// chosen, which of its statements selects the root, and how each hop of a path is loaded.
#pragma once

#include "engine/checks/kind.hpp"
#include "engine/checks/lookup.hpp"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace assay::checks {

struct QueryView {
  const QuerySpec* spec = nullptr;
  const Callable* callable = nullptr; ///< nullptr: none was chosen
  EntityView root;
  EntityView by; ///< the entity it is filtered by; not found() if there is none
  std::vector<const Statement*>
    statements; ///< that select the root, or `by` to reach the root from
  double confidence = 0;

  [[nodiscard]] bool understood() const
  {
    return callable != nullptr && callable->complete == Truth::yes;
  }
};

/// True if `name`, a class or a table as a statement writes it, is of the entity.
bool stands_for(const EntityView& view, const std::string& name);

/// True if the statement reads rows or columns of the entity.
bool selects(const Statement& statement, const EntityView& view);

QueryView view_query(const Subject& subject, std::string_view id);

/// The finding where no callable was chosen: fail if everything was understood, else undetermined.
Finding no_callable(const Subject& subject, const QueryView& view);

/// The finding of checks that need queries where there is none at all (R10). Empty if there are
/// some.
std::optional<Finding> without_queries(const Subject& subject);

/// How the objects of one hop come into memory.
enum class Loading {
  eager,    ///< an option, the mapper, or rows that hold both ends
  separate, ///< another statement, once
  in_loop,  ///< a statement for each parent
  lazy,     ///< when the attribute is read
  raises,   ///< raiseload, lazy="raise"
  never,    ///< noload
  missing,  ///< there is no way from one end to the other
};

struct Hop {
  const Relationship* relationship =
    nullptr; ///< nullptr for Loading::separate, in_loop and missing
  Loading loading = Loading::missing;
  bool to_many = true;
  bool touched = false; ///< the callable itself reads the attribute
  Location where;       ///< of the option, the relationship or the statement
};

/// How the roles of `path` ("post", "comment") are reached from each other in this callable; one
/// Hop for each step.
std::vector<Hop>
read_path(const Subject& subject, const QueryView& view, const std::vector<std::string>& path);

/// True for Loading::eager and separate.
bool is_constant(Loading loading);

/// Growth inside the callable: statements in loops, relationships read in loops without having been
/// loaded.
struct Growth {
  bool per_root = false;
  bool per_leaf = false;      ///< only deeper than the root's own elements
  Truth certain = Truth::yes; ///< unknown: an attribute was recognised by name alone
  std::string reason;
  std::vector<Evidence> evidence;

  [[nodiscard]] bool any() const { return per_root || per_leaf; }
};

Growth read_growth(const Subject& subject, const QueryView& view);

/// The same for any callable, without a query of the rubric.
Growth read_growth(const Subject& subject, const Callable& callable);

/// A joined collection in select() style without .unique(): InvalidRequestError as soon as there
/// are rows (R4).
struct RaisesOnRows {
  Truth raises = Truth::no;
  std::string reason;
  Location where;
};

RaisesOnRows read_raising(const Subject& subject, const QueryView& view);

/// contains_eager together with LIMIT cuts rows (R5); nullptr if it does not happen.
const Statement* cut_by_limit(const QueryView& view);

/// Relationship that a step of a load path names; nullptr if there is none.
const Relationship* relationship_of(const Subject& subject, const LoadStep& step);

bool is_to_many(const Relationship& relationship);
/// .one(), .first(), session.get(): one object or none.
bool returns_one(const Statement& statement);
bool is_eager_strategy(std::string_view strategy);
/// lazy="selectin", "joined", "subquery", False on the mapper.
bool is_eager_mapping(const Relationship& relationship);

/// A collection that is a query itself (dynamic, write_only): an eager option for it raises.
bool is_query_collection(const Relationship& relationship);

/// "queries.py::posts_by_user" as a reader sees it.
std::string label(const Callable& callable);

/// The callable's own place.
std::vector<Evidence> evidence_of(const QueryView& view);

/// `judge_one` for each query; the finding with the lowest expected credit. Undetermined ones count
/// with their guess, those not applicable only when all are.
Finding lower_of(const Subject& subject,
                 const std::vector<std::string>& queries,
                 Finding (*judge_one)(const Subject&, const QueryView&));

/// `judge` with the basis of the query facts, unless calls established it; for Kind::evaluate.
template<Finding (*judge)(const Subject&, const Params&)>
Finding on_queries(const Subject& subject, const Params& params)
{
  Finding finding = judge(subject, params);
  if (finding.basis < Basis::cross_checked) {
    finding.basis =
      subject.facts.queries.basis == Basis::none ? Basis::reading : subject.facts.queries.basis;
  }
  return finding;
}

} // namespace assay::checks
