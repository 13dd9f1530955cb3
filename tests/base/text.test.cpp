// SPDX-License-Identifier: MIT
#include "engine/base/text.hpp"

#include "tests/support/catch.hpp"

#include <array>

using namespace assay;

TEST_CASE("Well-formed UTF-8 is told from look-alikes")
{
  struct Row {
    std::string bytes;
    bool expected;
  };

  const auto row = GENERATE(values<Row>({{"", true},
                                         {"plain", true},
                                         {"caf\xc3\xa9", true},
                                         {"\xe2\x82\xac", true},
                                         {"\xf0\x9f\x98\x80", true},
                                         {"\xf4\x8f\xbf\xbf", true},
                                         {"\xf4\x90\x80\x80", false}, // U+110000
                                         {"\xc0\xaf", false},         // overlong '/'
                                         {"\xe0\x80\xaf", false},
                                         {"\xf0\x80\x80\xaf", false},
                                         {"\xed\xa0\x80", false}, // surrogate
                                         {"\xc3", false},
                                         {"\xe2\x82", false},
                                         {"\x80", false},
                                         {"\xff", false},
                                         {"caf\xe9", false}})); // Latin-1
  CAPTURE(row.bytes);
  CHECK(is_utf8(row.bytes) == row.expected);
  CHECK(is_utf8(to_utf8_lossy(row.bytes)));
  CHECK((to_utf8_lossy(row.bytes) == row.bytes) == row.expected);
}

TEST_CASE("Latin-1 text becomes UTF-8 without loss")
{
  CHECK(latin1_to_utf8("a\xe9\xff") == "a\xc3\xa9\xc3\xbf");
  CHECK(latin1_to_utf8("\x80") == "\xc2\x80");
}

TEST_CASE("Trimming takes white space from both ends only")
{
  CHECK(trim(" \t a b \r\n") == "a b");
  CHECK(trim("\n\v\f").empty());
}

TEST_CASE("Splitting keeps empty parts and joining restores the text")
{
  const auto parts = split("a,,b,", ',');
  REQUIRE(parts.size() == 4);
  CHECK(parts[1].empty());
  CHECK(parts[3].empty());
  CHECK(join(std::vector<std::string>(parts.begin(), parts.end()), ",") == "a,,b,");
  CHECK(split("", ',').size() == 1);
}

TEST_CASE("Identifiers fall into words")
{
  struct Row {
    std::string identifier;
    std::vector<std::string> words;
  };

  const auto row = GENERATE(values<Row>({{"BlogPostModel", {"blog", "post", "model"}},
                                         {"blog_post_model", {"blog", "post", "model"}},
                                         {"HTTPServer2", {"http", "server", "2"}},
                                         {"userID", {"user", "id"}},
                                         {"__tablename__", {"tablename"}},
                                         {"posts2tags", {"posts", "2", "tags"}},
                                         {"ORMUser", {"orm", "user"}},
                                         {"X", {"x"}},
                                         {"app.models.User", {"app", "models", "user"}},
                                         {"publicaci\xc3\xb3nTag", {"publicaci\xc3\xb3n", "tag"}},
                                         {"", {}}}));
  CAPTURE(row.identifier);
  CHECK(identifier_words(row.identifier) == row.words);
}

TEST_CASE("Levenshtein distance counts single edits")
{
  CHECK(edit_distance("kitten", "sitting") == 3);
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance("abc", "") == 3);
  CHECK(edit_distance("same", "same") == 0);
}

TEST_CASE("The nearest candidate is offered only when it is near")
{
  const std::vector<std::string> kinds = {"entity.mapped", "entity.column", "query.eager"};
  CHECK(nearest("entity.mappd", kinds) == "entity.mapped");
  CHECK(nearest("entity.colunm", kinds) == "entity.column");
  CHECK_FALSE(nearest("completely_other_thing", kinds).has_value());
  CHECK_FALSE(nearest("zz", std::vector<std::string>{"ab"}).has_value());
  CHECK_FALSE(nearest("word", std::vector<std::string>{}).has_value());
}

TEST_CASE("Printable text cannot steer a terminal or turn the reading direction")
{
  CHECK(printable("a\x1b[31mred") == "a\\x1b[31mred");
  CHECK(printable("user\xe2\x80\xaegnp") == "user\\u202egnp");
  CHECK(printable("two\nlines\t") == "two\\x0alines\\x09");
  CHECK(printable("two\nlines\r", KeepNewlines::yes) == "two\nlines\\x0d");
  CHECK(printable("\xff\xfe") == "\\xff\\xfe");
  CHECK(printable("publicaci\xc3\xb3n \xf0\x9f\x98\x80") == "publicaci\xc3\xb3n \xf0\x9f\x98\x80");
  CHECK(printable(std::string_view("\0", 1)) == "\\x00");
  CHECK(printable("\xc2\x9b") == "\\x9b");               // C1 control sequence introducer
  CHECK(printable("\xf3\xa0\x81\x81") == "\\U000e0041"); // invisible tag character
}

TEST_CASE("Display width counts terminal columns")
{
  CHECK(display_width("abc") == 3);
  CHECK(display_width("caf\xc3\xa9") == 4);
  CHECK(display_width("cafe\xcc\x81") == 4); // combining acute accent
  CHECK(display_width("\xe6\x96\x87\xe5\xad\x97") == 4);
  CHECK(display_width("\xf0\x9f\x98\x80") == 2);
}

TEST_CASE("Prefixes are matched literally")
{
  constexpr std::array<std::string_view, 2> prefixes = {"test_", "conf"};
  CHECK(starts_with_any("conftest.py", prefixes));
  CHECK_FALSE(starts_with_any("my_test_x", prefixes));
}

TEST_CASE("Lower case leaves bytes beyond ASCII alone")
{
  CHECK(to_lower("ABC\xc3\x89z") == "abc\xc3\x89z");
}
