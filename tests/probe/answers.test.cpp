// SPDX-License-Identifier: MIT
#include "engine/probe/answers.hpp"

#include "engine/base/text.hpp"
#include "tests/support/catch.hpp"

using namespace assay;
using wire::Value;

TEST_CASE("A text that is cut stays UTF-8, wherever the cut falls")
{
  // One, two, three and four octets a character.
  const std::string text = "a\u00e9\u20ac\U0001F600 a\u00e9\u20ac\U0001F600";
  const Value answer(Value::Dict{{"message", Value(text)}});
  for (std::size_t limit = 0; limit <= text.size(); ++limit) {
    CAPTURE(limit);
    CHECK(is_utf8(probe::text_at(answer, "message", limit)));
  }
  CHECK(probe::text_at(answer, "message", text.size()) == text);
}

TEST_CASE("Control characters of an answer do not survive")
{
  const Value answer(Value::Dict{{"message", Value("a\x1b[2J\nb\x7f")}});
  CHECK(probe::text_at(answer, "message") == "a [2J b ");
}

TEST_CASE("The address of an object, another one in every run, is not told")
{
  CHECK(probe::one_line("<Post object at 0x7ff0d815ea50> and <User at 0x7f>.", 100)
        == "<Post object> and <User>.");
  CHECK(probe::one_line("at 0x", 100) == "at 0x");
  // The cut falls inside the address: what is kept does not depend on how long it was.
  CHECK(probe::one_line("<Post object at 0x7ff0d815ea50>", 20)
        == probe::one_line("<Post object at 0x7f>", 20));
}

TEST_CASE("What an answer lacks or gives in another type reads as empty")
{
  const Value answer(Value::Dict{{"name", Value(7)}, {"list", Value("x")}});
  CHECK(probe::text_at(answer, "name").empty());
  CHECK(probe::number_at(answer, "none") == 0);
  CHECK_FALSE(probe::truth_at(answer, "name"));
  CHECK(probe::list_at(answer, "list").empty());
  CHECK(probe::error_at(answer, "error") == RunError{});
}
