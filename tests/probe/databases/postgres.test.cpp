// SPDX-License-Identifier: MIT
#include "engine/probe/databases/postgres.hpp"

#include "engine/probe/databases/postgres_connection.hpp"
#include "engine/probe/sandbox.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>

using namespace assay;
using wire::Value;

namespace {

/// A sandbox with PostgreSQL, or nothing where there is none.
std::unique_ptr<probe::Sandbox> sandbox_with_postgres()
{
  const auto installation =
    probe::find_installation(std::filesystem::path(ASSAY_BUILD_DIR) / "tests");
  REQUIRE(installation);
  auto sandbox = probe::Sandbox::open(*installation, {});
  if (!sandbox || !(*sandbox)->postgres()) {
    WARN("not run: there is no PostgreSQL here");
    return nullptr;
  }
  return std::move(*sandbox);
}

std::int64_t number_of(probe::RunDatabase& database, const std::string& sql)
{
  const auto rows = database.execute(sql);
  REQUIRE(rows);
  const auto* const number = rows->rows.at(0).at(0).get<std::int64_t>();
  REQUIRE(number != nullptr);
  return *number;
}

} // namespace

TEST_CASE("Question marks outside of quotes stand for parameters")
{
  CHECK(probe::numbered_parameters("a = ? AND \"b?\" = '?' OR c IN (?, ?)")
        == "a = $1 AND \"b?\" = '?' OR c IN ($2, $3)");
}

TEST_CASE("PostgreSQL is reflected, put back and emptied")
{
  const auto sandbox = sandbox_with_postgres();
  if (!sandbox) {
    return;
  }
  auto server = sandbox->slot().postgres();
  REQUIRE(server);
  // What a candidate's role makes, without a candidate.
  auto candidate = probe::PostgresConnection::open((*server)->socket_folder(), "candidate");
  REQUIRE(candidate);
  REQUIRE((*candidate)->run("CREATE TABLE public.left_behind (id int)"));
  const auto found = sandbox->postgres();
  REQUIRE(found);
  CHECK((*found)->reflect()->empty()); // asking for it empties it
  REQUIRE(
    (*candidate)
      ->run("CREATE SCHEMA blog; CREATE TYPE blog.state AS ENUM ('draft', 'public'); "
            "CREATE TABLE public.users (id serial PRIMARY KEY, email varchar(80) NOT NULL "
            "UNIQUE); CREATE TABLE blog.posts (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY "
            "KEY, user_id int NOT NULL REFERENCES public.users ON DELETE CASCADE, words text[], "
            "extra jsonb NOT NULL DEFAULT '{}', state blog.state NOT NULL, length int "
            "GENERATED ALWAYS AS (cardinality(words)) STORED); "
            "CREATE UNIQUE INDEX lower_email ON public.users (lower(email)); "
            "CREATE INDEX drafts ON blog.posts (user_id) WHERE state = 'draft'; "
            "CREATE TABLE public.alembic_version (version_num varchar(32) PRIMARY KEY)"));
  probe::RunDatabase& database = **found;
  const auto tables = database.reflect();
  REQUIRE(tables);
  REQUIRE(tables->size() == 2);
  const Table& users = tables->at(0);
  const Table& posts = tables->at(1);
  CHECK(users.name == "users");
  CHECK(posts.name == "blog.posts");
  CHECK(users.columns.at(0).server_default_kind == DefaultKind::none); // a counter
  CHECK(users.columns.at(1).length == 80);
  CHECK(posts.columns.at(2).family == TypeFamily::array);
  CHECK(posts.columns.at(3).family == TypeFamily::json);
  CHECK(posts.columns.at(3).server_default_kind == DefaultKind::server);
  CHECK(posts.columns.at(4).enum_labels == std::vector<std::string>{"draft", "public"});
  CHECK(posts.columns.at(5).generated == Truth::yes);
  REQUIRE(posts.foreign_keys.size() == 1);
  CHECK(posts.foreign_keys.front().target_table == "users");
  CHECK(posts.foreign_keys.front().ondelete == "CASCADE");
  CHECK(std::ranges::any_of(users.keys, [](const Key& key) {
    return key.functional && key.kind == KeyKind::unique_index
           && key.columns == std::vector<std::string>{"email"};
  }));
  CHECK(std::ranges::any_of(posts.keys, [](const Key& key) { return key.partial; }));
  CHECK(database.types() == std::vector<std::string>{"state"});

  REQUIRE(database.execute_many("INSERT INTO " + database.table("users")
                                  + " (\"id\", \"email\") VALUES (?, ?)",
                                {Value(Value::List{7, "a@b"})}));
  REQUIRE(
    database.execute_many("INSERT INTO " + database.table("blog.posts")
                            + " (\"id\", \"user_id\", \"words\", \"state\") VALUES (?, ?, ?, ?)",
                          {Value(Value::List{3, 7, "{x,\"y, z\"}", "draft"})}));
  const auto image = database.snapshot();
  REQUIRE(image);
  CHECK_FALSE(database.execute("UPDATE " + database.table("blog.posts") + " SET user_id = 8"));
  CHECK(database.sql_code() == 787);
  // Counters go on behind the rows.
  database.settle_counters();
  REQUIRE((*candidate)->run("INSERT INTO public.users (email) VALUES ('c@d')"));
  CHECK(number_of(database, "SELECT max(id) FROM public.users") == 8);
  REQUIRE(database.execute("DELETE FROM " + database.table("users")));
  REQUIRE(database.restore(*image));
  CHECK(number_of(database, "SELECT id FROM public.users") == 7);
  CHECK(number_of(database, "SELECT length FROM blog.posts WHERE words[2] = 'y, z'") == 2);
}

TEST_CASE("Code that a candidate keeps in its tables gains nothing by the engine's touch")
{
  const auto sandbox = sandbox_with_postgres();
  if (!sandbox) {
    return;
  }
  auto server = sandbox->slot().postgres();
  REQUIRE(server);
  auto candidate = probe::PostgresConnection::open((*server)->socket_folder(), "candidate");
  REQUIRE(candidate);
  REQUIRE((*candidate)
            ->run("CREATE TABLE public.t (id int); CREATE TABLE public.seen (who text); "
                  "CREATE FUNCTION public.f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                  "INSERT INTO public.seen VALUES (session_user); "
                  "RESET ROLE; ALTER ROLE candidate SUPERUSER; RETURN NEW; END $$; "
                  "CREATE TRIGGER t BEFORE INSERT ON public.t FOR EACH ROW EXECUTE FUNCTION "
                  "public.f(); ALTER TABLE public.t ENABLE ALWAYS TRIGGER t"));
  {
    // Not emptied first: what the engine finds is there already.
    auto made = probe::PostgresConnection::open((*server)->socket_folder(), "keeper");
    REQUIRE(made);
    CHECK_FALSE((*made)->run("INSERT INTO public.t VALUES (1)"));
    CHECK_FALSE((*made)->run("CREATE TABLE public.mine (id int); ALTER ROLE keeper SUPERUSER"));
  }
  CHECK_FALSE((*candidate)->run("ALTER ROLE candidate SUPERUSER"));
  const auto emptied = sandbox->postgres();
  REQUIRE(emptied);
  probe::RunDatabase* const database = *emptied;
  CHECK(number_of(*database, "SELECT count(*) FROM pg_roles WHERE rolsuper") == 1);
  CHECK(database->reflect()->empty());
}

TEST_CASE("Locks that a candidate holds keep nobody from putting rows back or emptying")
{
  const auto sandbox = sandbox_with_postgres();
  if (!sandbox) {
    return;
  }
  auto server = sandbox->slot().postgres();
  REQUIRE(server);
  const auto found = sandbox->postgres();
  REQUIRE(found);
  probe::RunDatabase& database = **found;
  const std::string folder = (*server)->socket_folder();
  auto candidate = probe::PostgresConnection::open(folder, "candidate");
  REQUIRE(candidate);
  REQUIRE((*candidate)->run("CREATE TABLE public.t (id int); INSERT INTO public.t VALUES (7)"));
  const auto image = database.snapshot();
  REQUIRE(image);
  CHECK(image->rows_only);
  REQUIRE(
    (*candidate)->run("DELETE FROM public.t; BEGIN; LOCK TABLE public.t IN ACCESS EXCLUSIVE MODE"));
  REQUIRE(database.restore(*image));
  CHECK(number_of(database, "SELECT id FROM public.t") == 7);
  CHECK_FALSE((*candidate)->run("COMMIT")); // its connection was ended

  auto again = probe::PostgresConnection::open(folder, "candidate");
  REQUIRE(again);
  REQUIRE((*again)->run("BEGIN; LOCK TABLE public.t IN ACCESS EXCLUSIVE MODE"));
  REQUIRE(database.clear());
  CHECK(database.reflect()->empty());
  // There is nothing to put them back into.
  CHECK_FALSE(database.restore(*image));
}
