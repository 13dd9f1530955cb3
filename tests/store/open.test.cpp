// SPDX-License-Identifier: MIT
#include "engine/store/store.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/sample_record.hpp"
#include "tests/support/temporary_folder.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Transaction.h>
#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <functional>
#include <sstream>

#include <unistd.h>

using namespace assay;
using store::OpenMode;
using store::Store;

namespace {

std::string read_text(const std::filesystem::path& path)
{
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

void write_text(const std::filesystem::path& path, const std::string& text)
{
  std::ofstream(path, std::ios::binary) << text;
}

/// A database of schema version 1 with run 1, whose record is the sample.
void write_version_1(const std::filesystem::path& path)
{
  SQLite::Database database(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  database.exec(read_text(std::filesystem::path(ASSAY_SOURCE_DIR) / "tests/store/schema_v1.sql"));
}

/// Root may write everywhere; as nobody a test meets what a user meets.
class WithoutPrivileges {
public:
  WithoutPrivileges()
  {
    if (::geteuid() == 0) {
      lowered_ = ::seteuid(65534) == 0;
    }
  }

  WithoutPrivileges(const WithoutPrivileges&) = delete;
  WithoutPrivileges& operator=(const WithoutPrivileges&) = delete;

  ~WithoutPrivileges()
  {
    if (lowered_ && ::seteuid(0) != 0) {
      std::abort();
    }
  }

private:
  bool lowered_ = false;
};

/// What write_version_1() holds: facts of the shape that was then.
RunRecord older_record()
{
  RunRecord record = test::sample_record();
  record.facts.version = 1;
  return record;
}

/// Everybody may read, nobody may write.
void make_read_only(const std::filesystem::path& folder)
{
  namespace fs = std::filesystem;
  for (const auto& entry : fs::directory_iterator(folder)) {
    fs::permissions(entry.path(), fs::perms(0444));
  }
  fs::permissions(folder, fs::perms(0555));
}

} // namespace

TEST_CASE("A database is made with its folder, marked, and ready for several writers")
{
  const test::TemporaryFolder folder;
  const auto path = folder / "a/b/results.db";
  REQUIRE(Store::open(path, OpenMode::create));

  SQLite::Database database(path.string());
  CHECK(database.execAndGet("PRAGMA application_id").getInt() == 0x41534159);
  CHECK(database.execAndGet("PRAGMA user_version").getInt() == store::schema_version());
  CHECK(database.execAndGet("PRAGMA journal_mode").getString() == "wal");
  CHECK(database.execAndGet("SELECT max(version) FROM schema_migrations").getInt()
        == store::schema_version());
}

TEST_CASE("Opening again changes nothing and keeps what is stored")
{
  const test::TemporaryFolder folder;
  const auto path = folder / "results.db";
  const RunId id = Store::open(path, OpenMode::create).value().save(test::sample_record()).value();
  const auto mode = GENERATE(OpenMode::create, OpenMode::existing, OpenMode::read_only);
  CHECK(Store::open(path, mode).value().load(id).value() == test::sample_record());
  CHECK(
    SQLite::Database(path.string()).execAndGet("SELECT count(*) FROM schema_migrations").getInt()
    == store::schema_version());
}

TEST_CASE("An older database is migrated step by step and keeps its runs")
{
  const test::TemporaryFolder folder;
  const auto path = folder / "results.db";
  write_version_1(path);

  auto opened = Store::open(path, OpenMode::existing).value();

  const RunRecord old = opened.load(RunId{1}).value();
  CHECK(old == older_record());
  CHECK(opened.list().value().size() == 1);
  CHECK(opened.save(test::gated_record()).value() == RunId{2});
  SQLite::Database database(path.string());
  CHECK(database.execAndGet("PRAGMA user_version").getInt() == store::schema_version());
  CHECK(database.execAndGet("SELECT count(*) FROM v_latest_runs").getInt() == 1);
  CHECK(database.execAndGet("SELECT count(*) FROM schema_migrations").getInt()
        == store::schema_version());
}

TEST_CASE("An older database that may only be read is refused until it was migrated")
{
  const test::TemporaryFolder folder;
  const auto path = folder / "results.db";
  write_version_1(path);
  const auto refused = Store::open(path, OpenMode::read_only);
  REQUIRE_FALSE(refused);
  CHECK(refused.error()
        == Error{ErrorCode::invalid_input,
                 fmt::format("\"{}\" is of an older version; open it once where it can be written",
                             path.string())});
}

TEST_CASE("A migration that stops in the middle leaves the older database as it was")
{
  const test::TemporaryFolder folder;
  const auto path = folder / "results.db";
  write_version_1(path);
  SQLite::Database(path.string(), SQLite::OPEN_READWRITE).exec("CREATE TABLE v_flags (x)");

  REQUIRE_FALSE(Store::open(path, OpenMode::existing));

  SQLite::Database database(path.string(), SQLite::OPEN_READWRITE);
  CHECK(database.execAndGet("PRAGMA user_version").getInt() == 1);
  CHECK(database.execAndGet("SELECT count(*) FROM sqlite_master WHERE type = 'view'").getInt()
        == 0);
  database.exec("DROP TABLE v_flags");
  CHECK(Store::open(path, OpenMode::existing).value().load(RunId{1}).value() == older_record());
}

TEST_CASE("What is not a results database is refused in one line and not touched")
{
  struct Row {
    const char* what;
    std::function<void(const std::filesystem::path&)> make;
    OpenMode mode;
    ErrorCode code;
    const char* message;
  };

  const auto row = GENERATE(values<Row>({
    {"nothing, existing",
     [](const auto&) {},
     OpenMode::existing,
     ErrorCode::not_found,
     "there is no results database \"{}\""},
    {"nothing, read only",
     [](const auto&) {},
     OpenMode::read_only,
     ErrorCode::not_found,
     "there is no results database \"{}\""},
    {"folder",
     [](const auto& path) { std::filesystem::create_directory(path); },
     OpenMode::create,
     ErrorCode::invalid_input,
     "\"{}\" is a folder, not a results database"},
    {"text",
     [](const auto& path) { write_text(path, std::string(5000, 'x')); },
     OpenMode::create,
     ErrorCode::invalid_input,
     "results database \"{}\" is not an SQLite database"},
    {"empty file, existing",
     [](const auto& path) { write_text(path, ""); },
     OpenMode::existing,
     ErrorCode::invalid_input,
     "\"{}\" is an empty file, not a results database"},
    {"somebody else's",
     [](const auto& path) {
       SQLite::Database(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
         .exec("CREATE TABLE cookies (x)");
     },
     OpenMode::create,
     ErrorCode::invalid_input,
     "\"{}\" is an SQLite database, but not one of assay's"},
    {"somebody else's with a mark",
     [](const auto& path) {
       SQLite::Database(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
         .exec("PRAGMA application_id = 7; PRAGMA user_version = 1");
     },
     OpenMode::read_only,
     ErrorCode::invalid_input,
     "\"{}\" is an SQLite database, but not one of assay's"},
    {"newer",
     [](const auto& path) {
       REQUIRE(Store::open(path, OpenMode::create));
       SQLite::Database(path.string(), SQLite::OPEN_READWRITE).exec("PRAGMA user_version = 1000");
     },
     OpenMode::create,
     ErrorCode::invalid_input,
     "\"{}\" was written by a newer version of assay"},
  }));
  CAPTURE(row.what);
  const test::TemporaryFolder folder;
  const auto path = folder / "results.db";
  row.make(path);
  const bool is_file = std::filesystem::is_regular_file(path);
  const std::string before = is_file ? read_text(path) : "";

  const auto refused = Store::open(path, row.mode);

  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == row.code);
  CHECK(refused.error().message == fmt::format(fmt::runtime(row.message), path.string()));
  CHECK((is_file ? read_text(path) : "") == before);
}

TEST_CASE("An empty file becomes a database")
{
  const test::TemporaryFolder folder;
  write_text(folder / "results.db", "");
  CHECK(Store::open(folder / "results.db", OpenMode::create));
}

TEST_CASE("In a folder that cannot be written, runs can be read but not saved")
{
  const test::TemporaryFolder folder;
  const auto inner = folder / "read only #1?";
  const auto path = inner / "100% results.db";
  REQUIRE(Store::open(path, OpenMode::create).value().save(test::sample_record()));
  std::filesystem::permissions(folder.path(), std::filesystem::perms(0755));
  make_read_only(inner);
  {
    const WithoutPrivileges nobody;

    const auto to_read = Store::open(path, OpenMode::read_only);
    REQUIRE(to_read);
    CHECK(to_read->load(RunId{1}).value() == test::sample_record());

    const auto to_write = Store::open(path, OpenMode::create);
    REQUIRE_FALSE(to_write);
    CHECK(
      to_write.error()
      == Error{ErrorCode::io,
               fmt::format(
                 "results database \"{}\" cannot be written: the file or its folder is read-only",
                 path.string())});

    const auto new_one = Store::open(inner / "new.db", OpenMode::create);
    REQUIRE_FALSE(new_one);
    CHECK(new_one.error().code == ErrorCode::io);
    CHECK(new_one.error().message
          == fmt::format("results database \"{}\" cannot be opened: permission denied",
                         (inner / "new.db").string()));

    const auto new_folder = Store::open(inner / "deeper/new.db", OpenMode::create);
    REQUIRE_FALSE(new_folder);
    CHECK(new_folder.error()
          == Error{ErrorCode::io,
                   fmt::format(
                     "the folder \"{}\" for the results database cannot be made: Permission denied",
                     (inner / "deeper").string())});
  }
  std::filesystem::permissions(inner, std::filesystem::perms(0755));
}
