// SPDX-License-Identifier: MIT
#include "engine/probe/sent_sql.hpp"

#include "tests/support/catch.hpp"

#include <fmt/format.h>

using namespace assay;
using probe::describe_selects;

namespace {

Table table_with(std::string name, const std::string& target)
{
  Table table;
  table.name = std::move(name);
  Column id;
  id.name = "id";
  id.primary_key = Truth::yes;
  table.columns.push_back(id);
  if (!target.empty()) {
    ForeignKey key;
    key.columns = {"post_id"};
    key.target_table = target;
    table.foreign_keys.push_back(key);
  }
  return table;
}

SchemaFacts blog()
{
  SchemaFacts schema;
  schema.tables = {table_with("post", ""),
                   table_with("comment", "post"),
                   table_with("post_tag", "post"),
                   table_with("tag", "")};
  return schema;
}

SentSelects described(const std::string& sql)
{
  return describe_selects({sql}, blog(), "post");
}

} // namespace

TEST_CASE("The order of a SELECT is told by its own ORDER BY")
{
  CHECK(described("SELECT post.id FROM post").ordered == Truth::no);
  const SentSelects tied =
    described("SELECT post.id \nFROM post ORDER BY post.created DESC\n LIMIT ? OFFSET ?");
  CHECK(tied.ordered == Truth::yes);
  CHECK(tied.paged == Truth::yes);
  CHECK(tied.unique_order == Truth::no);
  const SentSelects unique = described(
    "SELECT \"Post\".id FROM blog.\"post\" ORDER BY post.created DESC, post.id DESC LIMIT 5");
  CHECK(unique.unique_order == Truth::yes);
  CHECK(described("SELECT post.id, row_number() OVER (PARTITION BY x ORDER BY y) FROM post").ordered
        == Truth::no);
  CHECK(described("SELECT comment.id FROM comment ORDER BY comment.id").ordered == Truth::unknown);
}

TEST_CASE("Rows multiply where two collections of the roots are joined in one SELECT")
{
  CHECK(
    described("SELECT 1 FROM post LEFT OUTER JOIN comment AS comment_1 ON post.id = 1").multiplies
    == Truth::no);
  CHECK(
    described("SELECT 1 FROM post LEFT OUTER JOIN comment AS c ON 1 LEFT OUTER JOIN post_tag ON 2")
      .multiplies
    == Truth::yes);
  CHECK(described("SELECT 1 FROM post LEFT OUTER JOIN (post_tag AS a JOIN tag AS b ON 1) ON 2")
          .multiplies
        == Truth::unknown);
  CHECK(described("SELECT 'join comment join post_tag' FROM post").multiplies == Truth::no);
}

TEST_CASE("Statements that differ say nothing together")
{
  const auto both = describe_selects(
    {"SELECT post.id FROM post", "SELECT post.id FROM post ORDER BY post.id"}, blog(), "post");
  CHECK(both.ordered == Truth::unknown);
  CHECK(both.paged == Truth::no);
}
