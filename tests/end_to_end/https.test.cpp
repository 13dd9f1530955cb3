// SPDX-License-Identifier: MIT
// Fetching over https from a real server: git http-backend behind TLS and a password.
#include "tests/end_to_end/assay.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/git_repository.hpp"
#include "tests/support/git_server.hpp"

#include <nlohmann/json.hpp>

using namespace assay::test;
using nlohmann::json;

namespace {

namespace fs = std::filesystem;

const std::string k_password = "hunter2%secret";

/// A server with one repository, and a grader's home.
struct Hosted {
  Hosted()
    : repository(folder.path() / "blog.git", Bare::yes),
      server(folder.path(), "ana:" + k_password)
  {
    commit = repository.commit_folder(sample_folder("select-joined"));
  }

  /// `variables` stand before the command, as in a shell.
  [[nodiscard]] CommandResult grade(const std::string& path, const std::string& variables) const
  {
    return run({k_assay, "grade", "--no-run", "--format", "json", server.url(path)},
               at_home(home) + " " + variables);
  }

  [[nodiscard]] std::string trust() const { return "SSL_CERT_FILE=" + server.certificate() + " "; }

  /// The variable that names a credentials file with `line`.
  [[nodiscard]] std::string stored(const std::string& line) const
  {
    const fs::path file = home.path() / "credentials";
    std::ofstream(file) << line << '\n';
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
    return "ASSAY_GIT_CREDENTIALS=" + file.string();
  }

  TemporaryFolder folder;
  TemporaryFolder home;
  GitRepository repository;
  GitServer server;
  std::string commit;
};

void check_fetched(const Hosted& hosted, const CommandResult& result)
{
  CAPTURE(result.err);
  REQUIRE(result.code == 0);
  CHECK(result.err.empty());
  CHECK(json::parse(result.out)["submission"]["commit"] == hosted.commit);
}

/// One line, exit code 3, and the password nowhere: not printed, not kept.
void check_refused(const Hosted& hosted, const CommandResult& result, const std::string& says)
{
  CAPTURE(result.err);
  CHECK(result.code == 3);
  CHECK(result.out.empty());
  CHECK(std::ranges::count(result.err, '\n') == 1);
  CHECK(result.err.starts_with("assay: https://" + hosted.server.host()));
  CHECK(result.err.find(says) != std::string::npos);
  CHECK(result.err.find("hunter2") == std::string::npos);
}

/// Files below `folder` that hold `text`.
std::vector<std::string> holding(const fs::path& folder, const std::string& text)
{
  std::vector<std::string> found;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && read_text(entry.path()).find(text) != std::string::npos) {
      found.push_back(entry.path().filename());
    }
  }
  return found;
}

} // namespace

TEST_CASE("a repository comes over https, the second time without its objects")
{
  const Hosted hosted;
  check_fetched(hosted, hosted.grade("open/blog.git", hosted.trust()));
  const auto asked = [&] {
    const std::string requests = hosted.server.requests();
    return std::pair(std::ranges::count(requests, '\n'),
                     requests.find("POST") != std::string::npos);
  };
  const auto [first, posted] = asked();
  CHECK(posted);
  check_fetched(hosted, hosted.grade("open/blog.git", hosted.trust()));
  CHECK(asked().first == first + 1);
}

TEST_CASE("a password opens a private repository and is seen nowhere else")
{
  const Hosted hosted;
  const std::string host = hosted.server.host();
  const auto check = [&](const std::string& variables, const std::vector<std::string>& kept) {
    check_fetched(hosted, hosted.grade("private/blog.git", hosted.trust() + variables));
    CHECK(holding(hosted.home.path(), "hunter2") == kept);
  };
  check("ASSAY_GIT_USERNAME=ana ASSAY_GIT_HOST=localhost ASSAY_GIT_TOKEN=" + k_password, {});
  check(hosted.stored("https://ana:hunter2%25secret@" + host), {"credentials"});
}

TEST_CASE("a login that is missing or wrong is refused in one line")
{
  const Hosted hosted;
  const std::string token = "ASSAY_GIT_USERNAME=ana ASSAY_GIT_HOST=localhost ASSAY_GIT_TOKEN=";
  const auto refused = [&](const std::string& variables, const std::string& says) {
    check_refused(hosted, hosted.grade("private/blog.git", hosted.trust() + variables), says);
  };
  refused("", "there are none for localhost");
  refused(token + "hunter2wrong", "localhost refused the credentials");
  refused(hosted.stored("https://ana:hunter2wrong@" + hosted.server.host()),
          "refused the credentials");
  CHECK(holding(hosted.home.path(), "hunter2") == std::vector<std::string>{"credentials"});
}

TEST_CASE("a token is not sent to a host that it is not for")
{
  const Hosted hosted;
  const auto result = hosted.grade(
    "private/blog.git", hosted.trust() + "ASSAY_GIT_USERNAME=ana ASSAY_GIT_TOKEN=" + k_password);
  check_refused(hosted, result, "there are none for localhost");
  CHECK(hosted.server.requests().find(" login") == std::string::npos);
}

TEST_CASE("a host that a trusted one leads to gets no token")
{
  const Hosted hosted;
  check_fetched(hosted, hosted.grade("elsewhere/open/blog.git", hosted.trust()));
  const auto result =
    hosted.grade("elsewhere/private/blog.git",
                 hosted.trust() + "ASSAY_GIT_USERNAME=ana ASSAY_GIT_HOST=localhost ASSAY_GIT_TOKEN="
                   + k_password);
  check_refused(hosted, result, "localhost leads to 127.0.0.1, which gets no credentials");
  CHECK(hosted.server.requests().find(" login") == std::string::npos);
}

TEST_CASE("what else a server can do wrong is told in one line")
{
  const Hosted hosted;
  check_refused(hosted, hosted.grade("open/nothing.git", hosted.trust()), "no such repository");
  check_refused(hosted, hosted.grade("broken/blog.git", hosted.trust()), "500");
}

TEST_CASE("a server whose certificate nobody trusts is refused before anything is sent")
{
  const Hosted hosted;
  check_refused(
    hosted, hosted.grade("open/blog.git", ""), "certificate of localhost is not trusted");
  check_refused(hosted,
                hosted.grade("open/blog.git", "SSL_CERT_FILE=/nonexistent"),
                "certificates in /nonexistent");
  CHECK(hosted.server.requests().empty());
}
