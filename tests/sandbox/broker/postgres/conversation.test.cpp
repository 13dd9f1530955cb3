// SPDX-License-Identifier: MIT
#include "sandbox/broker/postgres/conversation.hpp"

#include "tests/support/catch.hpp"

#include <random>

using namespace assay::broker;
using namespace assay::broker::postgres;

namespace {

std::string int16(int number)
{
  return {static_cast<char>(number >> 8), static_cast<char>(number & 0xFF)};
}

std::string message(char type, const std::string& payload)
{
  std::string out;
  append_message(out, type, payload);
  return out;
}

std::string text(std::string_view words)
{
  return std::string(words) + '\0';
}

std::string greeting(const std::string& fields)
{
  std::string payload;
  append_int32(payload, 3 << 16);
  return message('\0', payload + fields + '\0');
}

/// A conversation whose beginning is over.
struct Talk {
  Limits limits;
  StatementLog log{limits};
  Conversation talk{log, limits, 1};

  explicit Talk(const Limits& some = {})
    : limits(some)
  {
    talk.from_client(greeting(text("user") + text("blog")));
    talk.to_server().clear();
  }

  const std::deque<StatementRecord>& records() const { return log.records(); }
};

const std::string k_ready = message('Z', "I");

} // namespace

TEST_CASE("Whoever the candidate says it is, it becomes the slot's role in the slot's database")
{
  const Limits limits;
  StatementLog log(limits);
  Conversation talk(log, limits, 1);
  std::string request;
  append_int32(request, 80877103);
  talk.from_client(message('\0', request));
  CHECK(talk.to_client() == "N");
  CHECK(talk.phase() == Conversation::Phase::greeting);
  talk.from_client(greeting(text("user") + text("postgres") + text("database") + text("blog")
                            + text("replication") + text("true") + text("client_encoding")
                            + text("UTF8") + text("user") + text("postgres")));
  CHECK(talk.phase() == Conversation::Phase::ready);
  CHECK(talk.to_server()
        == greeting(text("user") + text("candidate") + text("database") + text("assay")
                    + text("client_encoding") + text("UTF8")));
}

TEST_CASE("A request to cancel names the connection it is for")
{
  const Limits limits;
  StatementLog log(limits);
  Conversation talk(log, limits, 1);
  std::string request;
  for (const std::int32_t number : {80877102, 7, 99}) {
    append_int32(request, number);
  }
  talk.from_client(message('\0', request));
  CHECK(talk.phase() == Conversation::Phase::cancelled);
  CHECK(talk.cancels() == BackendKey{7, 99});
}

TEST_CASE("A simple query may hold several statements, each is logged")
{
  Talk with;
  with.talk.from_client(message('Q', text("INSERT INTO t VALUES (1); SELECT 2; DELETE FROM t")));
  with.talk.from_server(message('C', text("INSERT 0 1")) + message('T', int16(0))
                        + message('D', int16(0)) + message('D', int16(0))
                        + message('C', text("SELECT 2")) + message('C', text("DELETE 4"))
                        + k_ready);
  REQUIRE(with.records().size() == 3);
  CHECK(with.records()[0].kind == StatementKind::insert);
  CHECK(with.records()[0].rows_changed == 1);
  CHECK(with.records()[1].rows_returned == 2);
  CHECK(with.records()[2].kind == StatementKind::remove);
  CHECK(with.records()[2].rows_changed == 4);
  CHECK_FALSE(with.talk.running_since());
}

TEST_CASE("A prepared statement is logged each time it is executed, with its parameters")
{
  Talk with;
  const std::string bind =
    text("") + text("s1") + int16(0) + int16(1) + std::string("\0\0\0\1", 4) + "7" + int16(0);
  with.talk.from_client(message('P', text("s1") + text("SELECT $1") + int16(0)) + message('S', ""));
  with.talk.from_server(message('1', "") + k_ready);
  CHECK(with.records().empty());
  for (int times = 0; times < 2; ++times) {
    with.talk.from_client(message('B', bind) + message('E', text("") + std::string(4, '\0'))
                          + message('S', ""));
    with.talk.from_server(message('2', "") + message('D', int16(0)) + message('C', text("SELECT 1"))
                          + k_ready);
  }
  REQUIRE(with.records().size() == 2);
  for (const StatementRecord& record : with.records()) {
    CHECK(*record.sql == "SELECT $1");
    CHECK(record.rows_returned == 1);
    CHECK_FALSE(record.parameters.empty());
  }
}

TEST_CASE("A statement that is refused is logged with what the server said")
{
  Talk with;
  with.talk.from_client(message('P', text("") + text("SELECT nothing") + int16(0))
                        + message('B', text("") + text("") + int16(0) + int16(0) + int16(0))
                        + message('E', text("") + std::string(4, '\0')) + message('S', ""));
  with.talk.from_server(
    message('E', "C" + text("42703") + "M" + text("column \"nothing\" does not exist") + '\0')
    + k_ready);
  REQUIRE(with.records().size() == 1);
  CHECK(with.records().front().error_code == 1);
  CHECK(with.records().front().error == "column \"nothing\" does not exist");
  CHECK_FALSE(with.talk.running_since());
}

TEST_CASE("More rows than allowed end the connection and are named")
{
  Limits limits;
  limits.max_rows = 2;
  Talk with(limits);
  with.talk.from_client(message('Q', text("SELECT n FROM many")));
  for (int row = 0; row < 4; ++row) {
    with.talk.from_server(message('D', int16(0)));
  }
  CHECK(with.talk.exceeded() == Exceeded::rows);
  CHECK(with.records().front().exceeded == Exceeded::rows);
  CHECK(with.talk.phase() == Conversation::Phase::over);
}

TEST_CASE("What breaks the protocol ends the connection")
{
  const auto octets = GENERATE(std::string("Q\0\0\0\3", 5),
                               std::string("Q\xff\xff\xff\xff", 5),
                               message('Q', "no zero at the end"),
                               message('B', text("") + text("") + int16(1)),
                               message('E', "x"),
                               message('F', std::string(8, '\0')),
                               message('p', text("password")));
  Talk with;
  with.talk.from_client(octets);
  CHECK(with.talk.broken());
}

TEST_CASE("No sequence of octets from either side does harm")
{
  // Real messages with something wrong in them get further than noise.
  std::mt19937 random(7); // NOLINT: the same for every run
  const std::string seed = greeting(text("user") + text("x"))
                           + message('P', text("s") + text("SELECT 1") + int16(0))
                           + message('B', text("") + text("s") + int16(0) + int16(0) + int16(0))
                           + message('E', text("") + std::string(4, '\0')) + message('S', "")
                           + message('Q', text("SELECT 1"));
  const std::string answers = message('1', "") + message('2', "") + message('D', int16(0))
                              + message('E', "M" + text("x") + '\0') + message('s', "") + k_ready;
  for (int round = 0; round < 3'000; ++round) {
    const Limits limits;
    StatementLog log(limits);
    Conversation talk(log, limits, 1);
    for (int part = 0; part < 4; ++part) {
      std::string asked = seed;
      std::string answered = answers;
      for (std::string* octets : {&asked, &answered}) {
        for (int change = 0; change < 3; ++change) {
          (*octets)[random() % octets->size()] = static_cast<char>(random());
        }
      }
      talk.from_client(part == 0 && round % 2 == 0 ? seed : asked);
      talk.from_server(answered);
      talk.to_client().clear();
      talk.to_server().clear();
    }
    for (const StatementRecord& record : log.records()) {
      CHECK_NOTHROW(to_value(record));
    }
  }
}
