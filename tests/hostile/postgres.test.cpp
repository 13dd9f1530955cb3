// SPDX-License-Identifier: MIT
// What a candidate may try with PostgreSQL (nr 6, 12, 32 and 63 of docs/security.md): the server
// goes on serving, and nothing but the candidate's own database was touched.
#include "sandbox/cell/slot.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/sandbox.hpp"

using namespace assay;
using wire::Value;

namespace {

constexpr std::string_view k_attacks = R"python(
import socket
import psycopg, psycopg2

PLACE = dict(host="/pg", user="postgres", password="postgres", dbname="postgres")

def run(sql):
    with psycopg.connect(autocommit=True, **PLACE) as connection:
        cursor = connection.execute(sql)
        return [str(item) for item in cursor.fetchone()] if cursor.description else []

def many():
    kept = []
    try:
        for _ in range(30):
            kept.append(psycopg2.connect(**PLACE))
    except psycopg2.OperationalError as problem:
        return [len(kept) < 30, "too many connections" in str(problem)]
    return [False, False]

def noise():
    answers = []
    for octets in (b"\0\0\0\x08\x04\xd2\x16\x2f", b"GET / HTTP/1.1\r\n\r\n", b"\xff" * 100, b"\0\0\0\x04"):
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(2)
            connection.connect("/pg/.s.PGSQL.5432")
            connection.sendall(octets)
            connection.shutdown(socket.SHUT_WR)
            try:
                answers.append(connection.recv(100)[:1].decode("latin1"))
            except TimeoutError:
                answers.append("waits")
    return answers

def own_socket():
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("/pg/mine")

def hidden_socket():
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("\0hidden")

def fill():
    with psycopg.connect(autocommit=True, **PLACE) as connection:
        connection.execute("CREATE TABLE big (t text STORAGE EXTERNAL)")
        for _ in range(1000):
            connection.execute("INSERT INTO big SELECT repeat(md5(g::text), 300) || g FROM generate_series(1, 2000) g")
)python";

cell::SlotPlan plan_with_server()
{
  cell::SlotPlan plan;
  plan.cell = test::plan_of_cell();
  plan.broker = std::filesystem::path(ASSAY_BUILD_DIR) / "sandbox/broker/assay-broker";
  return plan;
}

Value call(std::string_view function, Value::List arguments = {})
{
  return Value(Value::Dict{{"module", "attack"},
                           {"function", std::string(function)},
                           {"arguments", std::move(arguments)}});
}

std::string type_of(const cell::Reply& reply)
{
  const Value* const type = reply.value.member("type");
  const auto* const text = type == nullptr ? nullptr : type->get<std::string>();
  return reply.kind != cell::Reply::Kind::error || text == nullptr ? "no error" : *text;
}

} // namespace

TEST_CASE("A candidate of PostgreSQL's has its own database and no more")
{
  if (!test::runtime_root()) {
    WARN("not run: the runtime sqlalchemy-2.0 is not installed");
    return;
  }
  auto slot = cell::Slot::open(plan_with_server());
  REQUIRE(slot);
  auto server = (*slot)->postgres();
  INFO((server ? std::string() : describe(server.failure())));
  REQUIRE(server);
  const std::vector<cell::SubmittedFile> submitted{{"attack.py", k_attacks}};
  const auto files = cell::pack(submitted);
  REQUIRE(files);
  auto run = (*slot)->start(*files, {}, cell::Sockets::yes);
  REQUIRE(run);
  const auto asked = [&](std::string_view sql) {
    return (*run)->step("call", call("run", {Value(std::string(sql))}));
  };

  // Whoever it says it is.
  const cell::Reply who = asked("SELECT current_user, session_user, current_database()");
  CHECK(who.value == Value(Value::List{"candidate", "candidate", "assay"}));

  struct Row {
    std::string_view sql;
    std::string_view error;
  };

  constexpr auto k_denied =
    std::to_array<Row>({{"COPY (SELECT 1) TO PROGRAM 'id'", "InsufficientPrivilege"},
                        {"COPY (SELECT 1) TO '/scratch/x'", "InsufficientPrivilege"},
                        {"SELECT pg_read_file('/etc/passwd')", "InsufficientPrivilege"},
                        {"SELECT pg_ls_dir('/')", "InsufficientPrivilege"},
                        {"SELECT lo_import('/etc/passwd')", "InsufficientPrivilege"},
                        {"SET ROLE postgres", "InsufficientPrivilege"},
                        {"SET ROLE keeper", "InsufficientPrivilege"},
                        {"SET SESSION AUTHORIZATION postgres", "InsufficientPrivilege"},
                        {"SET session_replication_role = replica", "InsufficientPrivilege"},
                        {"ALTER ROLE candidate SUPERUSER", "InsufficientPrivilege"},
                        {"CREATE ROLE other SUPERUSER", "InsufficientPrivilege"},
                        {"CREATE DATABASE other", "InsufficientPrivilege"},
                        {"ALTER DATABASE assay SET work_mem = '1GB'", "InsufficientPrivilege"},
                        {"ALTER SYSTEM SET shared_buffers = '1GB'", "InsufficientPrivilege"},
                        {"CREATE EXTENSION dblink", "InsufficientPrivilege"},
                        {"CREATE EXTENSION file_fdw", "InsufficientPrivilege"},
                        {"LOAD '$libdir/auto_explain'", "InsufficientPrivilege"},
                        {"CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION now()",
                         "InsufficientPrivilege"},
                        {"SELECT pg_reload_conf()", "InsufficientPrivilege"},
                        {"SET temp_file_limit = -1", "InsufficientPrivilege"},
                        {"CREATE FUNCTION f() RETURNS int LANGUAGE c AS 'libc.so.6', 'getpid'",
                         "InsufficientPrivilege"}});
  for (const Row& row : k_denied) {
    CAPTURE(row.sql);
    CHECK(type_of(asked(row.sql)) == "psycopg.errors." + std::string(row.error));
  }
  const cell::Reply many = (*run)->step("call", call("many"));
  CHECK(many.value == Value(Value::List{true, true}));

  // 32: a socket of its own would be found by those who come after.
  CHECK(type_of((*run)->step("call", call("own_socket"))) == "builtins.PermissionError");
  CHECK(type_of((*run)->step("call", call("hidden_socket"))) == "builtins.PermissionError");

  // What is no protocol is told so or not answered; encryption is declined.
  const cell::Reply noise = (*run)->step("call", call("noise"));
  CHECK(noise.value == Value(Value::List{"N", "E", "E", "E"}));

  // 12: memory.
  CHECK(type_of(asked("SET work_mem = '2047GB'")) == "no error");
  const cell::Reply sorted = asked(
    "SELECT set_config('work_mem', '2047GB', false), max(l) FROM (SELECT length(m) l FROM (SELECT "
    "repeat(md5(g::text), 40) m FROM generate_series(1, 3000000) g ORDER BY m) x) y");
  CHECK(sorted.kind == cell::Reply::Kind::error);

  // 6: time, whatever the candidate sets.
  CHECK(asked("SELECT set_config('statement_timeout', '0', false), pg_sleep(1e9)").kind
        == cell::Reply::Kind::error);
  const auto log = (*run)->log();
  REQUIRE(log);
  CHECK(log->statements.back().exceeded == "time");

  const cell::Reply after = asked("SELECT 'here'");
  CHECK(after.value == Value(Value::List{"here"}));

  // The disk.
  CHECK((*run)->step("call", call("fill")).kind == cell::Reply::Kind::error);
  run = Failure{}; // ends it
  // Whatever became of the server: the next candidate has one.
  server = (*slot)->postgres();
  REQUIRE(server);
  (*slot)->drop_postgres();
  REQUIRE((*slot)->postgres());
  run = (*slot)->start(*files, {}, cell::Sockets::yes);
  REQUIRE(run);
  CHECK(asked("SELECT 'again'").value == Value(Value::List{"again"}));
}
