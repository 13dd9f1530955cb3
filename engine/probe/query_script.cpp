// SPDX-License-Identifier: MIT
#include "engine/probe/query_script.hpp"

#include "engine/base/text.hpp"
#include "engine/probe/answers.hpp"
#include "engine/probe/rows.hpp"
#include "engine/probe/seed_database.hpp"
#include "engine/probe/sql_name.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace assay::probe {

using wire::Value;

namespace {

constexpr int k_most_holds = 64;

bool is_name_part(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// The name that ends at `end`, in quotes or not; `end` moves in front of it.
std::string name_before(std::string_view sql, std::size_t& end)
{
  const bool quoted = end > 0 && sql[end - 1] == '"';
  const std::size_t stop = quoted ? end - 1 : end;
  std::size_t start = stop;
  while (start > 0 && (quoted ? sql[start - 1] != '"' : is_name_part(sql[start - 1]))) {
    --start;
  }
  end = quoted && start > 0 ? start - 1 : start;
  return std::string(sql.substr(start, stop - start));
}

void skip_blanks_back(std::string_view sql, std::size_t& end)
{
  while (end > 0 && (sql[end - 1] == ' ' || sql[end - 1] == '\n')) {
    --end;
  }
}

class ScriptRun {
public:
  ScriptRun(cell::Run& run,
            Ground& ground,
            const SeedShape& shape,
            const Script& script,
            ScriptAttempt& attempt)
    : run_(run),
      ground_(ground),
      database_(*ground.database),
      shape_(shape),
      script_(script),
      attempt_(attempt)
  {
  }

  bool go(const std::vector<AskedValue>& asked)
  {
    attempt_.blocks.resize(script_.blocks.size());
    printed_.resize(script_.blocks.size());
    if (!start()) {
      return attempt_.error.type != "ended";
    }
    if (!asked.empty()) {
      seed(asked); // it may look its object up before the first block that is wanted
    }
    int block = -1;
    for (int holds = 0; holds <= k_most_holds; ++holds) {
      if (block >= 0 && !attempt_.rows_there && script_.wanted[static_cast<std::size_t>(block)]) {
        seed(asked);
      }
      const cell::Reply reply = run_.step("script_go_on", Value());
      if (reply.kind != cell::Reply::Kind::value) {
        return reply.kind != cell::Reply::Kind::ended;
      }
      block_of_step_[run_.number()] = block;
      note(block, reply.value);
      if (truth_at(reply.value, "over")) {
        attempt_.error = error_at(reply.value, "error");
        attempt_.ok = attempt_.error.type.empty();
        attempt_.failed = attempt_.ok ? -1 : block;
        break;
      }
      const auto next = number_at(reply.value, "at");
      const bool known = next >= 0 && next < static_cast<std::int64_t>(script_.blocks.size());
      block = known ? static_cast<int>(next) : -1;
      if (truth_at(reply.value, "lost")) {
        attempt_ = {};
        attempt_.error.type = "too many turns";
        return true;
      }
    }
    count();
    return run_.step("release", Value()).kind != cell::Reply::Kind::ended;
  }

private:
  bool start()
  {
    Value::List blocks;
    for (const Callable* block : script_.blocks) {
      blocks.emplace_back(Value::List{Value(std::int64_t{block->where.line}),
                                      Value(std::int64_t{block->where.end_line})});
    }
    const cell::Reply reply = run_.step("script_start",
                                        Value(Value::Dict{{"module", Value(script_.module)},
                                                          {"name", Value(script_.name)},
                                                          {"blocks", Value(std::move(blocks))}}));
    if (reply.kind == cell::Reply::Kind::ended) {
      attempt_.error.type = "ended";
      return false;
    }
    if (reply.kind != cell::Reply::Kind::value || text_at(reply.value, "outcome") != "ok") {
      attempt_.error = error_at(reply.value, "error");
      return false;
    }
    return true;
  }

  void note(int block, const Value& answer)
  {
    if (block < 0) {
      return;
    }
    Attempt& attempt = attempt_.blocks[static_cast<std::size_t>(block)];
    attempt.ok = true;
    add_loads(attempt.run, answer);
    for (const std::string& warning : warnings_at(answer, "warnings")) {
      attempt.warnings.push_back(warning);
    }
    printed_[static_cast<std::size_t>(block)] += text_at(answer, "output", 100'000);
  }

  [[nodiscard]] const SeedRow& target() const
  {
    return ground_.seeds.rows[static_cast<std::size_t>(ground_.seeds.asked[k_target])];
  }

  [[nodiscard]] const Table* table_called(const std::string& name) const
  {
    const auto found = std::ranges::find(ground_.schema.tables, name, &Table::name);
    return found == ground_.schema.tables.end() ? nullptr : &*found;
  }

  [[nodiscard]] const Table* root_table() const
  {
    const auto row = std::ranges::find(ground_.seeds.rows, shape_.root, &SeedRow::role);
    return row == ground_.seeds.rows.end() ? nullptr : table_called(row->table);
  }

  /// Foreign keys of `table` to the object asked for, of one column.
  [[nodiscard]] std::vector<const ForeignKey*> keys_to_target(const Table& table) const
  {
    std::vector<const ForeignKey*> found;
    for (const ForeignKey& key : table.foreign_keys) {
      if (key.target_table == target().table && key.columns.size() == 1
          && key.target_columns.size() == 1) {
        found.push_back(&key);
      }
    }
    return found;
  }

  void seed(const std::vector<AskedValue>& asked)
  {
    const Table* root = root_table();
    if (root == nullptr || ground_.seeds.asked.size() <= k_target) {
      return;
    }
    attempt_.brought_own = count_rows(database_, root->name) > 0;
    const std::optional<Value> owner = busiest_owner(*root);
    attempt_.rows_there = static_cast<bool>(
      insert_seeds(database_, ground_.schema, ground_.seeds, 0, ground_.seeds.later));
    if (!attempt_.rows_there) {
      return;
    }
    if (owner) {
      give_roots_to(*root, *owner);
    } else {
      static_cast<void>(database_.set_foreign_keys(ForeignKeys::ignored));
      for (const AskedValue& value : asked) {
        make_target_answer(value);
      }
    }
  }

  /// The object with the most roots of the script's own.
  std::optional<Value> busiest_owner(const Table& root)
  {
    for (const ForeignKey* key : keys_to_target(root)) {
      const std::string column = sql_name(key->columns.front());
      const auto rows = database_.execute(fmt::format(
        "SELECT {0} FROM {1} WHERE {0} IS NOT NULL GROUP BY {0} ORDER BY count(*) DESC, {0} LIMIT "
        "1",
        column,
        database_.table(root.name)));
      if (rows && !rows->rows.empty() && !rows->rows.front().empty()) {
        return rows->rows.front().front();
      }
    }
    return std::nullopt;
  }

  void give_roots_to(const Table& root, const Value& owner)
  {
    for (const ForeignKey* key : keys_to_target(root)) {
      const Value* own = cell_of(target(), key->target_columns.front());
      if (own != nullptr) {
        set(root.name, key->columns.front(), owner, *own);
      }
    }
  }

  void set(const std::string& table, const std::string& column, const Value& to, const Value& from)
  {
    static_cast<void>(database_.execute(
      fmt::format("UPDATE {0} SET {1} = ? WHERE {1} = ?", database_.table(table), sql_name(column)),
      Value::List{to, from}));
  }

  /// Our object is the one that the script asks for: it gets the value, and whatever points at it.
  void make_target_answer(const AskedValue& asked)
  {
    const Table* root = root_table();
    std::string column = asked.table == target().table ? asked.column : std::string();
    for (const ForeignKey* key : keys_to_target(*root)) {
      if (asked.table == root->name && key->columns.front() == asked.column) {
        column = key->target_columns.front();
      }
    }
    const Value* own = column.empty() ? nullptr : cell_of(target(), column);
    if (own == nullptr) {
      return;
    }
    for (const Table& table : ground_.schema.tables) {
      for (const ForeignKey* key : keys_to_target(table)) {
        if (key->target_columns.front() == column) {
          set(table.name, key->columns.front(), asked.value, *own);
        }
      }
    }
    set(target().table, column, asked.value, *own);
  }

  /// Statements of each block, and what it printed of our rows.
  void count()
  {
    std::map<int, StepStatements> of_block;
    for (;;) {
      auto part = run_.databases().log(ground_.logged);
      if (!part || part->statements.empty()) {
        break;
      }
      for (const broker::LoggedStatement& statement : part->statements) {
        const auto step = block_of_step_.find(static_cast<int>(statement.step));
        if (step == block_of_step_.end()) {
          continue;
        }
        add_statement(statement, of_block[step->second]);
        if (statement.kind == "select") {
          note_asked(statement);
        }
      }
      ground_.logged = part->statements.back().sequence;
    }
    for (std::size_t i = 0; i < attempt_.blocks.size(); ++i) {
      Attempt& attempt = attempt_.blocks[i];
      const int block = static_cast<int>(i);
      attempt.run.in_call = of_block[block].count;
      attempt.run.rows = of_block[block].rows;
      add_repeated(attempt.run, of_block, {block});
      add_selects(attempt, of_block[block]);
      count_printed(*ground_.index, shape_, printed_[i], attempt.run);
      attempt.run.roots_cut = 0; // what is printed is chosen
      attempt.printed = true;
    }
  }

  /// The first value for each column of the object asked for, or of a key that leads to it.
  void note_asked(const broker::LoggedStatement& statement)
  {
    const Table* root = root_table();
    for (AskedValue& value : compared_values(statement.sql, statement.parameters)) {
      const bool about =
        value.table == target().table || (root != nullptr && value.table == root->name);
      const bool known = std::ranges::any_of(attempt_.asked, [&](const AskedValue& each) {
        return each.table == value.table && each.column == value.column;
      });
      if (about && !known) {
        attempt_.asked.push_back(std::move(value));
      }
    }
  }

  cell::Run& run_;
  Ground& ground_;
  RunDatabase& database_;
  const SeedShape& shape_;
  const Script& script_;
  ScriptAttempt& attempt_;
  std::map<int, int> block_of_step_;
  std::vector<std::string> printed_;
};

} // namespace

bool run_script(cell::Run& run,
                Ground& ground,
                const SeedShape& shape,
                const Script& script,
                const std::vector<AskedValue>& asked,
                ScriptAttempt& attempt)
{
  return ScriptRun(run, ground, shape, script, attempt).go(asked);
}

std::vector<AskedValue> compared_values(std::string_view sql, const Value& parameters)
{
  std::vector<AskedValue> found;
  const auto* const values = parameters.get<Value::List>();
  if (values == nullptr) {
    return found;
  }
  std::size_t index = 0;
  for (std::size_t at = sql.find('?'); at != std::string_view::npos && index < values->size();
       at = sql.find('?', at + 1), ++index) {
    std::size_t end = at;
    skip_blanks_back(sql, end);
    if (end == 0 || sql[end - 1] != '=') {
      continue;
    }
    --end;
    skip_blanks_back(sql, end);
    std::string column = name_before(sql, end);
    if (column.empty() || end == 0 || sql[end - 1] != '.') {
      continue;
    }
    --end;
    std::string table = name_before(sql, end);
    if (!table.empty()) {
      found.push_back({std::move(table), std::move(column), (*values)[index]});
    }
  }
  return found;
}

} // namespace assay::probe
