// SPDX-License-Identifier: MIT
// Gives the rubric's roles to the candidate's classes: the injective map with the best sum of name,
// structure and column scores. Source: checks.md section 3.
#include "engine/facts/extract.hpp"
#include "engine/facts/resolve/candidates.hpp"
#include "engine/facts/resolve/columns.hpp"
#include "engine/facts/resolve/names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace assay::facts {

namespace {

constexpr double k_name_weight = 0.45;
constexpr double k_structure_weight = 0.40;
constexpr double k_column_weight = 0.15;
constexpr double k_accept = 0.55;
constexpr double k_weak = 0.35;
constexpr double k_ambiguous = 0.08;
constexpr std::size_t k_max_maps = 3;
// Per role; beyond it the search would not stay under a millisecond. The best by name and columns
// are kept.
constexpr std::size_t k_max_options = 7;

/// -1: nobody plays the role.
using Assignment = std::vector<int>;

double origin_factor(EntityOrigin origin)
{
  switch (origin) {
  case EntityOrigin::mapped:
    return 1.0;
  case EntityOrigin::core_table:
    return 0.95;
  case EntityOrigin::raw_sql:
    return 0.9;
  case EntityOrigin::migration:
    return 0.85;
  }
  return 0;
}

class Resolver {
public:
  Resolver(const Facts& facts,
           const Rubric& rubric,
           const std::map<std::string, std::string>& fixed)
    : facts_(facts),
      rubric_(rubric),
      fixed_(fixed),
      candidates_(find_candidates(facts))
  {
    measure();
  }

  std::vector<Resolution> run()
  {
    Assignment assignment(rubric_.entities.size(), -1);
    search(0, assignment);
    std::ranges::stable_sort(found_,
                             [](const Scored& a, const Scored& b) { return a.total > b.total; });
    std::vector<Resolution> resolutions;
    std::set<Assignment> seen;
    for (const Scored& scored : found_) {
      if (resolutions.size() == k_max_maps || scored.total < found_.front().total - k_ambiguous) {
        break;
      }
      if (seen.insert(scored.assignment).second) {
        resolutions.push_back(build(scored));
      }
    }
    describe_alternatives(resolutions);
    return resolutions;
  }

private:
  struct Scored {
    Assignment assignment;
    std::vector<double> scores;
    double total = 0;
  };

  void measure()
  {
    const std::size_t count = candidates_.size();
    refers_.assign(count, std::vector<char>(count, 0));
    mandatory_.assign(count, std::vector<char>(count, 0));
    linked_.assign(count, std::vector<char>(count, 0));
    for (std::size_t a = 0; a < count; ++a) {
      for (std::size_t b = 0; b < count; ++b) {
        if (a != b) {
          refers_[a][b] = refers_to(candidates_[a], candidates_[b], Mandatory::no) ? 1 : 0;
          mandatory_[a][b] = refers_to(candidates_[a], candidates_[b], Mandatory::yes) ? 1 : 0;
        }
      }
    }
    for (std::size_t link = 0; link < count; ++link) {
      for (std::size_t a = 0; a < count; ++a) {
        for (std::size_t b = 0; b < count; ++b) {
          const bool joins = a != b && refers_[link][a] != 0 && refers_[link][b] != 0;
          if (joins && candidates_[link].link) {
            linked_[a][b] = 1;
          }
        }
      }
    }
    for (const EntitySpec& role : rubric_.entities) {
      std::vector<double> fit;
      for (const Candidate& candidate : candidates_) {
        const std::string table =
          candidate.table == nullptr ? std::string() : candidate.table->name;
        fit.push_back(k_name_weight * name_score(role, candidate.simple_name, table)
                      + k_column_weight * column_score(role, candidate));
      }
      fit_.push_back(std::move(fit));
      options_.push_back(options_for(role, fit_.back()));
    }
  }

  std::vector<int> options_for(const EntitySpec& role, const std::vector<double>& fit) const
  {
    std::vector<int> options;
    const auto wanted = fixed_.find(role.id);
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      if (wanted != fixed_.end()) {
        if (candidates_[i].class_name == wanted->second
            || candidates_[i].simple_name == wanted->second) {
          return {static_cast<int>(i)};
        }
        continue;
      }
      // A link is no entity, unless it bears the very name of the role.
      if (!candidates_[i].link || fit[i] >= k_name_weight * 0.9) {
        options.push_back(static_cast<int>(i));
      }
    }
    std::ranges::stable_sort(options, [&](int a, int b) {
      return fit[static_cast<std::size_t>(a)] > fit[static_cast<std::size_t>(b)];
    });
    if (options.size() > k_max_options) {
      options.resize(k_max_options);
    }
    return options;
  }

  void search(std::size_t role, Assignment& assignment)
  {
    if (role == rubric_.entities.size()) {
      keep(assignment);
      return;
    }
    assignment[role] = -1;
    search(role + 1, assignment);
    for (const int option : options_[role]) {
      if (std::find(
            assignment.begin(), assignment.begin() + static_cast<std::ptrdiff_t>(role), option)
          == assignment.begin() + static_cast<std::ptrdiff_t>(role)) {
        assignment[role] = option;
        search(role + 1, assignment);
      }
    }
    assignment[role] = -1;
  }

  void keep(const Assignment& assignment)
  {
    Scored scored{assignment, std::vector<double>(assignment.size(), 0), 0};
    for (std::size_t role = 0; role < assignment.size(); ++role) {
      if (assignment[role] >= 0) {
        scored.scores[role] = role_score(role, assignment);
        const bool forced = fixed_.contains(rubric_.entities[role].id);
        if (scored.scores[role] < k_weak && !forced) {
          return; // the same map without this role is visited too
        }
        scored.total += scored.scores[role];
      }
    }
    if (found_.empty() || scored.total >= best_ - k_ambiguous) {
      best_ = std::max(best_, scored.total);
      found_.push_back(std::move(scored));
    }
  }

  double role_score(std::size_t role, const Assignment& assignment) const
  {
    const auto self = static_cast<std::size_t>(assignment[role]);
    return origin_factor(candidates_[self].origin)
           * (fit_[role][self] + k_structure_weight * structure(role, assignment));
  }

  std::size_t role_index(const std::string& id) const
  {
    const auto found =
      std::ranges::find_if(rubric_.entities, [&](const EntitySpec& role) { return role.id == id; });
    return static_cast<std::size_t>(found - rubric_.entities.begin());
  }

  /// Satisfied edges over expected edges.
  double structure(std::size_t role, const Assignment& assignment) const
  {
    const std::string& id = rubric_.entities[role].id;
    const auto self = static_cast<std::size_t>(assignment[role]);
    double expected = 0;
    double satisfied = 0;
    bool carries = false;
    for (const RelationSpec& relation : rubric_.relations) {
      const bool is_from = relation.from == id;
      if ((!is_from && relation.to != id) || relation.from == relation.to) {
        continue;
      }
      const int other = assignment[role_index(is_from ? relation.to : relation.from)];
      const double weight = relation.optional ? 0.5 : 1.0;
      expected += weight;
      carries = carries || (is_from && relation.cardinality != Cardinality::many_to_many);
      if (other < 0) {
        continue;
      }
      const auto peer = static_cast<std::size_t>(other);
      const bool holds = relation.cardinality == Cardinality::many_to_many
                           ? linked_[self][peer] != 0
                         : is_from ? refers_[self][peer] != 0
                                   : refers_[peer][self] != 0;
      satisfied += holds ? weight : 0;
    }
    if (!carries) {
      // Nothing it must belong to: a mandatory reference to another entity speaks against it.
      expected += 0.5;
      const bool depends = std::ranges::any_of(assignment, [&](int other) {
        return other >= 0 && mandatory_[self][static_cast<std::size_t>(other)] != 0;
      });
      satisfied += depends ? 0 : 0.5;
    }
    return expected > 0 ? satisfied / expected : 1.0;
  }

  Resolution build(const Scored& scored) const
  {
    Resolution resolution;
    resolution.score = scored.total;
    for (std::size_t role = 0; role < scored.assignment.size(); ++role) {
      if (scored.assignment[role] < 0) {
        continue;
      }
      const Candidate& candidate = candidates_[static_cast<std::size_t>(scored.assignment[role])];
      const EntitySpec& spec = rubric_.entities[role];
      ResolvedEntity entity;
      entity.role = spec.id;
      entity.class_name = candidate.class_name;
      entity.table = candidate.table == nullptr ? std::string() : candidate.table->name;
      entity.origin = candidate.origin;
      entity.confidence = fixed_.contains(spec.id) ? 1.0 : std::min(1.0, scored.scores[role]);
      entity.weak = entity.confidence < k_accept;
      entity.aliases = candidate.aliases;
      for (std::size_t i = 1; i < candidate.tables.size(); ++i) {
        entity.alias_tables.push_back(candidate.tables[i]->name);
      }
      entity.columns = assign_columns(spec, candidate);
      entity.where = candidate.where;
      resolution.entities[spec.id] = std::move(entity);
    }
    for (const RelationSpec& relation : rubric_.relations) {
      if (relation.cardinality == Cardinality::many_to_many) {
        resolution.relations[relation.id] = {relation.id, links_of(relation, scored.assignment)};
      }
    }
    return resolution;
  }

  /// Tables with foreign keys to both sides: those a relationship uses first, then real links, then
  /// the rest.
  std::vector<std::string> links_of(const RelationSpec& relation,
                                    const Assignment& assignment) const
  {
    const int from = assignment[role_index(relation.from)];
    const int to = assignment[role_index(relation.to)];
    std::vector<std::pair<int, std::string>> ranked;
    for (std::size_t i = 0; from >= 0 && to >= 0 && i < candidates_.size(); ++i) {
      const Candidate& candidate = candidates_[i];
      const bool third = static_cast<int>(i) != from && static_cast<int>(i) != to;
      const bool taken = std::ranges::find(assignment, static_cast<int>(i)) != assignment.end();
      if (!third || candidate.table == nullptr || refers_[i][static_cast<std::size_t>(from)] == 0
          || refers_[i][static_cast<std::size_t>(to)] == 0) {
        continue;
      }
      const bool used =
        std::ranges::any_of(facts_.schema.relationships, [&](const Relationship& relationship) {
          return relationship.secondary == candidate.table->name;
        });
      ranked.emplace_back((used ? 0 : 4) + (candidate.link ? 0 : 2) + (taken ? 1 : 0),
                          candidate.table->name);
    }
    std::ranges::sort(ranked);
    std::vector<std::string> names;
    for (auto& [rank, name] : ranked) {
      names.push_back(std::move(name));
    }
    return names;
  }

  void describe_alternatives(std::vector<Resolution>& resolutions) const
  {
    for (std::size_t i = 0; i < resolutions.size(); ++i) {
      for (std::size_t j = 0; j < resolutions.size(); ++j) {
        if (i == j) {
          continue;
        }
        resolutions[i].ambiguous = true;
        for (const EntitySpec& role : rubric_.entities) {
          const std::string mine = name_of(resolutions[i], role.id);
          const std::string other = name_of(resolutions[j], role.id);
          if (mine != other) {
            const std::string note = fmt::format("{} is read as {}, could also be {}",
                                                 role.id,
                                                 mine.empty() ? "missing" : mine,
                                                 other.empty() ? "missing" : other);
            if (std::ranges::find(resolutions[i].notes, note) == resolutions[i].notes.end()) {
              resolutions[i].notes.push_back(note);
            }
          }
        }
      }
    }
  }

  static std::string name_of(const Resolution& resolution, const std::string& role)
  {
    const auto found = resolution.entities.find(role);
    if (found == resolution.entities.end()) {
      return {};
    }
    return found->second.class_name.empty() ? found->second.table : found->second.class_name;
  }

  const Facts& facts_;
  const Rubric& rubric_;
  const std::map<std::string, std::string>& fixed_;
  std::vector<Candidate> candidates_;
  std::vector<std::vector<char>> refers_;
  std::vector<std::vector<char>> mandatory_;
  std::vector<std::vector<char>> linked_;
  std::vector<std::vector<double>> fit_;
  std::vector<std::vector<int>> options_;
  std::vector<Scored> found_;
  double best_ = 0;
};

} // namespace

std::vector<Resolution>
resolve(const Facts& facts, const Rubric& rubric, const std::map<std::string, std::string>& fixed)
{
  return Resolver(facts, rubric, fixed).run();
}

} // namespace assay::facts
