// SPDX-License-Identifier: MIT
// Attempts to pass without doing the work, as data: forging/<name>.py says in its head what the
// engine sees of it. attack() is asked twice for the sum of four values that are drawn anew each
// time.
#include "sandbox/cell/slot.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/sandbox.hpp"

#include <algorithm>
#include <fstream>
#include <random>
#include <sstream>

using namespace assay;
namespace fs = std::filesystem;

namespace {

const std::string k_items = "/assay/main";

/// What the engine saw, in the words of the cases.
struct Seen {
  std::string first;
  std::string second;
  std::string statements; ///< selects on the wire in each of the two steps
  std::string rows = "same";

  bool operator==(const Seen&) const = default;
};

struct Forgery {
  std::string name;
  std::string code;
  Seen expected;
};

Forgery read_forgery(const fs::path& path)
{
  Forgery found;
  found.name = path.stem();
  std::ifstream file(path);
  const auto take = [](const std::string& line, std::string_view key, std::string& into) {
    const std::string head = "# " + std::string(key) + ": ";
    if (line.starts_with(head)) {
      into = line.substr(head.size());
    }
  };
  for (std::string line; std::getline(file, line);) {
    found.code += line + "\n";
    take(line, "first", found.expected.first);
    take(line, "second", found.expected.second);
    take(line, "statements", found.expected.statements);
    take(line, "rows", found.expected.rows);
  }
  return found;
}

std::vector<Forgery> all_forgeries()
{
  std::vector<Forgery> found;
  for (const auto& entry :
       fs::directory_iterator(fs::path(ASSAY_SOURCE_DIR) / "tests/hostile/forging")) {
    found.push_back(read_forgery(entry.path()));
  }
  std::ranges::sort(found, {}, &Forgery::name);
  return found;
}

/// A new table of four values; their sum.
std::int64_t seed(broker::Client& databases, std::mt19937_64& random)
{
  REQUIRE(databases.restore(k_items, {}, broker::Client::Force::yes));
  REQUIRE(databases.script(k_items, "create table items (id integer primary key, value integer)"));
  wire::Value::List rows;
  std::int64_t sum = 0;
  for (std::int64_t id = 1; id <= 4; ++id) {
    const auto value = static_cast<std::int64_t>(100'000 + random() % 900'000);
    sum += value;
    rows.emplace_back(wire::Value::List{id, value});
  }
  REQUIRE(databases.execute_many(k_items, "insert into items values (?, ?)", std::move(rows)));
  return sum;
}

std::int64_t selects_in_step(cell::Run& run, int step)
{
  const auto log = run.log();
  REQUIRE(log);
  std::int64_t count = 0;
  for (const broker::LoggedStatement& statement : log->statements) {
    count += statement.step == step && statement.kind == "select" ? statement.executions : 0;
  }
  return count;
}

Seen watch(cell::Slot& slot, const Forgery& forgery, std::mt19937_64& random)
{
  auto files = cell::pack(std::vector<cell::SubmittedFile>{{"case.py", forgery.code}});
  REQUIRE(files);
  cell::Limits limits;
  limits.step_seconds = 20;
  auto run = slot.start(*files, limits);
  REQUIRE(run);
  Seen seen;
  for (std::string* answer : {&seen.first, &seen.second}) {
    const std::int64_t sum = seed((*run)->databases(), random);
    const auto before = (*run)->databases().checksum(k_items);
    const cell::Reply reply = (*run)->step(
      "call", wire::Value(wire::Value::Dict{{"module", "case"}, {"function", "attack"}}));
    const auto after = (*run)->databases().checksum(k_items);
    REQUIRE(before);
    REQUIRE(after);
    *answer = reply.kind == cell::Reply::Kind::error   ? "raises"
              : reply.kind == cell::Reply::Kind::ended ? "ends"
              : reply.value == wire::Value(sum)        ? "right"
                                                       : "wrong";
    seen.statements += (seen.statements.empty() ? "" : " ")
                       + std::to_string(selects_in_step(**run, (*run)->number()));
    seen.rows = *before == *after ? seen.rows : "changed";
  }
  CHECK((*run)->finish().kind == cell::EndingKind::finished);
  return seen;
}

} // namespace

TEST_CASE("What a forger gains is nothing, and what it does is seen from outside", "[forging]")
{
  if (!test::runtime_root()) {
    WARN("not run: the runtime sqlalchemy-2.0 is not installed");
    return;
  }
  const auto level = GENERATE(cell::Level::complete, cell::Level::filtered);
  cell::SlotPlan plan;
  plan.cell = test::plan_of_cell();
  if (level == cell::Level::filtered) {
    plan.cell.level = level;
  }
  plan.broker = fs::path(ASSAY_BUILD_DIR) / "sandbox/broker/assay-broker";
  auto slot = cell::Slot::open(plan);
  if (!slot) {
    FAIL(describe(slot.failure()));
  }
  std::mt19937_64 random(std::random_device{}());
  for (const Forgery& forgery : all_forgeries()) {
    CAPTURE(forgery.name, cell::name_of(level));
    const Seen seen = watch(**slot, forgery, random);
    CHECK(seen.first == forgery.expected.first);
    CHECK(seen.second == forgery.expected.second);
    CHECK(seen.statements == forgery.expected.statements);
    CHECK(seen.rows == forgery.expected.rows);
  }
}
