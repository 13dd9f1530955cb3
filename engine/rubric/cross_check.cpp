// SPDX-License-Identifier: MIT
#include "engine/rubric/cross_check.hpp"

#include "engine/base/text.hpp"
#include "engine/model/type_family.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace assay::rubric {

namespace {

template<class Spec>
std::vector<std::string> ids_of(const std::vector<Spec>& specs)
{
  std::vector<std::string> ids;
  for (const Spec& spec : specs) {
    ids.push_back(spec.id);
  }
  return ids;
}

SourcePosition position_of(const CheckSpec& check, const std::string& key)
{
  const auto found = check.positions.find(key);
  return found == check.positions.end() ? check.position : found->second;
}

class CrossCheck {
public:
  CrossCheck(const Rubric& rubric, Issues& issues)
    : rubric_(rubric),
      issues_(issues),
      entities_(ids_of(rubric.entities)),
      categories_(ids_of(rubric.categories)),
      checks_(ids_of(rubric.checks)),
      bands_(ids_of(rubric.bands)),
      topics_(ids_of(rubric.topics))
  {
    for (const auto& [flag, weight] : rubric.flag_weights) {
      flags_.push_back(flag);
    }
    flags_.insert(flags_.end(), {"any:cheat", "any:notice"});
  }

  void run()
  {
    entities();
    relations();
    queries();
    weights();
    checks();
    points();
    bands();
    gates();
  }

private:
  void declared(std::string_view what,
                const std::string& id,
                const std::vector<std::string>& known,
                SourcePosition position)
  {
    if (!id.empty() && std::ranges::find(known, id) == known.end()) {
      issues_.add(
        position,
        fmt::format("undeclared {} \"{}\"{}", what, printable(id), suggestion(id, known)));
    }
  }

  void entities()
  {
    const std::vector<std::string> families(k_family_names.begin(), k_family_names.end());
    for (const EntitySpec& entity : rubric_.entities) {
      for (const ColumnRole& column : entity.columns) {
        for (const std::string& family : column.families) {
          if (std::ranges::find(families, family) == families.end()) {
            issues_.add(column.position,
                        fmt::format("unknown type family \"{}\"{}",
                                    printable(family),
                                    suggestion(family, families)));
          }
        }
      }
    }
  }

  void relations()
  {
    for (const RelationSpec& relation : rubric_.relations) {
      declared("entity", relation.from, entities_, relation.position);
      declared("entity", relation.to, entities_, relation.position);
    }
  }

  [[nodiscard]] bool joined(const std::string& a, const std::string& b) const
  {
    return std::ranges::any_of(rubric_.relations, [&](const RelationSpec& relation) {
      return (relation.from == a && relation.to == b) || (relation.from == b && relation.to == a);
    });
  }

  void queries()
  {
    for (const QuerySpec& query : rubric_.queries) {
      declared("entity", query.root, entities_, query.position);
      declared("entity", query.by, entities_, query.position);
      for (const auto& path : query.paths) {
        query_path(query, path);
      }
    }
  }

  void query_path(const QuerySpec& query, const std::vector<std::string>& path)
  {
    for (const std::string& entity : path) {
      declared("entity", entity, entities_, query.position);
    }
    if (path.size() < 2) {
      issues_.add(query.position, "a path names at least two entities, as in a.b");
    }
    for (std::size_t i = 1; i < path.size(); ++i) {
      if (!joined(path[i - 1], path[i])) {
        issues_.add(query.position,
                    fmt::format("no declared relation joins \"{}\" and \"{}\"",
                                printable(path[i - 1]),
                                printable(path[i])));
      }
    }
  }

  void weights()
  {
    int sum = 0;
    for (const CategorySpec& category : rubric_.categories) {
      if (category.weight == 0) {
        return; // unreadable, already reported
      }
      sum += category.weight;
    }
    if (!rubric_.categories.empty() && sum != 100) {
      issues_.add(rubric_.categories.front().position,
                  fmt::format("weights of the categories sum to {}, not 100", sum));
    }
  }

  void checks()
  {
    std::set<std::string> seen;
    for (const CheckSpec& check : rubric_.checks) {
      if (!check.id.empty() && !is_check_id(check.id)) {
        issues_.add(position_of(check, "id"),
                    fmt::format("\"{}\" is not a check id: write category.name in lower case",
                                printable(check.id)));
      }
      if (!check.id.empty() && !seen.insert(check.id).second) {
        issues_.add(position_of(check, "id"),
                    fmt::format("duplicate check id \"{}\"", printable(check.id)));
      }
      declared("category", check.category, categories_, position_of(check, "category"));
      for (const std::string& topic : check.topics) {
        declared("topic", topic, topics_, position_of(check, "topics"));
      }
    }
  }

  void points()
  {
    for (const CategorySpec& category : rubric_.categories) {
      Points sum;
      bool readable = true;
      for (const CheckSpec& check : rubric_.checks) {
        if (check.category == category.id) {
          sum += check.points;
          readable = readable && check.points >= Points{};
        }
      }
      if (readable && sum != Points{100'00}) {
        issues_.add(category.position,
                    fmt::format("points of category \"{}\" sum to {:.2f}, not 100.00",
                                category.id,
                                sum.value()));
      }
    }
  }

  void bands()
  {
    for (std::size_t i = 1; i < rubric_.bands.size(); ++i) {
      if (rubric_.bands[i].at_least == rubric_.bands[i - 1].at_least) {
        issues_.add(rubric_.bands[i].position,
                    fmt::format("bands \"{}\" and \"{}\" start at the same score",
                                rubric_.bands[i - 1].id,
                                rubric_.bands[i].id));
      }
    }
    if (!rubric_.bands.empty() && rubric_.bands.back().at_least != 0.0) {
      issues_.add(rubric_.bands.back().position, "the lowest band must start at 0");
    }
  }

  void gates()
  {
    for (const GateSpec& gate : rubric_.gates) {
      declared("band", gate.cap, bands_, gate.position);
      for (const GateCondition& condition : gate.when) {
        declared("check", condition.check, checks_, gate.position);
        declared("flag", condition.flag, flags_, gate.position);
      }
    }
  }

  const Rubric& rubric_;
  Issues& issues_;
  std::vector<std::string> entities_;
  std::vector<std::string> categories_;
  std::vector<std::string> checks_;
  std::vector<std::string> bands_;
  std::vector<std::string> topics_;
  std::vector<std::string> flags_;
};

} // namespace

void cross_check(const Rubric& rubric, Issues& issues)
{
  CrossCheck(rubric, issues).run();
}

} // namespace assay::rubric
