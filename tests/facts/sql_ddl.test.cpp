// SPDX-License-Identifier: MIT
#include "engine/facts/schema/sql_ddl.hpp"

#include "engine/facts/extract.hpp"
#include "tests/facts/schema_dump.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/memory_snapshot.hpp"

namespace assay::facts {

namespace {

std::string table_text(std::string_view sql)
{
  std::string out;
  for (const SqlEffect& effect : parse_sql_ddl(sql)) {
    if (effect.kind == SqlKind::create_table) {
      testing::dump_table(to_table(effect), out);
    }
  }
  return out;
}

} // namespace

TEST_CASE("CREATE TABLE gives columns, keys and references")
{
  struct Row {
    const char* sql;
    const char* expected;
  };

  const auto row = GENERATE(values<Row>({
    {"CREATE TABLE users (id SERIAL PRIMARY KEY, email VARCHAR(120) NOT NULL UNIQUE, bio text)",
     "table users\n  id integer default=server generated\n  email string(120) unique\n  bio text "
     "null\n"
     "  primary (id)\n  unique (email)\n"},
    {"create table if not exists \"blog\".\"posts\" (\n  id bigint generated always as identity,\n"
     "  user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE ON UPDATE NO ACTION,\n"
     "  created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,\n  PRIMARY KEY (id)\n);",
     "table blog.posts\n  id big_integer generated\n  user_id integer\n  created_at datetime "
     "default=server\n"
     "  primary (id)\n  fk (user_id) -> users(id) ondelete=CASCADE onupdate=NO ACTION\n"},
    {"CREATE TABLE `t` (`id` int(11) NOT NULL AUTO_INCREMENT, `name` varchar(50) DEFAULT NULL "
     "COMMENT 'it''s, a (name)',"
     " `kind` enum('a','b') NOT NULL DEFAULT 'a', PRIMARY KEY (`id`), UNIQUE KEY `uq_name` "
     "(`name`(20)),"
     " KEY `ix_kind` (`kind`,`id`)) ENGINE=InnoDB;",
     "table t\n  id integer generated\n  name string(50) null default=server\n  kind "
     "enumeration{a,b} default=server\n"
     "  primary (id)\n  unique (name) uq_name\n  index (kind,id) ix_kind\n"},
    {"CREATE TABLE post_tags (post_id INTEGER, tag_id INTEGER, CONSTRAINT pk PRIMARY KEY (post_id, "
     "tag_id),"
     " CONSTRAINT fk_post FOREIGN KEY (post_id) REFERENCES posts(id) ON DELETE SET NULL,"
     " FOREIGN KEY(tag_id) REFERENCES tags, CHECK (post_id > 0))",
     "table post_tags\n  post_id integer\n  tag_id integer\n  primary (post_id,tag_id) pk\n"
     "  fk (post_id) -> posts(id) ondelete=SET NULL fk_post\n  fk (tag_id) -> tags()\n  check "
     "post_id > 0\n"},
    {"CREATE TABLE settings (key VARCHAR(50) PRIMARY KEY, index INTEGER, flags integer[], price "
     "numeric(10, 2))",
     "table settings\n  key string(50)\n  index integer null\n  flags array null\n  price numeric "
     "null\n  primary (key)\n"},
    {"CREATE TABLE [dbo].[Users] ([Id] INT IDENTITY(1,1) NOT NULL, [Name] NVARCHAR(10))",
     "table Users\n  Id integer generated\n  Name string(10) null\n"},
    {"CREATE TABLE copy AS SELECT * FROM users", "table copy incomplete\n"},
    {"-- CREATE TABLE no (id int);\n/* CREATE TABLE no (id int); */ SELECT 'CREATE TABLE no (id "
     "int)';",
     ""},
  }));
  CAPTURE(row.sql);
  CHECK(table_text(row.sql) == row.expected);
}

TEST_CASE("Statements are told apart, whatever their dialect")
{
  struct Row {
    const char* sql;
    SqlKind kind;
    const char* table;
    const char* name;
  };

  const auto row = GENERATE(values<Row>({
    {"ALTER TABLE users ADD COLUMN age INTEGER NOT NULL DEFAULT 0",
     SqlKind::add_column,
     "users",
     ""},
    {"ALTER TABLE ONLY public.users ADD CONSTRAINT users_pkey PRIMARY KEY (id);",
     SqlKind::add_constraint,
     "users",
     "users_pkey"},
    {"alter table posts add foreign key (user_id) references users(id)",
     SqlKind::add_constraint,
     "posts",
     ""},
    {"ALTER TABLE users ADD UNIQUE (email)", SqlKind::add_constraint, "users", ""},
    {"ALTER TABLE users DROP COLUMN IF EXISTS age CASCADE", SqlKind::drop_column, "users", ""},
    {"ALTER TABLE users DROP CONSTRAINT uq_email", SqlKind::drop_constraint, "users", "uq_email"},
    {"ALTER TABLE users DROP PRIMARY KEY", SqlKind::drop_constraint, "users", "PRIMARY KEY"},
    {"ALTER TABLE users RENAME TO people", SqlKind::rename_table, "users", "people"},
    {"ALTER TABLE users RENAME COLUMN a TO b", SqlKind::rename_column, "users", "b"},
    {"ALTER TABLE users ALTER COLUMN a SET NOT NULL", SqlKind::alter_column, "users", ""},
    {"CREATE UNIQUE INDEX CONCURRENTLY ix ON users (lower(email)) WHERE deleted IS NULL",
     SqlKind::create_index,
     "users",
     "ix"},
    {"CREATE INDEX ON posts USING gin (search)", SqlKind::create_index, "posts", ""},
    {"DROP INDEX IF EXISTS blog.ix", SqlKind::drop_index, "", "ix"},
    {"DROP TABLE IF EXISTS users CASCADE", SqlKind::drop_table, "users", ""},
    {"CREATE TYPE status AS ENUM ('a', 'b')", SqlKind::create_type, "", "status"},
    {"DROP TYPE IF EXISTS status", SqlKind::drop_type, "", "status"},
    {"CREATE EXTENSION IF NOT EXISTS citext", SqlKind::create_extension, "", "citext"},
    {"CREATE OR REPLACE FUNCTION f() RETURNS trigger AS $$ BEGIN; DROP TABLE users; END $$ "
     "LANGUAGE plpgsql",
     SqlKind::create_other,
     "",
     "f"},
    {"CREATE TEMPORARY TABLE scratch (id int)", SqlKind::create_other, "scratch", ""},
    {"INSERT INTO tags (name) VALUES ('a; b')", SqlKind::dml, "tags", ""},
    {"UPDATE posts SET title = ''", SqlKind::dml, "posts", ""},
    {"SELECT 1", SqlKind::query, "", ""},
    {"PRAGMA foreign_keys=ON", SqlKind::transaction, "", ""},
    {"ALTER TYPE status ADD VALUE 'c'", SqlKind::other, "", ""},
  }));
  CAPTURE(row.sql);
  const auto effects = parse_sql_ddl(row.sql);
  REQUIRE(effects.size() == 1);
  CHECK(effects.front().kind == row.kind);
  CHECK(effects.front().table == row.table);
  CHECK(effects.front().name == row.name);
}

TEST_CASE("An index keeps what it computes and where it applies")
{
  const auto effects = parse_sql_ddl(
    "CREATE UNIQUE INDEX ix ON users (lower(email), id DESC) WHERE deleted_at IS NULL");
  REQUIRE(effects.size() == 1);
  const Key& key = effects.front().keys.at(0);
  CHECK(key.kind == KeyKind::unique_index);
  CHECK(key.columns == std::vector<std::string>{"email", "id"});
  CHECK(key.functional);
  CHECK(key.partial);
}

TEST_CASE("One ALTER TABLE with several clauses has several effects")
{
  const auto effects =
    parse_sql_ddl("ALTER TABLE t ADD a int, DROP COLUMN b, ADD CONSTRAINT c CHECK (a IN (1, 2))");
  REQUIRE(effects.size() == 3);
  CHECK(effects[0].kind == SqlKind::add_column);
  CHECK(effects[1].kind == SqlKind::drop_column);
  CHECK(effects[2].kind == SqlKind::add_constraint);
  CHECK(effects[2].checks.at(0).text == "a IN (1, 2)");
}

TEST_CASE("DROP TABLE of several tables drops each")
{
  const auto effects = parse_sql_ddl("DROP TABLE IF EXISTS a, b, c CASCADE;");
  REQUIRE(effects.size() == 3);
  CHECK(effects[0].table == "a");
  CHECK(effects[2].table == "c");
  CHECK(effects[0].cascade);
  CHECK(effects[2].cascade);
}

TEST_CASE("Statements know their line, through comments and strings with newlines")
{
  const auto effects =
    parse_sql_ddl("-- first\n\nINSERT INTO a VALUES ('x\ny');\n/* c\n c */\nDROP TABLE b;");
  REQUIRE(effects.size() == 2);
  CHECK(effects[0].line == 3);
  CHECK(effects[1].line == 7);
}

TEST_CASE("Broken and endless SQL ends")
{
  CHECK(parse_sql_ddl("").empty());
  CHECK(parse_sql_ddl(";;;").empty());
  CHECK_NOTHROW(parse_sql_ddl("CREATE TABLE"));
  CHECK_NOTHROW(parse_sql_ddl("CREATE TABLE t ((((((("));
  CHECK_NOTHROW(parse_sql_ddl("ALTER TABLE"));
  CHECK_NOTHROW(parse_sql_ddl("CREATE UNIQUE"));
  CHECK_NOTHROW(parse_sql_ddl("DROP"));
  CHECK_NOTHROW(parse_sql_ddl("'unclosed"));
  CHECK_NOTHROW(parse_sql_ddl("$tag$ unclosed"));
  CHECK(parse_sql_ddl(std::string(3'000'000, '(')).size() <= 1);
  std::string many;
  for (int i = 0; i < 5'000; ++i) {
    many += "DROP TABLE t;";
  }
  CHECK(parse_sql_ddl(many).size() == 2'000);
}

TEST_CASE("The schema of raw SQL is what its scripts leave")
{
  const Snapshot snapshot = test::memory_snapshot({
    {"schema.sql",
     "DROP TABLE IF EXISTS users;\nCREATE TABLE users (\n  id INTEGER PRIMARY KEY,\n  email TEXT "
     "NOT NULL\n);\n"
     "CREATE UNIQUE INDEX ux_email ON users (email);\n"},
    {"db.py",
     "import sqlite3\n\nSCHEMA = \"\"\"\nCREATE TABLE posts (id INTEGER PRIMARY KEY,\n"
     "  user_id INTEGER REFERENCES users);\n\"\"\"\n"},
    {"tests/seed.sql", "CREATE TABLE ghosts (id INTEGER);"},
  });
  Program program(snapshot);
  const SchemaFacts facts = read_raw_sql(program);
  CHECK(
    testing::dump(facts)
    == "table users\n  id integer\n  email text\n  primary (id)\n  unique index (email) ux_email\n"
       "table posts\n  id integer\n  user_id integer null\n  primary (id)\n  fk (user_id) -> "
       "users(id)\n");
  REQUIRE(facts.tables.size() == 2);
  CHECK(facts.tables[0].columns[1].where.line == 4);
  CHECK(facts.tables[1].where.path == "db.py");
  CHECK(facts.tables[1].columns[1].where.line == 5);
}

TEST_CASE("Tables of Django and Peewee models are read")
{
  const Snapshot snapshot = test::memory_snapshot({
    {"blog/models.py",
     "from django.db import models\n\nclass User(models.Model):\n    email = "
     "models.EmailField(unique=True)\n\n"
     "class Tag(models.Model):\n    name = models.CharField(max_length=30, unique=True)\n\n"
     "class Post(models.Model):\n    author = models.ForeignKey(User, on_delete=models.CASCADE)\n"
     "    body = models.TextField(null=True)\n    tags = models.ManyToManyField(Tag)\n"},
  });
  Program program(snapshot);
  CHECK(
    testing::dump(read_raw_sql(program))
    == "class blog.models.User blog_user declarative metadata=\n"
       "class blog.models.Tag blog_tag declarative metadata=\n"
       "class blog.models.Post blog_post declarative metadata=\n"
       "table blog_user\n  id integer\n  email string unique\n  primary (id)\n  unique (email)\n"
       "table blog_tag\n  id integer\n  name string(30) unique\n  primary (id)\n  unique (name)\n"
       "table blog_post\n  id integer\n  author_id=author integer index\n  body text null\n  "
       "primary (id)\n"
       "  index (author_id)\n  fk (author_id) -> blog_user(id) ondelete=CASCADE\n"
       "table blog_post_tags\n  blog_post_id integer\n  blog_tag_id integer\n  unique "
       "(blog_post_id,blog_tag_id)\n"
       "  fk (blog_post_id) -> blog_post(id)\n  fk (blog_tag_id) -> blog_tag(id)\n");
}

} // namespace assay::facts
