// SPDX-License-Identifier: MIT
// A rubric as a plain value: the assignment's entities, relations and queries, the categories, the
// checks.
#pragma once

#include "engine/model/points.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace assay {

/// Where something stands in the rubric file. 1-based; 0 means "not from a file".
struct SourcePosition {
  int line = 0;
  int column = 0;
  bool operator==(const SourcePosition&) const = default;
};

/// A parameter of a check as written: a scalar, a list or a map of these. Scalars keep their text;
/// kinds say how to read it.
struct ParamValue {
  enum class Kind { scalar, list, map };
  Kind kind = Kind::scalar;
  std::string text;
  std::vector<ParamValue> items;                          ///< list
  std::vector<std::pair<std::string, ParamValue>> fields; ///< map, in the order written
  SourcePosition position;
  SourcePosition key_position; ///< of its key, when it is a field of a map
  bool operator==(const ParamValue&) const = default;
};

/// A column role of an entity: which names it may have, best first.
struct ColumnRole {
  std::string id; ///< "identity"
  std::vector<std::string>
    names; ///< "email", "username" ...: matched on identifier words, case-insensitive
  std::vector<std::string> families; ///< names of TypeFamily that fit; empty: any
  SourcePosition position;
  bool operator==(const ColumnRole&) const = default;
};

struct EntitySpec {
  std::string id; ///< role: "user"
  std::string title;
  std::vector<std::vector<std::string>>
    names;                         ///< tiers: canonical, tier 1, tier 2 (checks.md section 3)
  std::vector<std::string> hints;  ///< typical columns
  std::vector<std::string> unlike; ///< columns that speak against it (comment: title)
  std::vector<ColumnRole> columns;
  bool required = true;
  bool many_columns = true; ///< false: few columns are typical (tag)
  SourcePosition position;
  bool operator==(const EntitySpec&) const = default;
};

enum class Cardinality { many_to_one, one_to_one, many_to_many };

struct RelationSpec {
  std::string id;   ///< "authored"
  std::string from; ///< entity that carries the foreign key (or either side of a many-to-many)
  std::string to;
  Cardinality cardinality = Cardinality::many_to_one;
  bool optional = false;
  std::vector<std::string>
    names; ///< column names that stand for it when there is no foreign key: author, user_id
  std::vector<std::string> payload;
  SourcePosition position;
  bool operator==(const RelationSpec&) const = default;
};

/// A query the assignment asks for, e.g. posts of one user with their comments.
struct QuerySpec {
  std::string id; ///< "posts_with_comments"
  std::string title;
  std::string root;                            ///< entity returned
  std::string by;                              ///< entity it is filtered by; empty if any
  std::vector<std::vector<std::string>> paths; ///< entity chains to be loaded: [post, comment]
  std::vector<std::string> intent; ///< words in names, docstrings and comments that speak for it
  bool eager = false;              ///< the deliverable that has to avoid N+1
  SourcePosition position;
  bool operator==(const QuerySpec&) const = default;
};

struct CategorySpec {
  std::string id;
  std::string title;
  int weight = 0;          ///< all weights sum to 100
  double static_cap = 1.0; ///< credit that reading alone can establish
  SourcePosition position;
  bool operator==(const CategorySpec&) const = default;
};

struct CheckSpec {
  std::string id;   ///< "models.user-identity-unique"
  std::string kind; ///< "entity.unique"
  std::string category;
  std::string title;
  Points points;           ///< within the category; they sum to 100
  double static_cap = 1.0; ///< that of the category unless given
  bool by_reading =
    false; ///< reading settles it: no cap, and a file that does not parse costs nothing
  std::map<std::string, double> partial; ///< level -> credit 0..1
  std::map<std::string, std::string>
    messages;         ///< "pass", "fail", "unverified" or a level -> sentence for the candidate
  std::string advice; ///< how to do better; shown when points were lost
  std::vector<std::string> topics; ///< interview topics it probes
  ParamValue params;               ///< map of the kind's own parameters
  bool hidden = false;             ///< left out of the candidate's view
  SourcePosition position;
  std::map<std::string, SourcePosition>
    positions; ///< of single keys: "kind", "partial.nullable", "messages.fail"
  bool operator==(const CheckSpec&) const = default;
};

struct BandSpec {
  std::string id; ///< strong, good, mixed, weak
  double at_least = 0;
  SourcePosition position;
  bool operator==(const BandSpec&) const = default;
};

/// Trips when every condition holds; caps the band, never the number.
struct GateCondition {
  std::string check;  ///< a check id; empty for a flag condition
  double at_most = 0; ///< credit
  std::string flag;   ///< integrity flag id ("any:cheat" means any flag of that weight)
  bool operator==(const GateCondition&) const = default;
};

struct GateSpec {
  std::string id;
  std::string title;
  std::vector<GateCondition> when;
  std::string cap; ///< band it caps to; empty: none
  bool needs_person = false;
  SourcePosition position;
  bool operator==(const GateSpec&) const = default;
};

struct TopicSpec {
  std::string id; ///< "lazy-vs-eager"
  std::string title;
  std::string question;
  SourcePosition position;
  bool operator==(const TopicSpec&) const = default;
};

struct Rubric {
  std::string id;
  std::string version;
  std::string title;
  std::string digest; ///< "sha256:..." of the file
  std::string path;   ///< as given, for messages; not part of the digest
  std::vector<EntitySpec> entities;
  std::vector<RelationSpec> relations;
  std::vector<QuerySpec> queries;
  std::vector<CategorySpec> categories;
  std::vector<CheckSpec> checks;
  std::vector<BandSpec> bands; ///< best first
  std::vector<GateSpec> gates;
  std::vector<TopicSpec> topics;
  std::map<std::string, std::string> flag_weights; ///< integrity flag -> "cheat" | "notice"
  bool operator==(const Rubric&) const = default;
};

} // namespace assay
