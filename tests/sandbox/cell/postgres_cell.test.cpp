// SPDX-License-Identifier: MIT
#include "sandbox/cell/postgres_cell.hpp"

#include "sandbox/cell/slot.hpp"
#include "sandbox/wire/codec.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/sandbox.hpp"

#include <chrono>
#include <cstring>
#include <filesystem>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace assay;

namespace {

cell::PostgresPlan plan_of_server(const std::filesystem::path& cluster)
{
  cell::PostgresPlan plan;
  plan.cell = test::plan_of_cell();
  plan.cluster = cluster;
  return plan;
}

bool connects(const std::string& folder)
{
  const Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string path = folder + "/.s.PGSQL.5432";
  std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
  return ::connect(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address)
         == 0; // NOLINT
}

} // namespace

TEST_CASE("PostgreSQL starts in its cell, keeps its cluster for the next one and goes with it")
{
  if (!test::runtime_root()) {
    WARN("not run: the runtime sqlalchemy-2.0 is not installed");
    return;
  }
  const auto folder =
    std::filesystem::temp_directory_path() / ("assay-postgres-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  const auto cluster = folder / "cluster.tar";
  std::string sockets;
  for (const bool kept : {false, true}) {
    CHECK(std::filesystem::exists(cluster) == kept);
    const auto begun = std::chrono::steady_clock::now();
    auto server = cell::PostgresCell::open(plan_of_server(cluster));
    const auto took = std::chrono::steady_clock::now() - begun;
    INFO((server ? std::string() : describe(server.failure())));
    REQUIRE(server);
    CHECK((*server)->serves());
    sockets = (*server)->socket_folder();
    CHECK(connects(sockets));
  }
  CHECK_FALSE(connects(sockets));
  std::filesystem::remove_all(folder);
}

namespace {

constexpr std::string_view k_drivers = R"python(
import asyncio
import psycopg, psycopg2, asyncpg

PLACE = dict(host="/pg", user="blog", password="secret")

def two():
    connection = psycopg2.connect(dbname="blog", **PLACE)
    with connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE t (id serial PRIMARY KEY, name text NOT NULL UNIQUE)")
        cursor.execute("INSERT INTO t (name) VALUES (%s), (%s)", ("a", "b"))
        cursor.execute("SELECT name FROM t ORDER BY id")
        found = [row[0] for row in cursor]
        cursor.execute("SELECT current_user, current_database()")
        return found + list(cursor.fetchone())

def three():
    with psycopg.connect(dbname="blog", **PLACE) as connection:
        found = [connection.execute("SELECT name FROM t WHERE id = %s", (1,), prepare=True).fetchone()[0] for _ in range(3)]
        with connection.cursor() as cursor, cursor.copy("COPY t (name) FROM STDIN") as copy:
            copy.write_row(("c",))
        return found + [connection.execute("SELECT count(*) FROM t").fetchone()[0]]

def fails():
    with psycopg.connect(dbname="blog", **PLACE) as connection:
        connection.execute("INSERT INTO t (name) VALUES ('a')")

def asynchronous():
    async def work():
        connection = await asyncpg.connect(database="blog", **PLACE)
        try:
            statement = await connection.prepare("SELECT name FROM t WHERE name > $1 ORDER BY name")
            rows = await statement.fetch("a")
            return [row["name"] for row in rows] + [await connection.fetchval("SELECT ARRAY[1, 2]")]
        finally:
            await connection.close()
    return asyncio.run(work())
)python";

wire::Value call(std::string_view function)
{
  return wire::Value(wire::Value::Dict{
    {"module", "case"}, {"function", std::string(function)}, {"arguments", wire::Value::List{}}});
}

} // namespace

TEST_CASE("Drivers reach PostgreSQL from a box, and every statement is in the log")
{
  if (!test::runtime_root()) {
    WARN("not run: the runtime sqlalchemy-2.0 is not installed");
    return;
  }
  cell::SlotPlan plan;
  plan.cell = test::plan_of_cell();
  plan.broker = std::filesystem::path(ASSAY_BUILD_DIR) / "sandbox/broker/assay-broker";
  auto slot = cell::Slot::open(plan);
  REQUIRE(slot);
  auto server = (*slot)->postgres();
  INFO((server ? std::string() : describe(server.failure())));
  REQUIRE(server);
  const std::vector<cell::SubmittedFile> submitted{{"case.py", k_drivers}};
  const auto files = cell::pack(submitted);
  REQUIRE(files);
  auto run = (*slot)->start(*files, {}, cell::Sockets::yes);
  INFO((run ? std::string() : describe(run.failure())));
  REQUIRE(run);

  struct Row {
    std::string_view function;
    wire::Value::List answer;
    std::vector<std::pair<std::string, std::int64_t>>
      statements; ///< kind and rows, seen from outside
  };

  using List = wire::Value::List;
  const std::vector<Row> rows{
    {"two",
     {"a", "b", "candidate", "assay"},
     {{"transaction", 0},
      {"ddl", 0},
      {"insert", 2},
      {"select", 2},
      {"select", 1},
      {"transaction", 0}}},
    {"three",
     {"a", "a", "a", 3},
     {{"transaction", 0},
      {"select", 1},
      {"select", 1},
      {"select", 1},
      {"insert", 1},
      {"select", 1},
      {"transaction", 0}}},
    // What asyncpg asks of the catalogues is none of the candidate's.
    {"asynchronous",
     {"b", "c", List{1, 2}},
     {{"select", 2}, {"pragma", 1}, {"pragma", 2}, {"select", 1}}},
  };
  std::int64_t seen = 0;
  for (const Row& row : rows) {
    CAPTURE(row.function);
    const cell::Reply reply = (*run)->step("call", call(row.function));
    REQUIRE(reply.kind == cell::Reply::Kind::value);
    CHECK(reply.value == wire::Value(row.answer));
    const auto part = (*run)->databases().log(seen);
    REQUIRE(part);
    std::vector<std::pair<std::string, std::int64_t>> statements;
    for (const broker::LoggedStatement& statement : part->statements) {
      CHECK(statement.step == (*run)->number());
      CHECK(statement.error.empty());
      statements.emplace_back(statement.kind,
                              std::max(statement.rows_returned, statement.rows_changed));
      seen = statement.sequence;
    }
    CHECK(statements == row.statements);
  }
  const cell::Reply reply = (*run)->step("call", call("fails"));
  CHECK(reply.kind == cell::Reply::Kind::error);
  const auto part = (*run)->databases().log(seen);
  REQUIRE(part);
  REQUIRE(part->statements.size() == 3);
  CHECK(part->statements[1].kind == "insert");
  CHECK(part->statements[1].error_code == 2067);
  CHECK(part->statements[1].error
        == "duplicate key value violates unique constraint \"t_name_key\"");
  CHECK((*run)->finish().kind == cell::EndingKind::finished);
}
