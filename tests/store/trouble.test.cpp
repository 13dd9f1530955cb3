// SPDX-License-Identifier: MIT
// Several processes, full disks, broken files, killed writers: nothing half, nothing lost, one
// clear line.
#include "engine/store/store.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/child_process.hpp"
#include "tests/support/sample_record.hpp"
#include "tests/support/temporary_folder.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Transaction.h>
#include <fmt/format.h>
#include <sched.h>

#include <chrono>
#include <fstream>
#include <memory>
#include <thread>
#include <vector>

#include <signal.h>
#include <sys/mount.h>

using namespace assay;
using namespace std::chrono_literals;
using store::OpenMode;
using store::Store;

namespace {

constexpr store::StoreOptions k_impatient{.busy_timeout = 200ms};

/// Every run of the database is whole: it loads and has all its verdicts.
void check_sound(const std::filesystem::path& path)
{
  const auto opened = Store::open(path, OpenMode::existing).value();
  const auto runs = opened.list().value();
  for (const RunSummary& run : runs) {
    const auto record = opened.load(run.id);
    REQUIRE(record);
    CHECK(record->judgement == test::sample_judgement());
    CHECK(record->scorecard == test::sample_scorecard());
    CHECK(record->facts == test::sample_facts());
  }
  SQLite::Database database(path.string());
  CHECK(database.execAndGet("PRAGMA integrity_check").getString() == "ok");
  CHECK(database.execAndGet("SELECT count(*) FROM pragma_foreign_key_check").getInt() == 0);
  CHECK(database.execAndGet("SELECT count(*) FROM verdicts").getInt()
        == static_cast<int>(10 * runs.size()));
}

RunRecord numbered(int number)
{
  RunRecord record = test::sample_record();
  record.submission.source = fmt::format("https://example.org/candidate-{}", number);
  return record;
}

} // namespace

TEST_CASE("Several processes open, create and save at the same time and lose nothing")
{
  const test::TemporaryFolder folder;
  const auto path = folder / "results.db";
  std::vector<std::unique_ptr<test::ChildProcess>> writers;
  for (int writer = 0; writer < 6; ++writer) {
    writers.push_back(std::make_unique<test::ChildProcess>([&path, writer]() -> std::string {
      auto opened = Store::open(path, OpenMode::create, {.busy_timeout = 60s});
      if (!opened) {
        return opened.error().message;
      }
      for (int run = 0; run < 10; ++run) {
        if (const auto saved = opened->save(numbered(writer)); !saved) {
          return saved.error().message;
        }
      }
      return "";
    }));
  }
  for (const auto& writer : writers) {
    CHECK(writer->answer() == "");
  }
  CHECK(Store::open(path, OpenMode::existing).value().list().value().size() == 60);
  check_sound(path);
}

TEST_CASE("A database locked by another process is reported with its path and how long was waited")
{
  const test::TemporaryFolder folder;
  const auto path = folder / "results.db";
  auto opened = Store::open(path, OpenMode::create, k_impatient).value();
  REQUIRE(opened.save(test::sample_record()));

  SQLite::Database other(path.string(), SQLite::OPEN_READWRITE);
  auto lock = std::make_unique<SQLite::Transaction>(other, SQLite::TransactionBehavior::IMMEDIATE);
  const RunRecord record = test::gated_record();
  const auto refused = opened.save(record);

  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::conflict);
  const std::string told =
    fmt::format("results database \"{}\" is locked by another process (waited ", path.string());
  REQUIRE(refused.error().message.starts_with(told));
  // A busy machine waits longer than it was asked to.
  const double waited = std::stod(refused.error().message.substr(told.size()));
  CHECK(waited >= 0.2);
  CHECK(refused.error().message.ends_with(" s)"));
  CHECK(record == test::gated_record());
  CHECK(opened.load(RunId{1}).value() == test::sample_record());

  lock.reset();
  CHECK(opened.save(record).value() == RunId{2});
}

TEST_CASE("A lock that is given back in time is waited for")
{
  const test::TemporaryFolder folder;
  const auto path = folder / "results.db";
  auto opened = Store::open(path, OpenMode::create).value();
  test::ChildProcess holder([&]() -> std::string {
    SQLite::Database other(path.string(), SQLite::OPEN_READWRITE);
    other.exec("BEGIN IMMEDIATE");
    std::this_thread::sleep_for(150ms);
    other.exec("COMMIT");
    return "";
  });
  CHECK(opened.save(test::sample_record()));
  CHECK(holder.answer() == "");
}

TEST_CASE("A database held exclusively cannot be opened, and that is said")
{
  const test::TemporaryFolder folder;
  const auto path = folder / "results.db";
  REQUIRE(Store::open(path, OpenMode::create));
  SQLite::Database other(path.string(), SQLite::OPEN_READWRITE);
  other.exec("PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE");

  const auto refused = Store::open(path, OpenMode::existing, k_impatient);

  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::conflict);
}

TEST_CASE("A writer that is killed leaves whole runs only")
{
  const test::TemporaryFolder folder;
  const auto path = folder / "results.db";
  REQUIRE(Store::open(path, OpenMode::create));
  for (int delay_ms = 1; delay_ms <= 21; delay_ms += 5) {
    test::ChildProcess writer([&path]() -> std::string {
      auto opened = Store::open(path, OpenMode::existing).value();
      for (int run = 0; run < 10'000 && opened.save(test::sample_record()); ++run) {
      }
      return "";
    });
    std::this_thread::sleep_for(std::chrono::milliseconds{delay_ms + 20});
    ::kill(writer.pid(), SIGKILL);
  }
  check_sound(path);
  CHECK(Store::open(path, OpenMode::existing).value().save(test::sample_record()));
}

TEST_CASE("A database that reached its limit refuses the run and keeps the others")
{
  const test::TemporaryFolder folder;
  const auto path = folder / "results.db";
  constexpr std::uint64_t limit = 256 * 1024;
  {
    auto opened = Store::open(path, OpenMode::create, {.max_bytes = limit}).value();
    Result<RunId> saved = RunId{};
    int runs = 0;
    do {
      RunRecord record = test::sample_record();
      record.judgement.verdicts[0].reason = std::string(20'000, 'x');
      saved = opened.save(record);
      ++runs;
    } while (saved && runs < 100);
    REQUIRE_FALSE(saved);
    CHECK(runs > 2);
    CHECK(saved.error()
          == Error{
            ErrorCode::limit_exceeded,
            fmt::format("results database \"{}\" would grow beyond 262144 bytes", path.string())});
    CHECK(static_cast<int>(opened.list().value().size()) == runs - 1);
  }
  CHECK(std::filesystem::file_size(path) <= limit);
  CHECK(Store::open(path, OpenMode::existing).value().save(test::sample_record()));
}

TEST_CASE("A full disk is named as such and the stored runs stay sound")
{
  const test::TemporaryFolder folder;
  test::ChildProcess child([&]() -> std::string {
    // A small disk of the child's own, in namespaces that end with it.
    const int namespaces = ::geteuid() == 0 ? CLONE_NEWNS : CLONE_NEWUSER | CLONE_NEWNS;
    if (::unshare(namespaces) != 0
        || ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0
        || ::mount("small", folder.path().c_str(), "tmpfs", 0, "size=600k") != 0) {
      return "not run";
    }
    auto opened = Store::open(folder / "results.db", OpenMode::create);
    if (!opened) {
      return "open: " + opened.error().message;
    }
    std::string message;
    std::size_t saved = 0;
    for (; saved < 1000 && message.empty(); ++saved) {
      if (const auto id = opened->save(test::sample_record()); !id) {
        message = std::string(to_string(id.error().code)) + ": " + id.error().message;
        break;
      }
    }
    const bool all_there = saved > 0 && opened->list().value().size() == saved
                           && opened->load(RunId{1}).value() == test::sample_record();
    return message + (all_there ? " | all there" : " | lost");
  });
  const std::string answer = child.answer();
  if (answer == "not run") {
    WARN("no right to mount a small disk; not run");
    return;
  }
  CHECK(answer
        == fmt::format(
          "io: results database \"{0}/results.db\": no space left on the disk that holds \"{0}\""
          " | all there",
          folder.path().string()));
}

TEST_CASE("A damaged database is reported as damaged, whatever was asked")
{
  const test::TemporaryFolder folder;
  const auto path = folder / "results.db";
  {
    auto opened = Store::open(path, OpenMode::create).value();
    for (int run = 0; run < 20; ++run) {
      REQUIRE(opened.save(numbered(run)));
    }
  }
  {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    const auto size = std::filesystem::file_size(path);
    for (std::uint64_t page = 4096; page < size; page += 4096) {
      file.seekp(static_cast<std::streamoff>(page));
      file << std::string(64, '\xAA');
    }
  }
  auto opened = Store::open(path, OpenMode::existing);
  Error error;
  if (!opened) {
    error = opened.error();
  } else {
    const auto list = opened->list();
    REQUIRE_FALSE(list);
    error = list.error();
    const auto saved = opened->save(test::sample_record());
    REQUIRE_FALSE(saved);
    CHECK(saved.error() == error);
  }
  CHECK(
    error
    == Error{
      ErrorCode::invalid_input,
      fmt::format("results database \"{}\" is damaged (database disk image is malformed); restore a"
                  " copy, or rescue what is left with sqlite3's .recover",
                  path.string())});
}

TEST_CASE("Facts that do not decompress are reported, not guessed")
{
  const test::TemporaryFolder folder;
  const auto path = folder / "results.db";
  auto opened = Store::open(path, OpenMode::create).value();
  REQUIRE(opened.save(test::sample_record()));
  const char* damage =
    GENERATE("UPDATE facts SET content = x'00112233'",
             "UPDATE facts SET content_bytes = content_bytes - 1",
             "UPDATE facts SET content_bytes = 1 << 40",
             "UPDATE facts SET content_bytes = -1",
             "UPDATE verdicts SET outcome = 'great'",
             "PRAGMA foreign_keys = OFF; DELETE FROM verdicts WHERE position > 3",
             "UPDATE runs SET graded_at = 'yesterday'",
             "UPDATE runs SET resolution = '{'");
  CAPTURE(damage);
  SQLite::Database(path.string(), SQLite::OPEN_READWRITE).exec(damage);
  const auto loaded = opened.load(RunId{1});
  REQUIRE_FALSE(loaded);
  CHECK((loaded.error().code == ErrorCode::invalid_input
         || loaded.error().code == ErrorCode::limit_exceeded));
}
