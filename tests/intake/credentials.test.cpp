// SPDX-License-Identifier: MIT
#include "engine/intake/credentials.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

#include <stdlib.h>

#include <cstdlib>

using namespace assay;
using namespace assay::intake;

namespace {

class Environment {
public:
  Environment(const char* name, const char* value)
    : name_(name)
  {
    setenv(name, value, 1);
  }

  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

  ~Environment() { unsetenv(name_); }

private:
  const char* name_;
};

Source source(const std::string& url)
{
  return classify(url).value();
}

void owner_only(const std::filesystem::path& path)
{
  std::filesystem::permissions(
    path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

} // namespace

TEST_CASE("A token goes to the hosts it is meant for and to no other")
{
  Credentials credentials;
  credentials.token = "t0ken";
  credentials.token_hosts = {"github.com"};
  const auto sent = password_for(source("https://github.com/ana/blog"), credentials).value();
  REQUIRE(sent.has_value());
  CHECK(sent->password == "t0ken");
  CHECK_FALSE(sent->username.empty());
  CHECK_FALSE(password_for(source("https://github.com.evil.example/ana/blog"), credentials)
                .value()
                .has_value());
  CHECK_FALSE(password_for(source("https://gitlab.com/ana/blog"), credentials).value().has_value());
}

TEST_CASE("The user name comes from the environment, else from the URL")
{
  Credentials credentials;
  credentials.token = "t0ken";
  credentials.token_hosts = {"bitbucket.org"};
  CHECK(password_for(source("https://ana@bitbucket.org/x/y"), credentials).value()->username
        == "ana");
  credentials.username = "robot";
  CHECK(password_for(source("https://ana@bitbucket.org/x/y"), credentials).value()->username
        == "robot");
}

TEST_CASE("The environment names the credentials and the host they are for")
{
  const Environment token("ASSAY_GIT_TOKEN", "t0ken");
  const Environment user("ASSAY_GIT_USERNAME", "robot");
  const Environment key("ASSAY_SSH_KEY", "/keys/id");
  {
    const Credentials credentials = credentials_from_environment();
    CHECK(credentials.token == "t0ken");
    CHECK(credentials.username == "robot");
    CHECK(credentials.ssh_key == "/keys/id");
    CHECK(credentials.token_hosts == std::vector<std::string>{"github.com"});
  }
  const Environment hosts("ASSAY_GIT_HOST", "Git.Example.org, gitlab.com");
  CHECK(credentials_from_environment().token_hosts
        == std::vector<std::string>{"git.example.org", "gitlab.com"});
}

TEST_CASE("A line of the credentials file is used for its host, port, path and user")
{
  const test::TemporaryFolder folder;
  folder.write("store",
               "https://ana:one@github.com\n"
               "https://bob:t%40wo@gitlab.com:8443/group/blog\n"
               "http://eve:three@plain.example\n"
               "not a line\n"
               "https://ana:four@bitbucket.org\nhttps://bob:five@bitbucket.org\n");
  owner_only(folder / "store");
  Credentials credentials;
  credentials.store = folder / "store";

  struct Row {
    std::string url;
    std::string password; ///< empty: none
  };

  const auto row = GENERATE(values<Row>({
    {"https://github.com/ana/blog", "one"},
    {"https://GITHUB.com/ana/blog", "one"},
    {"https://gitlab.com:8443/group/blog.git", "t@wo"},
    {"https://gitlab.com:8443/group/other", ""},
    {"https://gitlab.com/group/blog", ""},
    {"https://plain.example/x", ""},
    {"https://bob@bitbucket.org/x", "five"},
    {"https://eve@bitbucket.org/x", ""},
  }));
  CAPTURE(row.url);
  const auto found = password_for(source(row.url), credentials).value();
  CHECK((found ? found->password : "") == row.password);
}

TEST_CASE("A credentials file that others may read is refused")
{
  const test::TemporaryFolder folder;
  folder.write("store", "https://ana:one@github.com\n");
  std::filesystem::permissions(
    folder / "store", std::filesystem::perms::owner_read | std::filesystem::perms::group_read);
  Credentials credentials;
  credentials.store = folder / "store";
  const auto result = password_for(source("https://github.com/x/y"), credentials);
  REQUIRE_FALSE(result.has_value());
  CHECK(result.error().code == ErrorCode::invalid_input);
  CHECK_THAT(result.error().message, Catch::Contains("chmod 600") && Catch::Contains("0440"));
  CHECK_THAT(result.error().message, !Catch::Contains("one"));
}

TEST_CASE("A credentials file that is missing or no file is an error, not an empty one")
{
  const test::TemporaryFolder folder;
  Credentials credentials;
  credentials.store = folder / "nowhere";
  CHECK(password_for(source("https://github.com/x/y"), credentials).error().code
        == ErrorCode::not_found);
  credentials.store = folder.path();
  CHECK(password_for(source("https://github.com/x/y"), credentials).error().code
        == ErrorCode::invalid_input);
}

TEST_CASE("A password that a library repeats is masked")
{
  const UserPassword secret{"ana", "hunter2"};
  CHECK(without_secret("401 for ana:hunter2@host (hunter2)", secret)
        == "401 for ana:***@host (***)");
  CHECK(without_secret("nothing", std::nullopt) == "nothing");
}
