// SPDX-License-Identifier: MIT
#include "engine/probe/query_result.hpp"

#include "engine/base/text.hpp"
#include "engine/probe/answers.hpp"
#include "engine/probe/catalogue.hpp"

#include <algorithm>
#include <array>

namespace assay::probe {

using wire::Value;

namespace {

constexpr std::size_t k_token = 10;
constexpr int k_deepest_node = 24;

/// A key part in one spelling: numbers as they are, texts without dashes in lower case.
std::string spelled(const Value& part)
{
  if (const auto* const number = part.get<std::int64_t>()) {
    return std::to_string(*number);
  }
  const auto* const text = part.get<std::string>();
  if (text == nullptr) {
    return "?";
  }
  std::string plain = to_lower(*text);
  if (plain.size() >= 32) {
    std::erase(plain, '-');
  }
  return plain;
}

bool is_token_part(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/// Counts what is found while a result is walked.
class Counter {
public:
  Counter(const SeedIndex& index, const SeedShape& shape, DriveRun& run)
    : index_(index),
      shape_(shape),
      run_(run)
  {
  }

  void visit(const Value& node, int context, int depth)
  {
    if (depth > k_deepest_node) {
      return;
    }
    if (const auto* const list = node.member("l"); list != nullptr) {
      visit_list(*list, context, depth);
    } else if (node.member("c") != nullptr) {
      visit_object(node, context, depth);
    } else if (const auto* const members = node.member("d"); members != nullptr) {
      visit_members(*members, context, depth);
    } else {
      std::set<int> roots;
      see_scalar(node, context, roots);
    }
  }

  void finish()
  {
    std::map<int, int> attached;
    for (const auto& [leaf, root] : leaves_) {
      attached[root] += root >= 0 ? 1 : 0;
      const SeedRow& row = row_at(leaf);
      run_.leaves_seen += row.owner == k_target ? 1 : 0;
      run_.leaves_attached += row.owner == k_target && root == row.parent ? 1 : 0;
    }
    for (const int root : roots_) {
      const SeedRow& row = row_at(root);
      const int wanted = leaves_of(root);
      if (row.owner != k_target) {
        ++run_.roots_foreign;
        continue;
      }
      if (wanted == 0) {
        ++run_.bare_seen;
        continue;
      }
      ++run_.roots_seen;
      run_.roots_whole += attached[root] >= wanted ? 1 : 0;
      run_.roots_cut += attached[root] > 0 && attached[root] < wanted ? 1 : 0;
    }
  }

private:
  [[nodiscard]] const SeedRow& row_at(int row) const
  {
    return index_.seeds().rows[static_cast<std::size_t>(row)];
  }

  [[nodiscard]] int leaves_of(int root) const
  {
    const auto& rows = index_.seeds().rows;
    return static_cast<int>(std::count_if(
      rows.begin(),
      rows.begin() + static_cast<std::ptrdiff_t>(index_.seeds().later),
      [&](const SeedRow& row) { return row.role == shape_.leaf && row.parent == root; }));
  }

  [[nodiscard]] bool is_root(int row) const
  {
    return row >= 0 && row_at(row).role == shape_.root && row_at(row).owner >= 0
           && static_cast<std::size_t>(row) < index_.seeds().later;
  }

  [[nodiscard]] bool is_leaf(int row) const
  {
    return row >= 0 && !shape_.leaf.empty() && row_at(row).role == shape_.leaf
           && row_at(row).parent >= 0 && static_cast<std::size_t>(row) < index_.seeds().later;
  }

  void see(int row, int context, std::set<int>& roots)
  {
    if (is_root(row)) {
      roots.insert(row);
      roots_.insert(row);
    } else if (is_leaf(row)) {
      see_leaf(row, context);
    }
  }

  void see_leaf(int leaf, int context)
  {
    const int own = row_at(leaf).parent;
    auto& root = leaves_.emplace(leaf, -1).first->second;
    if (context == own) {
      root = own;
    } else if (context >= 0 && foreign_.insert({leaf, context}).second) {
      ++run_.leaves_foreign;
    }
  }

  void see_scalar(const Value& scalar, int context, std::set<int>& roots)
  {
    if (const auto* const text = scalar.get<std::string>()) {
      for (const int row : index_.in_text(*text)) {
        see(row, context, roots);
      }
      const int keyed = index_.by_key(scalar);
      if (keyed >= 0) {
        see(keyed, context, roots);
      }
    } else if (scalar.get<std::int64_t>() != nullptr) {
      const int row = index_.by_key(scalar);
      if (is_root(row)) {
        // A number alone: a list of keys.
        see(row, context, roots);
      }
    }
  }

  void visit_list(const Value& list, int context, int depth)
  {
    const auto* const items = list.get<Value::List>();
    if (items == nullptr) {
      return;
    }
    std::map<int, int> times;
    for (const Value& item : *items) {
      const auto* const key =
        item.member("k") == nullptr ? nullptr : item.member("k")->get<Value::List>();
      if (key != nullptr) {
        const int row = index_.by_key(*key);
        run_.roots_repeated += is_root(row) && ++times[row] == 2 ? 1 : 0;
      }
      visit(item, context, depth + 1);
    }
  }

  void visit_object(const Value& node, int context, int depth)
  {
    std::set<int> roots;
    const Value* key = node.member("k");
    const int row = key == nullptr || key->get<Value::List>() == nullptr
                      ? -1
                      : index_.by_key(*key->get<Value::List>());
    see(row, context, roots);
    const int inner = is_root(row) ? row : context;
    if (const Value* related = node.member("r"); related != nullptr) {
      if (const auto* const relations = related->get<Value::Dict>()) {
        for (const auto& relation : *relations) {
          if (const auto* const items = relation.second.get<Value::List>()) {
            for (const Value& item : *items) {
              visit(item, inner, depth + 1);
            }
          }
        }
      }
    }
  }

  /// Members of a mapping or a row belong together: whatever names a root is the context of the
  /// rest.
  void visit_members(const Value& members, int context, int depth)
  {
    const auto* const dict = members.get<Value::Dict>();
    if (dict == nullptr) {
      return;
    }
    std::set<int> roots;
    std::vector<int> others;
    for (const auto& [name, member] : *dict) {
      const bool scalar = member.member("l") == nullptr && member.member("c") == nullptr
                          && member.member("d") == nullptr;
      if (scalar) {
        collect(name, member, roots, others);
      } else if (const auto* const key = member.member("k") == nullptr
                                           ? nullptr
                                           : member.member("k")->get<Value::List>()) {
        if (const int row = index_.by_key(*key); is_root(row)) {
          roots.insert(row);
        }
      }
    }
    for (const int root : roots) {
      roots_.insert(root);
    }
    const int inner = roots.size() == 1 ? *roots.begin() : context;
    for (const int leaf : others) {
      see_leaf(leaf, roots.contains(row_at(leaf).parent) ? row_at(leaf).parent : inner);
    }
    for (const auto& [name, member] : *dict) {
      const int named = index_.by_key(Value(name));
      visit_member(member, is_root(named) ? named : inner, is_root(named), depth);
    }
  }

  void visit_member(const Value& member, int context, bool keyed, int depth)
  {
    if (keyed) {
      roots_.insert(context);
    }
    if (member.member("l") != nullptr || member.member("c") != nullptr
        || member.member("d") != nullptr) {
      visit(member, context, depth + 1);
    }
  }

  void collect(const std::string& name,
               const Value& scalar,
               std::set<int>& roots,
               std::vector<int>& others)
  {
    std::vector<int> rows;
    if (const auto* const text = scalar.get<std::string>()) {
      rows = index_.in_text(*text);
    }
    if (const int row = index_.by_key(scalar); row >= 0 && names_key(name)) {
      rows.push_back(row);
    }
    for (const int row : rows) {
      if (is_root(row)) {
        roots.insert(row);
      } else if (is_leaf(row)) {
        others.push_back(row);
      }
    }
  }

  static bool names_key(const std::string& name)
  {
    const auto words = identifier_words(name);
    return std::ranges::any_of(words, [](const std::string& word) {
      return word == "id" || word == "pk" || word == "uuid" || word == "key" || word == "uid";
    });
  }

  const SeedIndex& index_;
  const SeedShape& shape_;
  DriveRun& run_;
  std::set<int> roots_;
  std::map<int, int> leaves_; // leaf -> its root if it stands with it, else -1
  std::set<std::pair<int, int>> foreign_;
};

bool mentions_later(const SeedIndex& index, const Value& node, std::size_t row, int depth)
{
  if (depth > k_deepest_node) {
    return false;
  }
  if (const auto* const text = node.get<std::string>()) {
    const auto found = index.in_text(*text);
    return std::ranges::find(found, static_cast<int>(row)) != found.end()
           || index.by_key(node) == static_cast<int>(row);
  }
  if (node.get<std::int64_t>() != nullptr) {
    return index.by_key(node) == static_cast<int>(row);
  }
  if (const auto* const list = node.get<Value::List>()) {
    return std::ranges::any_of(
      *list, [&](const Value& item) { return mentions_later(index, item, row, depth + 1); });
  }
  if (const auto* const dict = node.get<Value::Dict>()) {
    return std::ranges::any_of(*dict, [&](const auto& member) {
      return mentions_later(index, member.second, row, depth + 1);
    });
  }
  return false;
}

} // namespace

SeedIndex::SeedIndex(const Seeds& seeds, const SchemaFacts& schema)
  : seeds_(seeds)
{
  for (std::size_t i = 0; i < seeds.rows.size(); ++i) {
    const SeedRow& row = seeds.rows[i];
    const auto table = std::ranges::find(schema.tables, row.table, &Table::name);
    if (table == schema.tables.end()) {
      continue;
    }
    std::string key;
    for (const Column& column : table->columns) {
      const Value* cell = column.primary_key == Truth::yes ? cell_of(row, column.name) : nullptr;
      if (cell != nullptr) {
        key += (key.empty() ? "" : "|") + spelled(*cell);
      }
    }
    // Of two rows of one object (joined inheritance) the one with the role.
    const auto position = static_cast<int>(i);
    if (!key.empty() && (!keys_.contains(key) || !row.role.empty())) {
      keys_.insert_or_assign(key, position);
    }
    if (!tokens_.contains(row.token) || !row.role.empty()) {
      tokens_.insert_or_assign(row.token, position);
    }
  }
}

int SeedIndex::by_key(const Value::List& key) const
{
  std::string text;
  for (const Value& part : key) {
    text += (text.empty() ? "" : "|") + spelled(part);
  }
  const auto found = keys_.find(text);
  return found == keys_.end() ? -1 : found->second;
}

int SeedIndex::by_key(const Value& part) const
{
  const auto found = keys_.find(spelled(part));
  return found == keys_.end() ? -1 : found->second;
}

std::vector<int> SeedIndex::in_text(std::string_view text) const
{
  // Tokens are ten letters and digits; other text of that length is rare.
  std::vector<int> rows;
  const std::string lower = to_lower(text);
  std::size_t start = 0;
  while (start < lower.size()) {
    while (start < lower.size() && !is_token_part(lower[start])) {
      ++start;
    }
    std::size_t end = start;
    while (end < lower.size() && is_token_part(lower[end])) {
      ++end;
    }
    for (std::size_t at = start; at + k_token <= end; ++at) {
      const auto found = tokens_.find(lower.substr(at, k_token));
      if (found != tokens_.end()) {
        rows.push_back(found->second);
        at += k_token - 1;
      }
    }
    start = end;
  }
  return rows;
}

std::string SeedIndex::without_secrets(std::string text) const
{
  for (const auto& [token, row] : tokens_) {
    for (auto at = text.find(token); at != std::string::npos; at = text.find(token, at + 3)) {
      text.replace(at, token.size(), "…");
    }
  }
  for (const auto& [key, row] : keys_) {
    if (key.size() < 5) {
      continue;
    }
    for (auto at = text.find(key); at != std::string::npos; at = text.find(key, at + 3)) {
      text.replace(at, key.size(), "…");
    }
  }
  return text;
}

void count_nodes(const SeedIndex& index, const SeedShape& shape, const Value& node, DriveRun& run)
{
  Counter counter(index, shape, run);
  counter.visit(node, -1, 0);
  counter.finish();
}

void count_printed(const SeedIndex& index,
                   const SeedShape& shape,
                   std::string_view text,
                   DriveRun& run)
{
  // What stands after a root belongs to it: that is how people print.
  Value::List members;
  int context = -1;
  Counter counter(index, shape, run);
  for (const int row : index.in_text(text)) {
    const SeedRow& found = index.seeds().rows[static_cast<std::size_t>(row)];
    if (found.role == shape.root) {
      context = row;
    }
    if (found.role == shape.root || found.parent == context) {
      counter.visit(Value(found.token), context, 0);
    } else {
      counter.visit(Value(found.token), -1, 0);
    }
  }
  counter.finish();
}

bool has_later_rows(const SeedIndex& index, const Value& node, bool with_leaves)
{
  const auto& rows = index.seeds().rows;
  for (std::size_t i = index.seeds().later; i < rows.size(); ++i) {
    if (rows[i].owner == k_target && (rows[i].parent < 0 || with_leaves)
        && !mentions_later(index, node, i, 0)) {
      return false;
    }
  }
  return true;
}

void add_statement(const broker::LoggedStatement& statement, StepStatements& step)
{
  constexpr std::array<std::string_view, 5> k_counted = {
    "select", "insert", "update", "delete", "other"};
  const bool counted = std::ranges::find(k_counted, statement.kind) != k_counted.end();
  if (!counted || statement.implicit || statement.sql.find("sqlite_master") != std::string::npos
      || statement.sql.find("SAVEPOINT") != std::string::npos || reads_catalogue(statement.sql)) {
    step.ddl += statement.kind == "ddl" ? 1 : 0;
    step.writes += statement.kind == "ddl" ? 1 : 0;
    return;
  }
  const int times = statement.kind == "select"
                      ? 1
                      : static_cast<int>(std::max<std::int64_t>(statement.executions, 1));
  step.count += times;
  step.rows += static_cast<int>(statement.rows_returned);
  step.writes += statement.kind == "select" || statement.kind == "other" ? 0 : 1;
  step.texts[statement.sql.substr(0, k_longest_statement)] += times;
}

} // namespace assay::probe
