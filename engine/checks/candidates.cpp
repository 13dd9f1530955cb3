// SPDX-License-Identifier: MIT
#include "engine/checks/candidates.hpp"

#include "engine/base/text.hpp"
#include "engine/checks/query_restriction.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace assay::checks {

namespace {

// Weights follow checks.md 4.2.
constexpr double k_root_selected = 0.3;
constexpr double k_filtered = 0.2;
constexpr double k_loaded = 0.2;
constexpr double k_noun = 0.15;
constexpr double k_intent = 0.2;
constexpr double k_mention = 0.1;
constexpr double k_writes = -0.5;
constexpr double k_outer =
  -0.1; // a route, a property or a private helper: prefer what it calls or what calls it
constexpr double k_eager = 0.3;

/// Everything a role goes by in facts: classes and tables, aliases included.
std::set<std::string> names_of(const Resolution& resolution, const std::string& role)
{
  std::set<std::string> names;
  const auto found = resolution.entities.find(role);
  if (found != resolution.entities.end()) {
    const ResolvedEntity& entity = found->second;
    names.insert({entity.class_name, entity.table});
    names.insert(entity.aliases.begin(), entity.aliases.end());
    names.insert(entity.alias_tables.begin(), entity.alias_tables.end());
    names.erase("");
  }
  return names;
}

class Ranking {
public:
  Ranking(const Facts& facts,
          const Resolution& resolution,
          const Rubric& rubric,
          const QuerySpec& query)
    : facts_(facts),
      query_(query),
      root_(names_of(resolution, query.root))
  {
    collect_starts(resolution, rubric);
    collect_members(resolution);
    collect_nouns(rubric);
    for (const std::string& phrase : query.intent) {
      intent_.push_back(to_lower(phrase));
    }
  }

  /// Nothing if the callable does not fit at all.
  [[nodiscard]] double score(const Callable& callable) const
  {
    if (callable.live == Truth::no || callable.bad_example || !is_drivable(callable.kind)
        || only_shows(callable)) {
      return 0;
    }
    const double body =
      answers_unread(callable) ? k_root_selected + k_filtered : body_score(callable);
    if (body <= 0) {
      return 0;
    }
    return std::max(0.01,
                    body + word_score(callable) + (callable.writes ? k_writes : 0.0)
                      + (is_outer(callable) ? k_outer : 0.0));
  }

private:
  static bool is_drivable(CallableKind kind)
  {
    switch (kind) {
    case CallableKind::function:
    case CallableKind::method:
    case CallableKind::coroutine:
    case CallableKind::route:
    case CallableKind::script:
    case CallableKind::statement:
    case CallableKind::property:
      return true;
    case CallableKind::template_:
      return false;
    }
    return false;
  }

  /// Nothing of it could be read, and it brought the objects when it was called.
  [[nodiscard]] bool answers_unread(const Callable& callable) const
  {
    return says_nothing(callable)
           && std::ranges::any_of(facts_.query_runs.callables, [&](const DrivenCallable& driven) {
                return driven.ref == callable.ref && driven.root == query_.root
                       && driven.outcome == DriveOutcome::ran;
              });
  }

  /// A consumer that nobody calls for its answer.
  static bool only_shows(const Callable& callable)
  {
    return callable.name.ends_with("__repr__") || callable.name.ends_with("__str__");
  }

  static bool is_outer(const Callable& callable)
  {
    return callable.kind == CallableKind::route || callable.kind == CallableKind::property
           || callable.name.starts_with('_');
  }

  /// Where a query may start instead of at its root: what it is filtered by, or else every entity
  /// that the root belongs to.
  void collect_starts(const Resolution& resolution, const Rubric& rubric)
  {
    for (const RelationSpec& relation : rubric.relations) {
      const bool owner =
        query_.by.empty() ? relation.from == query_.root : relation.to == query_.by;
      if (owner && relation.cardinality != Cardinality::many_to_many) {
        by_.merge(names_of(resolution, relation.to));
      }
    }
    by_.merge(names_of(resolution, query_.by));
    for (const auto& entity : resolution.entities) {
      any_.merge(names_of(resolution, entity.first));
    }
  }

  /// Classes on the paths, and the relationship attributes that lead along them.
  void collect_members(const Resolution& resolution)
  {
    std::set<std::string> path_roles = {query_.root};
    for (const auto& path : query_.paths) {
      path_roles.insert(path.begin(), path.end());
    }
    for (const std::string& role : path_roles) {
      const auto names = names_of(resolution, role);
      path_classes_.insert(names.begin(), names.end());
    }
    for (const Relationship& relationship : facts_.schema.relationships) {
      const bool owner_known =
        path_classes_.contains(relationship.owner) || by_.contains(relationship.owner);
      if (owner_known && path_classes_.contains(relationship.target)) {
        (root_.contains(relationship.target) ? to_root_ : onward_).insert(relationship.name);
      }
    }
  }

  /// Words that stand for the root, the filter and the paths, the candidate's own class names
  /// included.
  void collect_nouns(const Rubric& rubric)
  {
    std::set<std::string> roles = {query_.root};
    if (!query_.by.empty()) {
      roles.insert(query_.by);
    }
    for (const auto& path : query_.paths) {
      roles.insert(path.begin(), path.end());
    }
    for (const EntitySpec& entity : rubric.entities) {
      if (!roles.contains(entity.id)) {
        continue;
      }
      std::set<std::string>& words = nouns_[entity.id];
      for (std::size_t tier = 0; tier < std::min<std::size_t>(2, entity.names.size()); ++tier) {
        words.insert(entity.names[tier].begin(), entity.names[tier].end());
      }
    }
  }

  [[nodiscard]] bool selects_root(const Statement& statement) const
  {
    const auto is_root = [&](const std::string& name) { return root_.contains(name); };
    const auto column_of_root = [&](const std::string& column) {
      const auto dot = column.rfind('.');
      return dot != std::string::npos && root_.contains(column.substr(0, dot));
    };
    return std::ranges::any_of(statement.roots, is_root)
           || std::ranges::any_of(statement.columns, column_of_root)
           || mentions_root(statement.sql);
  }

  [[nodiscard]] bool mentions_root(const std::string& sql) const
  {
    const std::vector<std::string> words =
      sql.empty() ? std::vector<std::string>() : sql_words(sql);
    return std::ranges::any_of(words,
                               [&](const std::string& word) { return root_.contains(word); });
  }

  /// Lower-case words with their underscores: what tables are called in SQL.
  static std::vector<std::string> sql_words(const std::string& sql)
  {
    std::vector<std::string> words(1);
    for (const char c : to_lower(sql)) {
      const bool inner = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
      if (inner) {
        words.back() += c;
      } else if (!words.back().empty()) {
        words.emplace_back();
      }
    }
    return words;
  }

  /// An eager query may start anywhere as long as it loads something.
  [[nodiscard]] bool loads_anything(const Statement& statement) const
  {
    return query_.eager && !statement.options.empty()
           && std::ranges::any_of(statement.roots,
                                  [&](const std::string& name) { return any_.contains(name); });
  }

  [[nodiscard]] bool selects_by(const Statement& statement) const
  {
    return std::ranges::any_of(statement.roots,
                               [&](const std::string& name) { return by_.contains(name); });
  }

  [[nodiscard]] bool loads_path(const Statement& statement) const
  {
    return std::ranges::any_of(statement.options, [&](const LoadPath& path) {
      return std::ranges::any_of(path.steps, [&](const LoadStep& step) {
        return step.attribute == "*" || onward_.contains(step.attribute)
               || to_root_.contains(step.attribute);
      });
    });
  }

  [[nodiscard]] double body_score(const Callable& callable) const
  {
    bool root = false;
    bool filtered = false;
    bool loaded = false;
    bool through_other = false;
    bool elsewhere = false;
    for (const Statement& statement : callable.statements) {
      const bool here = selects_root(statement);
      root = root || here;
      through_other = through_other || selects_by(statement);
      elsewhere = elsewhere || loads_anything(statement);
      filtered = filtered || (!statement.filters.empty() && (here || selects_by(statement)));
      loaded = loaded || (!statement.options.empty() && loads_path(statement));
    }
    for (const RelationAccess& access : callable.accesses) {
      through_other = through_other || to_root_.contains(access.attribute);
      loaded = loaded || onward_.contains(access.attribute);
    }
    const bool around = through_other && (loaded || reaches_root(callable));
    if (!root && !around && !elsewhere) {
      return 0;
    }
    const double start = root ? k_root_selected : around ? k_root_selected / 2 : 0.0;
    return start + (filtered ? k_filtered : 0.0) + (loaded ? k_loaded : 0.0)
           + (query_.eager && has_options(callable) ? k_eager : 0.0);
  }

  [[nodiscard]] bool reaches_root(const Callable& callable) const
  {
    return std::ranges::any_of(callable.accesses, [&](const RelationAccess& access) {
      return to_root_.contains(access.attribute);
    });
  }

  static bool has_options(const Callable& callable)
  {
    return std::ranges::any_of(
      callable.statements, [](const Statement& statement) { return !statement.options.empty(); });
  }

  [[nodiscard]] double word_score(const Callable& callable) const
  {
    double score = 0;
    std::set<std::string> words;
    for (const std::string& word : identifier_words(callable.name)) {
      words.insert(singular(word));
    }
    for (const auto& [role, nouns] : nouns_) {
      const bool named =
        std::ranges::any_of(nouns, [&](const std::string& noun) { return words.contains(noun); });
      score += named ? k_noun : 0.0;
    }
    std::string name = to_lower(callable.name);
    std::ranges::replace(name, '_', ' ');
    std::string prose = name + "\n" + to_lower(callable.docstring);
    for (const std::string& comment : callable.comments) {
      prose += "\n" + to_lower(comment);
    }
    const bool intended = std::ranges::any_of(
      intent_, [&](const std::string& phrase) { return prose.find(phrase) != std::string::npos; });
    return score + (intended ? k_intent : 0.0) + (callable.readme_mention ? k_mention : 0.0);
  }

  const Facts& facts_;
  const QuerySpec& query_;
  std::set<std::string> root_;
  std::set<std::string> by_;
  std::set<std::string> any_; // every entity of the rubric
  std::set<std::string> path_classes_;
  std::set<std::string> to_root_; // attributes that lead to the root: user.posts
  std::set<std::string> onward_;  // attributes that lead along the paths: post.comments
  std::map<std::string, std::set<std::string>> nouns_;
  std::vector<std::string> intent_;
};

/// Whether a callable answers for one object.
enum class Asks { no, unclear, yes };

/// It selects a single root: "all posts of a user" it cannot bring.
bool brings_one_root(const QueryView& view)
{
  return !view.statements.empty()
         && std::ranges::all_of(view.statements, [&](const Statement* statement) {
              return returns_one(*statement) && selects(*statement, view.root);
            });
}

/// Where some callables answer for one object, a page for everybody is no candidate: it would be
/// chosen whenever the right one has a fault. Nor is one that brings a single root.
void keep_those_that_ask(std::vector<std::pair<double, std::string>>& scored,
                         const Facts& facts,
                         const Resolution& resolution,
                         const Rubric& rubric,
                         const QuerySpec& query)
{
  if (query.by.empty()) {
    return;
  }
  Resolution chosen = resolution;
  const Subject subject{facts, chosen, rubric};
  std::map<std::string, Asks> asks;
  std::map<std::string, bool> single;
  for (const auto& [score, ref] : scored) {
    chosen.queries = {{query.id, ref}};
    const QueryView view = view_query(subject, query.id);
    single[ref] = brings_one_root(view);
    asks[ref] = asks_for_one(subject, view) ? Asks::yes
                : view.understood()         ? Asks::no
                                            : Asks::unclear;
  }
  if (std::ranges::any_of(asks, [](const auto& each) { return each.second == Asks::yes; })) {
    std::erase_if(scored, [&](const auto& entry) { return asks[entry.second] == Asks::no; });
  }
  if (std::ranges::any_of(scored, [&](const auto& entry) { return !single[entry.second]; })) {
    std::erase_if(scored, [&](const auto& entry) { return single[entry.second]; });
  }
}

} // namespace

bool says_nothing(const Callable& callable)
{
  if (callable.live == Truth::no || callable.bad_example || callable.writes) {
    return false;
  }
  if (callable.statements.empty()) {
    return callable.complete != Truth::yes && callable.accesses.empty();
  }
  return std::ranges::all_of(callable.statements, [](const Statement& statement) {
    return statement.roots.empty() && statement.columns.empty();
  });
}

std::vector<std::string> rank_candidates(const Facts& facts,
                                         const Resolution& resolution,
                                         const Rubric& rubric,
                                         const QuerySpec& query)
{
  const Ranking ranking(facts, resolution, rubric, query);
  std::vector<std::pair<double, std::string>> scored;
  std::vector<std::pair<double, std::string>>
    writers; // deliverables only where nothing else is one
  for (const Callable& callable : facts.queries.callables) {
    if (const double score = ranking.score(callable); score > 0) {
      (callable.writes ? writers : scored).emplace_back(score, callable.ref);
    }
  }
  if (scored.empty() && facts.queries.hidden.empty()) {
    scored = std::move(writers);
  }
  keep_those_that_ask(scored, facts, resolution, rubric, query);
  std::ranges::sort(scored, [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  std::vector<std::string> refs;
  for (const auto& [score, ref] : scored) {
    if (refs.size() == k_max_candidates) {
      break;
    }
    refs.push_back(ref);
  }
  return refs;
}

} // namespace assay::checks
