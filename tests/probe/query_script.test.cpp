// SPDX-License-Identifier: MIT
#include "engine/probe/query_script.hpp"

#include "tests/support/catch.hpp"

using namespace assay;
using wire::Value;

TEST_CASE("What a statement compares with its parameters is told by table and column")
{
  const Value values(Value::List{Value(7), Value("ana"), Value(10)});
  const auto found =
    probe::compared_values("SELECT posts.id FROM posts JOIN users ON users.id = posts.user_id\n"
                           "WHERE posts.user_id = ? AND \"users\".\"user name\" = ? LIMIT ?",
                           values);
  REQUIRE(found.size() == 2);
  CHECK(found[0].table == "posts");
  CHECK(found[0].column == "user_id");
  CHECK(*found[0].value.get<std::int64_t>() == 7);
  CHECK(found[1].table == "users");
  CHECK(found[1].column == "user name");
  CHECK(*found[1].value.get<std::string>() == "ana");
}

TEST_CASE("Parameters that no column of a table is compared with tell nothing")
{
  const Value one(Value::List{Value(1)});
  CHECK(probe::compared_values("SELECT 1 WHERE id = ?", one).empty());
  CHECK(probe::compared_values("SELECT 1 WHERE t.id IN (?)", one).empty());
  CHECK(probe::compared_values("= ?", one).empty());
  CHECK(probe::compared_values("?", one).empty());
  CHECK(probe::compared_values("SELECT 1 WHERE t.id = ?", Value()).empty());
  CHECK(probe::compared_values("SELECT 1 WHERE t.a = ? AND t.b = ?", one).size() == 1);
}
