// SPDX-License-Identifier: MIT
// The check catalogue: a kind is a generic, parameterised question about a submission. In: facts,
// the roles they play, the parameters of one check. Out: a finding. Kinds are pure; they never read
// files, run commands, look at the clock or know any particular assignment.
#pragma once

#include "engine/model/facts.hpp"
#include "engine/model/resolution.hpp"
#include "engine/model/rubric.hpp"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay::checks {

/// What a kind may look at.
struct Subject {
  const Facts& facts;
  const Resolution& roles;
  const Rubric& rubric;
};

/// What a kind found. `judge` turns it into a Verdict: it multiplies `share` by the credit of every
/// level, applies the static cap and the honest rule (below confidence 0.6 nothing is decided).
struct Finding {
  enum class State {
    decided,        ///< share and levels say the credit
    undetermined,   ///< could not be established; `share` is the best guess
    not_applicable, ///< the feature is absent and not asked for
  };
  State state = State::undetermined;
  double share = 0;                ///< 0..1
  std::vector<std::string> levels; ///< names declared by the kind; the rubric gives their credit
  std::vector<std::string>
    noted;               ///< levels already counted in `share`: for messages, not multiplied
  double confidence = 0; ///< 0..1, checks.md section 7
  Basis basis = Basis::reading;
  std::string reason; ///< one sentence a candidate understands, names what and where
  std::vector<Evidence> evidence;
  bool nothing_seen = false; ///< there was nothing to inspect: the rubric's messages would not fit
};

/// Shorthands; `reason` as in Finding.
Finding passed(double confidence, std::string reason, std::vector<Evidence> evidence = {});
Finding failed(double confidence, std::string reason, std::vector<Evidence> evidence = {});
Finding
shared(double share, double confidence, std::string reason, std::vector<Evidence> evidence = {});
Finding at_level(std::string level,
                 double confidence,
                 std::string reason,
                 std::vector<Evidence> evidence = {});
Finding undetermined(std::string reason, double guess = 0, std::vector<Evidence> evidence = {});
Finding not_applicable(std::string reason);

enum class ParamType {
  text, ///< one of `choices` if there are any
  number,
  flag,      ///< true | false
  text_list, ///< members from `choices` if there are any
  entity,    ///< id of a declared entity
  entity_list,
  relation, ///< id of a declared relation
  relation_list,
  query, ///< id of a declared query
  query_list,
  column_role, ///< "user.identity": entity and column role, both declared
  column_role_list,
  path_list, ///< "post.comment": chains of entities joined by declared relations
};

/// Declared once; used for validation, the generated page, the rubric schema and `assay checks
/// show`.
struct Param {
  std::string_view name;
  ParamType type = ParamType::text;
  bool required = false;
  std::string_view fallback = {}; ///< as it would be written in YAML; empty: none
  std::string_view unit = {};     ///< or range, for people
  std::string_view summary;       ///< one sentence
  std::span<const std::string_view> choices = {};
};

/// A partial level a finding may carry, with the credit it has unless the rubric says otherwise.
struct Level {
  std::string_view name;
  double credit = 0;
  std::string_view summary;
};

/// An example for the page and the generic test: Python files, parameters, the outcome they must
/// lead to.
struct ExampleFile {
  std::string_view path;
  std::string_view text;
};

struct Example {
  std::string_view title;
  std::span<const ExampleFile> files;
  std::string_view params;  ///< YAML flow map
  std::string_view outcome; ///< pass | partial | fail | unverified | not_applicable
};

/// Bound parameters of one check: validated, with fallbacks filled in.
class Params {
public:
  /// `credits`: the credit of every level of the kind, as the rubric or else the kind has it.
  explicit Params(std::vector<std::pair<std::string, ParamValue>> values,
                  std::map<std::string, double> credits = {});

  /// Asking for a parameter the kind does not declare is a bug: std::logic_error.
  [[nodiscard]] const std::string& text(std::string_view name) const;
  [[nodiscard]] double number(std::string_view name) const;
  [[nodiscard]] bool flag(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> list(std::string_view name) const;

  /// False for an optional parameter that was not given and has no fallback, or is empty.
  [[nodiscard]] bool has(std::string_view name) const;

  /// Credit of a level, for kinds that grade parts and average them. A level the kind does not
  /// declare is a bug: std::logic_error.
  [[nodiscard]] double credit(std::string_view level) const;

private:
  [[nodiscard]] const ParamValue& find(std::string_view name) const;

  std::vector<std::pair<std::string, ParamValue>> values_;
  std::map<std::string, double> credits_;
};

struct Kind {
  std::string_view id; ///< "entity.unique"; the file is kinds/entity_unique.cpp
  std::string_view since;
  std::string_view summary;     ///< one sentence
  std::string_view why;         ///< Markdown: what it measures
  std::string_view blind_spots; ///< Markdown: what it cannot see
  std::span<const Param> params;
  std::span<const Level> levels;
  std::span<const Example> examples;
  std::span<const FactFamily> requests;
  Finding (*evaluate)(const Subject&, const Params&);
  std::string_view references = {}; ///< Markdown list: documentation that the judgement rests on
};

} // namespace assay::checks
