// SPDX-License-Identifier: MIT
#include "engine/intake/source.hpp"

#include "engine/intake/intake.hpp"
#include "tests/support/catch.hpp"

using namespace assay;
using namespace assay::intake;

TEST_CASE("A source is taken for what it looks like")
{
  struct Row {
    std::string source;
    SourceKind kind;
    std::string url;
    std::string host;
  };

  const auto row = GENERATE(values<Row>({
    {"https://github.com/ana/blog", SourceKind::https, "https://github.com/ana/blog", "github.com"},
    {"https://GitHub.com/ana/blog.git/",
     SourceKind::https,
     "https://github.com/ana/blog.git",
     "github.com"},
    {"HTTPS://github.com:8443/ana/blog?x=1#y",
     SourceKind::https,
     "https://github.com:8443/ana/blog",
     "github.com"},
    {"https://ana@bitbucket.org/ana/blog",
     SourceKind::https,
     "https://bitbucket.org/ana/blog",
     "bitbucket.org"},
    {"ssh://git@host:2222/~/blog", SourceKind::ssh, "ssh://git@host:2222/~/blog", "host"},
    {"git@github.com:ana/blog.git", SourceKind::ssh, "git@github.com:ana/blog.git", "github.com"},
    {"file:///srv/blog", SourceKind::file, "", ""},
    {"file://localhost/srv/a%20b", SourceKind::file, "", ""},
    {"/srv/blog", SourceKind::path, "", ""},
    {"blog", SourceKind::path, "", ""},
    {"./git@host:x", SourceKind::path, "", ""},
    {"C:blog", SourceKind::path, "", ""},
  }));
  CAPTURE(row.source);
  const auto source = classify(row.source);
  REQUIRE(source.has_value());
  CHECK(source->kind == row.kind);
  CHECK(source->url == row.url);
  CHECK(source->host == row.host);
}

TEST_CASE("The path of a file URL is decoded")
{
  CHECK(classify("file:///srv/a%20b")->path == "/srv/a b");
  CHECK(classify("file://localhost/srv")->path == "/srv");
}

TEST_CASE("A source that cannot be used is refused with the reason")
{
  struct Row {
    std::string source;
    std::string reason;
  };

  const auto row = GENERATE(values<Row>({
    {"", "is empty"},
    {"http://host/x", "not encrypted"},
    {"git://host/x", "not encrypted"},
    {"ftp://host/x", "not supported"},
    {"ext::sh -c touch% x://y", "not supported"},
    {"https://host", "not a usable URL"},
    {"https:///x", "not a usable URL"},
    {"https://host:0/x", "not a usable URL"},
    {"https://host:port/x", "not a usable URL"},
    {"file://otherhost/x", "this machine only"},
    {"file:///a%00b", "not a usable file URL"},
    {"file:///a%zz", "not a usable file URL"},
    {"/srv/a\nb", "control characters"},
  }));
  CAPTURE(row.source);
  const auto source = classify(row.source);
  REQUIRE_FALSE(source.has_value());
  CHECK(source.error().code == ErrorCode::invalid_input);
  CHECK_THAT(source.error().message, Catch::Contains(row.reason));
}

TEST_CASE("A secret in the source is refused and never repeated")
{
  const auto* source =
    GENERATE("https://ana:hunter2secret@github.com/ana/blog",
             "https://ana:hunt/hunter2secret@github.com/ana/blog",
             "https://ana:a@hunter2secret@github.com/ana/blog",
             "https://:hunter2secret@github.com/ana/blog",
             "https://ghp_hunter2secret@github.com/ana/blog",
             "https://github_pat_hunter2secret@github.com/ana/blog",
             "https://0123456789abcdef0123456789abhunter2secret@github.com/ana/blog",
             "ssh://git:hunter2secret@host/x",
             "ana:hunter2secret@github.com/ana/blog");
  CAPTURE(source);
  CHECK_THAT(redacted(source), !Catch::Contains("hunter2secret"));
  const auto result = classify(source);
  REQUIRE_FALSE(result.has_value());
  CHECK_THAT(result.error().message, Catch::Contains("ASSAY_GIT_TOKEN"));
  CHECK_THAT(result.error().message, !Catch::Contains("hunter2secret"));
}

TEST_CASE("A redacted source still says which repository it is")
{
  struct Row {
    std::string source;
    std::string shown;
  };

  const auto row = GENERATE(values<Row>({
    {"https://ana:pw@github.com/ana/blog", "https://github.com/ana/blog"},
    {"https://github.com/ana/blog?private_token=pw", "https://github.com/ana/blog"},
    {"https://host/@ana/blog", "https://host/@ana/blog"},
    {"ssh://git:pw@host:22/blog", "ssh://git@host:22/blog"},
    {"git@github.com:ana/blog", "git@github.com:ana/blog"},
    {"/srv/blog\x1b[2J", "/srv/blog\\x1b[2J"},
  }));
  CHECK(redacted(row.source) == row.shown);
}

TEST_CASE("A link is told to leave the repository or to stay inside")
{
  struct Row {
    std::string path;
    std::string target;
    bool outside;
  };

  const auto row = GENERATE(values<Row>({
    {"link", "app/models.py", false},
    {"link", "..", true},
    {"link", "/etc/passwd", true},
    {"a/b/link", "../../c", false},
    {"a/b/link", "../../../c", true},
    {"a/link", "../../repo/a", true},
    {"a/link", "./x/../..", false},
    {"link", ".", false},
  }));
  CAPTURE(row.path, row.target);
  CHECK(leads_outside(row.path, row.target) == row.outside);
}
