// SPDX-License-Identifier: MIT
// Every limit has a message that names what was reached, where, and the limit.
#include "tests/intake/support.hpp"
#include "tests/support/catch.hpp"

#include <atomic>
#include <string>

using namespace assay;
using test::obtain;
using test::skipped;

namespace {

/// The same files as a plain folder and as a commit.
struct Both {
  explicit Both(const test::GitFiles& files)
    : repository(folder / "git")
  {
    for (const auto& [path, file] : files) {
      folder.write("plain/" + path, file.content);
    }
    repository.commit(files);
  }

  [[nodiscard]] std::vector<std::string> sources() const
  {
    return {(folder / "plain").string(), repository.path()};
  }

  test::TemporaryFolder folder;
  test::GitRepository repository;
};

Error refused(const Result<Snapshot>& snapshot)
{
  REQUIRE_FALSE(snapshot.has_value());
  return snapshot.error();
}

std::string noise(std::size_t bytes)
{
  std::string text;
  std::uint32_t state = 1;
  while (text.size() < bytes) {
    state = state * 1664525U + 1013904223U;
    text.push_back(static_cast<char>('a' + (state >> 24U) % 26U));
  }
  return text;
}

} // namespace

TEST_CASE("More entries than the limit end the reading")
{
  const Both both({{"a.py", {"1"}}, {"b/c.py", {"2"}}, {"b/d.py", {"3"}}});
  intake::IntakeOptions options;
  for (const std::string& source : both.sources()) {
    options.limits.max_files = 3;
    const Error error = refused(obtain(source, "", options));
    CHECK(error.code == ErrorCode::limit_exceeded);
    CHECK_THAT(error.message, Catch::Contains("more than 3 entries") && Catch::Contains("b/d.py"));
    options.limits.max_files = 4; // two files, a folder, a file
    CHECK(obtain(source, "", options).has_value());
  }
}

TEST_CASE("A file beyond the limit is listed and not loaded, whatever its kind")
{
  const Both both({{"a.py", {"1"}},
                   {"large.py", {std::string(101, 'x')}},
                   {"fits.py", {std::string(100, 'x')}},
                   {"large.png", {std::string(2000, 'x')}}});
  intake::IntakeOptions options;
  options.limits.max_blob_bytes = 100;
  for (const std::string& source : both.sources()) {
    const auto snapshot = obtain(source, "", options).value();
    CHECK(test::paths(snapshot) == std::vector<std::string>{"a.py", "fits.py"});
    CHECK(skipped(snapshot, "large.py")
          == SkippedPath{"large.py", SkipReason::too_large, "101 bytes, limit 100"});
    CHECK(skipped(snapshot, "large.png").reason == SkipReason::too_large);
  }
}

TEST_CASE("More content than the limit ends the reading")
{
  const Both both({{"a.py", {std::string(60, 'x')}},
                   {"b.py", {std::string(60, 'y')}},
                   {"c.png", {std::string(5000, 'z')}}});
  intake::IntakeOptions options;
  for (const std::string& source : both.sources()) {
    options.limits.max_total_bytes = 119;
    const Error error = refused(obtain(source, "", options));
    CHECK(error.code == ErrorCode::limit_exceeded);
    CHECK_THAT(error.message, Catch::Contains("more than 119 bytes") && Catch::Contains("b.py"));
    options.limits.max_total_bytes = 120;
    CHECK(obtain(source, "", options).has_value());
  }
}

TEST_CASE("A path beyond the limit is skipped")
{
  const Both both({{"folder/ten.py", {"1"}}, {"folder/eleven.py", {"2"}}});
  intake::IntakeOptions options;
  options.limits.max_path_bytes = 13;
  for (const std::string& source : both.sources()) {
    const auto snapshot = obtain(source, "", options).value();
    CHECK(test::paths(snapshot) == std::vector<std::string>{"folder/ten.py"});
    CHECK(skipped(snapshot, "folder/eleven.py")
          == SkippedPath{"folder/eleven.py", SkipReason::too_long, "16 bytes, limit 13"});
  }
}

TEST_CASE("A name of two thousand characters is reported by its beginning")
{
  const test::TemporaryFolder folder;
  test::GitRepository repository(folder / "blog");
  repository.commit({{std::string(2000, 'n') + ".py", {"1"}}, {"a.py", {"1"}}});
  const auto snapshot = obtain(repository.path()).value();
  REQUIRE(snapshot.skipped.size() == 1);
  CHECK(snapshot.skipped[0].reason == SkipReason::too_long);
  CHECK(snapshot.skipped[0].path == std::string(300, 'n') + "...");
}

TEST_CASE("Folders deeper than the limit are skipped as a whole")
{
  const Both both({{"a/b/c.py", {"1"}}, {"a/b/c/d.py", {"2"}}});
  intake::IntakeOptions options;
  options.limits.max_depth = 2;
  for (const std::string& source : both.sources()) {
    const auto snapshot = obtain(source, "", options).value();
    CHECK(test::paths(snapshot) == std::vector<std::string>{"a/b/c.py"});
    CHECK(skipped(snapshot, "a/b/c/")
          == SkippedPath{"a/b/c/", SkipReason::too_deep, "3 folders deep, limit 2"});
  }
}

TEST_CASE("More commits than the limit make the count a lower bound")
{
  const test::TemporaryFolder folder;
  test::GitRepository repository(folder / "blog");
  for (int i = 0; i < 5; ++i) {
    repository.commit({{"a.py", {std::to_string(i)}}});
  }
  intake::IntakeOptions options;
  options.limits.max_commits = 3;
  const auto snapshot = obtain(repository.path(), "", options).value();
  CHECK(snapshot.history.commits == 3);
  CHECK(snapshot.history.shallow);
}

TEST_CASE("A transfer beyond the limit on received bytes is broken off and leaves nothing")
{
  const test::TemporaryFolder folder;
  const test::TemporaryRoot temporary;
  test::GitRepository repository(folder / "blog");
  repository.commit({{"a.py", {noise(300'000)}}});
  intake::IntakeOptions options;
  options.limits.max_received_bytes = 50'000;
  const bool cached = GENERATE(false, true);
  if (cached) {
    options.cache_directory = folder / "cache";
  }
  const Error error = refused(obtain(repository.url(), "", options));
  CHECK(error.code == ErrorCode::limit_exceeded);
  CHECK_THAT(error.message, Catch::Contains("50000 bytes (limit on received bytes)"));
  CHECK(temporary.empty());
  for (const std::string& name : test::names_in(folder / "cache/repositories")) {
    CHECK_THAT(name, Catch::EndsWith(".lock"));
  }
  options.limits.max_received_bytes = 1'000'000;
  CHECK(obtain(repository.url(), "", options).has_value());
}

TEST_CASE("No time left is an error that names the limit")
{
  const Both both(test::GitFiles{{"a.py", {"1"}}});
  intake::IntakeOptions options;
  options.limits.max_wall = std::chrono::milliseconds{0};
  std::vector<std::string> sources = both.sources();
  sources.push_back(both.repository.url());
  for (const std::string& source : sources) {
    const Error error = refused(obtain(source, "", options));
    CHECK(error.code == ErrorCode::limit_exceeded);
    CHECK_THAT(error.message, Catch::Contains("longer than 0 s"));
  }
}

TEST_CASE("An interruption ends the reading")
{
  const Both both(test::GitFiles{{"a.py", {"1"}}});
  const std::atomic<bool> cancelled = true;
  intake::IntakeOptions options;
  options.cancelled = &cancelled;
  std::vector<std::string> sources = both.sources();
  sources.push_back(both.repository.url());
  for (const std::string& source : sources) {
    const Error error = refused(obtain(source, "", options));
    CHECK(error.code == ErrorCode::unavailable);
    CHECK_THAT(error.message, Catch::Contains("interrupted"));
  }
}

TEST_CASE("Progress is reported while files are read")
{
  const Both both(test::GitFiles{{"a.py", {"1"}}});
  int calls = 0;
  intake::IntakeOptions options;
  options.progress = [&calls](const intake::IntakeProgress& progress) {
    CHECK(progress.stage == intake::IntakeStage::reading);
    ++calls;
  };
  REQUIRE(obtain(both.sources()[0], "", options).has_value());
  CHECK(calls >= 1);
}
