// SPDX-License-Identifier: MIT
#include "engine/probe/catalogue.hpp"

#include "tests/support/catch.hpp"

using assay::probe::reads_catalogue;

TEST_CASE("What drivers ask about the server reads catalogues alone")
{
  CHECK(reads_catalogue("select pg_catalog.version()"));
  CHECK(reads_catalogue("select current_schema()"));
  CHECK(reads_catalogue("show standard_conforming_strings"));
  CHECK(reads_catalogue("SET TIME ZONE 'UTC'"));
  CHECK(reads_catalogue("SELECT t.oid, typarray\nFROM pg_type t JOIN pg_namespace ns\n    ON "
                        "typnamespace = ns.oid\nWHERE typname = 'hstore';\n"));
}

TEST_CASE("A statement that names another table is counted, whatever else it names")
{
  CHECK_FALSE(reads_catalogue("SELECT post.id FROM post WHERE post.author_id = 1"));
  CHECK_FALSE(reads_catalogue("SELECT pg_catalog.version(), post.id FROM post"));
  CHECK_FALSE(reads_catalogue("SELECT post.id FROM pg_type t, post"));
  CHECK_FALSE(reads_catalogue("SELECT id FROM pg_type t JOIN post ON true"));
  CHECK_FALSE(reads_catalogue("SELECT id FROM pg_type UNION SELECT id FROM post"));
  CHECK_FALSE(reads_catalogue("SELECT (SELECT id FROM post) FROM pg_type"));
  CHECK_FALSE(reads_catalogue("SELECT id FROM pg_type WHERE oid IN (SELECT id FROM \"post\")"));
  CHECK_FALSE(reads_catalogue("WITH pg_x AS (SELECT id FROM post) SELECT id FROM pg_x"));
  CHECK_FALSE(reads_catalogue("SELECT id FROM pg_posts"));
  CHECK_FALSE(reads_catalogue("SELECT 1"));
  CHECK_FALSE(reads_catalogue(""));
}
