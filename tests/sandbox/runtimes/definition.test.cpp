// SPDX-License-Identifier: MIT
#include "sandbox/runtimes/definition.hpp"

#include "sandbox/runtimes/builder.hpp"
#include "sandbox/runtimes/digest.hpp"
#include "tests/support/catch.hpp"

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

using namespace assay;
using namespace assay::runtimes;

namespace {

const std::string k_text = "summary: A runtime\n"
                           "suite: trixie\n"
                           "components: main\n"
                           "python: /usr/bin/python3\n"
                           "packages:\n"
                           "  # the mapper\n"
                           "  python3-sqlalchemy python3   # in one line\n"
                           "exclude: /usr/share/doc/*\n";

std::string digest_of(const std::string& text)
{
  return parse_definition(text, "x").value().digest;
}

std::string replaced(std::string text, const std::string& from, const std::string& to)
{
  return text.replace(text.find(from), from.size(), to);
}

} // namespace

TEST_CASE("SHA-256 of the standard's examples")
{
  CHECK(sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
        == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  Sha256 million;
  for (int i = 0; i < 1000; ++i) {
    million.update(std::string(1000, 'a'));
  }
  CHECK(million.finish() == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("a definition is read")
{
  const auto read = parse_definition(k_text, "sqlalchemy-9");
  REQUIRE(read);
  CHECK(read->name == "sqlalchemy-9");
  CHECK(read->summary == "A runtime");
  CHECK(read->packages == std::vector<std::string>{"python3", "python3-sqlalchemy"});
  CHECK(read->excluded == std::vector<std::string>{"/usr/share/doc/*"});
}

TEST_CASE("the digest covers what shapes the tree and nothing else")
{
  const std::string digest = digest_of(k_text);
  CHECK(digest_of(replaced(k_text, "A runtime", "Another text")) == digest);
  CHECK(digest_of(replaced(k_text, "python3-sqlalchemy python3 ", "python3\n  python3-sqlalchemy "))
        == digest);
  CHECK(digest_of(replaced(k_text, "trixie", "bookworm")) != digest);
  CHECK(digest_of(replaced(k_text, "python3-sqlalchemy", "python3-sqlite")) != digest);
  CHECK(digest_of(replaced(k_text, "doc/*", "man/*")) != digest);
  CHECK(digest_of(replaced(k_text, "bin/python3\n", "bin/python3.13\n")) != digest);
  CHECK(digest_of(k_text + "wheels: a==1\n") != digest);
}

TEST_CASE("a malformed definition is refused with its line")
{
  const std::vector<std::pair<std::string, std::string>> cases = {
    {k_text + "colour: red\n", "x.runtime:9: unknown key \"colour\""},
    {k_text + "suite: trixie\n", "x.runtime:9: \"suite\" comes twice"},
    {"  stray\n" + k_text, "x.runtime:1: an indented line"},
    {replaced(k_text, "suite: trixie", "suite:\ttrixie"), "x.runtime:2: has a tab"},
    {replaced(k_text, "suite: trixie", "suite:trixie"), "x.runtime:2: a blank is missing"},
    {replaced(k_text, "suite: trixie", "trixie"), "x.runtime:2: expected \"key: value\""},
    {replaced(k_text, "suite: trixie", "suite: --mode=root"), "x.runtime:2: suite: expected"},
    {replaced(k_text, "python3-sqlalchemy", "-oAPT::x"), "x.runtime:5: packages: expected"},
    {replaced(k_text, "python3-sqlalchemy", "python3"), "x.runtime:5: packages: \"python3\" comes"},
    {replaced(k_text, "/usr/bin", "../bin"), "x.runtime:4: python: expected an absolute path"},
    {replaced(k_text, "suite: trixie\n", ""), "x.runtime: \"suite\" is missing"},
    {k_text + "wheels: a\n", "x.runtime:9: wheels: expected name==version"},
    {k_text + "wheel-index: http://example.org\n", "x.runtime:9: wheel-index: expected an https"},
    {k_text + "wheel-index: https://example.org\n", "x.runtime: names a source of wheels"},
  };
  for (const auto& [text, expected] : cases) {
    INFO(expected);
    const auto read = parse_definition(text, "x");
    REQUIRE_FALSE(read);
    CHECK(describe(read.failure()).starts_with(expected));
  }
  CHECK_FALSE(parse_definition(k_text, "../x"));
  CHECK_FALSE(parse_definition(k_text, ".x"));
}

TEST_CASE("the shipped definitions are sound")
{
  const auto shipped = load_definitions(ASSAY_SOURCE_DIR "/sandbox/runtimes");
  REQUIRE(shipped);
  REQUIRE(shipped->size() == 2);
  CHECK((*shipped)[0].name == "sqlalchemy-1.4");
  CHECK((*shipped)[1].name == "sqlalchemy-2.0");
}

TEST_CASE("the mirror is derived from what the host uses")
{
  CHECK(find_mirror("http://a.example/debian-security/ bookworm-security main\n"
                    "http://a.example/debian/ bookworm-updates main\n"
                    "http://a.example/debian/ bookworm contrib\n"
                    "http://a.example/debian/ bookworm main\n"
                    "http://b.example/debian/ bookworm main\n")
        == "http://a.example/debian/");
  CHECK(find_mirror("https://s.example/archive/debian/20250520T000000Z/ bookworm main\n")
        == "https://s.example/archive/debian/20250520T000000Z/");
  CHECK(find_mirror("http://a.example/ubuntu/ noble main\n").empty());
  CHECK(find_mirror("").empty());
}

TEST_CASE("the host's way to its mirror is taken along")
{
  CHECK(download_options("Acquire \"\";\n"
                         "Acquire::http \"\";\n"
                         "Acquire::http::Proxy \"http://proxy.example:3128\";\n"
                         "Acquire::Languages \"none\";\n"
                         "Acquire::Check-Date \"false\";\n"
                         "DPkg::Post-Invoke:: \"rm x\";\n")
        == std::vector<std::string>{"Acquire::http::Proxy \"http://proxy.example:3128\"",
                                    "Acquire::Check-Date \"false\""});
}
