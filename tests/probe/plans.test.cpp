// SPDX-License-Identifier: MIT
#include "engine/probe/plans.hpp"

#include "tests/support/catch.hpp"

#include <map>

using namespace assay;

namespace {

/// A database that only plans: for each statement the tables that it reads whole.
class PlanningDatabase final : public probe::RunDatabase {
public:
  std::map<std::string, std::vector<std::string>> plans;

  [[nodiscard]] std::string_view kind() const override { return "sqlite"; }

  [[nodiscard]] std::string table(std::string_view name) const override
  {
    return std::string(name);
  }

  Expected<void> clear() override { return {}; }

  Expected<broker::Rows> execute(const std::string&, wire::Value::List, std::int64_t) override
  {
    return broker::Rows{};
  }

  Expected<std::int64_t> execute_many(const std::string&, wire::Value::List) override { return 0; }

  Expected<std::vector<Table>> reflect() override { return std::vector<Table>{}; }

  std::vector<std::string> types() override { return {}; }

  std::vector<std::string> read_whole(const std::string& sql) override { return plans[sql]; }

  Expected<probe::DatabaseImage> snapshot() override { return probe::DatabaseImage{}; }

  Expected<void> restore(const probe::DatabaseImage&) override { return {}; }

  bool ignore_checks() override { return true; }

  bool set_foreign_keys(probe::ForeignKeys) override { return true; }

  bool drop_computed_uniques(const std::string&) override { return false; }

  void settle_counters() override {}

  [[nodiscard]] std::int64_t sql_code() const override { return 0; }
};

SchemaFacts posts(bool with_index)
{
  Table table;
  table.name = "posts";
  ForeignKey key;
  key.columns = {"user_id"};
  key.target_table = "users";
  table.foreign_keys.push_back(key);
  if (with_index) {
    Key index;
    index.columns = {"user_id", "created_at"};
    table.keys.push_back(index);
  }
  SchemaFacts schema;
  schema.tables.push_back(table);
  return schema;
}

} // namespace

TEST_CASE("A comparison is told from a column that is only selected")
{
  CHECK(probe::compares("SELECT posts.id FROM posts WHERE posts.user_id = ?", "posts", "user_id"));
  CHECK(probe::compares("... WHERE posts.user_id IN (?, ?)", "posts", "user_id"));
  CHECK(probe::compares("... WHERE posts.user_id = $1::INTEGER", "posts", "user_id"));
  CHECK(probe::compares("... WHERE ? = posts.user_id", "posts", "user_id"));
  CHECK_FALSE(probe::compares("... ON users.id = posts.user_id", "posts", "user_id"));
  CHECK_FALSE(probe::compares("... WHERE posts.user_id = users.id", "posts", "user_id"));
  CHECK_FALSE(
    probe::compares("SELECT posts.user_id AS posts_user_id FROM posts", "posts", "user_id"));
  CHECK_FALSE(probe::compares("... WHERE posts.user_id_2 = ?", "posts", "user_id"));
  CHECK_FALSE(probe::compares("... WHERE old_posts.user_id = ?", "posts", "user_id"));
  CHECK_FALSE(probe::compares("", "posts", "user_id"));
}

TEST_CASE("A table that is read whole for a foreign key without an index is a scan")
{
  PlanningDatabase database;
  const std::string plain = "SELECT posts.id FROM posts WHERE posts.user_id = ?";
  const std::string aliased = "SELECT p.id FROM \"posts\" AS p WHERE p.user_id = ?";
  const std::string all = "SELECT posts.id, posts.user_id FROM posts";
  database.plans = {{plain, {"posts"}}, {aliased, {"p"}}, {all, {"posts"}}};
  const TableScan scan{"posts", "user_id"};
  CHECK(probe::find_scans(database, posts(false), {plain}) == std::vector{scan});
  CHECK(probe::find_scans(database, posts(false), {aliased, plain}) == std::vector{scan});
  CHECK(probe::find_scans(database, posts(false), {all}).empty());
  CHECK(probe::find_scans(database, posts(true), {plain}).empty());
  const std::string joined = "SELECT users.id FROM users JOIN posts ON users.id = posts.user_id";
  database.plans = {{joined, {"users", "posts.user_id"}}};
  CHECK(probe::find_scans(database, posts(false), {joined}) == std::vector{scan});
  database.plans = {{joined, {"posts"}}}; // it comes from the posts
  CHECK(probe::find_scans(database, posts(false), {joined}).empty());
  database.plans.clear(); // it finds another way
  CHECK(probe::find_scans(database, posts(false), {plain}).empty());
}
