// SPDX-License-Identifier: MIT
#include "engine/probe/sent_sql.hpp"

#include "engine/base/text.hpp"
#include "engine/probe/sql_tokens.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace assay::probe {

namespace {

/// "post" of "blog.post"
std::string_view last_part(std::string_view name)
{
  const auto dot = name.rfind('.');
  return dot == std::string_view::npos ? name : name.substr(dot + 1);
}

bool is_table(std::string_view token, const std::string& table)
{
  return last_part(token) == to_lower(std::string(last_part(table)));
}

/// The tokens of a SELECT that stand in no parentheses; an opening one stands for what it holds.
std::vector<std::string> outer_tokens(std::string_view sql)
{
  std::vector<std::string> outer;
  int depth = 0;
  for (std::string& token : sql_tokens(sql)) {
    depth -= token == ")" ? 1 : 0;
    const bool opens = token == "(";
    if (depth == 0) {
      outer.push_back(std::move(token));
    }
    depth += opens ? 1 : 0;
  }
  return outer;
}

class Select {
public:
  Select(std::string_view sql, const SchemaFacts& schema, const Table& root)
    : tokens_(outer_tokens(sql)),
      schema_(schema),
      root_(root)
  {
  }

  [[nodiscard]] bool reads_root() const
  {
    const auto from = std::ranges::find(tokens_, "from");
    return !tokens_.empty() && tokens_.front() == "select" && from != tokens_.end()
           && from + 1 != tokens_.end() && is_table(*(from + 1), root_.name);
  }

  [[nodiscard]] SentSelects describe() const
  {
    SentSelects described;
    const auto order = order_at();
    described.ordered = truth(order != tokens_.end());
    described.paged = truth(std::ranges::find(tokens_, "limit") != tokens_.end()
                            || std::ranges::find(tokens_, "fetch") != tokens_.end());
    described.unique_order = truth(order != tokens_.end() && ends_with_key(order));
    described.multiplies = multiplies();
    return described;
  }

private:
  using Place = std::vector<std::string>::const_iterator;

  [[nodiscard]] Place order_at() const { return std::ranges::find(tokens_, "order"); }

  [[nodiscard]] bool ends_with_key(Place order) const
  {
    constexpr std::array<std::string_view, 4> k_after = {"limit", "offset", "fetch", "for"};
    std::string_view last;
    bool first_of_term = false;
    for (Place at = order + 1; at != tokens_.end(); ++at) {
      if (std::ranges::find(k_after, *at) != k_after.end()) {
        break;
      }
      if (first_of_term) {
        last = *at;
      }
      first_of_term = *at == "by" || *at == ",";
    }
    return std::ranges::any_of(root_.columns, [&](const Column& column) {
      return column.primary_key == Truth::yes && to_lower(column.name) == last_part(last);
    });
  }

  /// Tables with many rows for each root.
  [[nodiscard]] Truth multiplies() const
  {
    int collections = 0;
    for (Place at = tokens_.begin(); at != tokens_.end(); ++at) {
      if (*at != "join" || at + 1 == tokens_.end()) {
        continue;
      }
      if (*(at + 1) == "(" || *(at + 1) == "lateral") {
        return Truth::unknown;
      }
      collections +=
        std::ranges::any_of(schema_.tables,
                            [&](const Table& table) {
                              return is_table(*(at + 1), table.name) && points_at_root(table);
                            })
          ? 1
          : 0;
    }
    return truth(collections > 1);
  }

  [[nodiscard]] bool points_at_root(const Table& table) const
  {
    return table.name != root_.name
           && std::ranges::any_of(table.foreign_keys, [&](const ForeignKey& key) {
                return key.target_table == root_.name;
              });
  }

  std::vector<std::string> tokens_;
  const SchemaFacts& schema_;
  const Table& root_;
};

/// What both say; unknown where they differ.
Truth agreed(Truth left, Truth right)
{
  return left == right ? left : Truth::unknown;
}

} // namespace

SentSelects describe_selects(const std::vector<std::string>& selects,
                             const SchemaFacts& schema,
                             const std::string& root)
{
  const auto table = std::ranges::find(schema.tables, root, &Table::name);
  std::optional<SentSelects> all;
  for (const std::string& sql : selects) {
    if (table == schema.tables.end()) {
      break;
    }
    const Select select(sql, schema, *table);
    if (!select.reads_root()) {
      continue;
    }
    const SentSelects one = select.describe();
    all = !all ? one
               : SentSelects{agreed(all->ordered, one.ordered),
                             agreed(all->paged, one.paged),
                             agreed(all->unique_order, one.unique_order),
                             agreed(all->multiplies, one.multiplies)};
  }
  return all.value_or(SentSelects{});
}

} // namespace assay::probe
