// SPDX-License-Identifier: MIT
#include "engine/codec/codec.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/filled.hpp"

#include <nlohmann/json.hpp>

#include <limits>
#include <string>

using namespace assay;

TEMPLATE_TEST_CASE("A value with something in every member comes back unchanged",
                   "",
                   SourceFile,
                   EnvironmentFacts,
                   SchemaFacts,
                   QueryFacts,
                   MigrationFacts,
                   Facts,
                   Rubric,
                   Resolution,
                   Verdict,
                   Judgement,
                   Scorecard,
                   SubmissionRecord,
                   ExecutionRecord,
                   Timings,
                   RunRecord)
{
  const auto value = test::filled<TestType>();
  REQUIRE_FALSE(value == TestType{});

  const std::string text = codec::to_json(value);
  const auto back = codec::from_json<TestType>(text);

  REQUIRE(back);
  CHECK(*back == value);
  CHECK(codec::to_json(*back) == text);
}

TEMPLATE_TEST_CASE("A value with nothing in it comes back unchanged",
                   "",
                   Facts,
                   Rubric,
                   Judgement,
                   Scorecard,
                   RunRecord)
{
  const auto back = codec::from_json<TestType>(codec::to_json(TestType{}));
  REQUIRE(back);
  CHECK(*back == TestType{});
}

TEST_CASE("Members stand in the order of their declaration")
{
  Timings timings;
  timings.clone_ms = 1;
  timings.total_ms = 4;
  CHECK(codec::to_json(timings) == R"({"clone_ms":1,"read_ms":0,"execute_ms":0,"total_ms":4})");
}

TEST_CASE("Enumerators are words, times ISO 8601, points whole hundredths and nothing is null")
{
  RunRecord run;
  run.graded_at = Instant{std::chrono::seconds{1'700'000'000}};
  run.scorecard.total.point = Points{8325};
  run.judgement.verdicts.emplace_back().outcome = Outcome::not_applicable;

  const auto document = nlohmann::json::parse(codec::to_json(run));

  CHECK(document["graded_at"] == "2023-11-14T22:13:20Z");
  CHECK(document["scorecard"]["total"]["point"] == 8325);
  CHECK(document["judgement"]["verdicts"][0]["outcome"] == "not_applicable");
  CHECK(document["judgement"]["verdicts"][0]["credit"].is_null());
  CHECK(document["submission"]["before"].is_null());
}

TEST_CASE("Text that is not UTF-8 is written with a replacement character and read again")
{
  SourceFile file;
  file.path = "app/caf\xE9.py";
  file.encoding = std::string("a\0b", 3);

  const auto back = codec::from_json<SourceFile>(codec::to_json(file));

  REQUIRE(back);
  CHECK(back->path == "app/caf\xEF\xBF\xBD.py");
  CHECK(back->encoding == file.encoding);
}

TEST_CASE("Names of maps that are not UTF-8 never throw")
{
  Resolution resolution;
  resolution.queries["q\xFF"] = "a\xC3";
  const auto back = codec::from_json<Resolution>(codec::to_json(resolution));
  REQUIRE(back);
  CHECK(back->queries.at("q\xEF\xBF\xBD") == "a\xEF\xBF\xBD");
}

TEST_CASE("Numbers that JSON does not have are written as 0")
{
  Verdict verdict;
  verdict.confidence = std::numeric_limits<double>::quiet_NaN();
  verdict.expected = std::numeric_limits<double>::infinity();
  const auto back = codec::from_json<Verdict>(codec::to_json(verdict));
  REQUIRE(back);
  CHECK(back->confidence == 0);
  CHECK(back->expected == 0);
}

TEST_CASE("A document of another shape is refused with the place in it")
{
  struct Row {
    std::string text;
    std::string message;
  };

  const auto row = GENERATE(values<Row>({
    {R"({"clone_ms":1,"read_ms":0,"execute_ms":0})", R"(timings: no member "total_ms")"},
    {R"({"clone_ms":1,"read_ms":0,"execute_ms":0,"total_ms":0,"x":1})",
     R"(timings: unknown member "x")"},
    {R"({"clone_ms":"1","read_ms":0,"execute_ms":0,"total_ms":0})",
     "timings.clone_ms: a whole number is wanted, not string"},
    {R"({"clone_ms":1.5,"read_ms":0,"execute_ms":0,"total_ms":0})",
     "timings.clone_ms: a whole number is wanted, not number"},
    {R"({"clone_ms":9223372036854775808,"read_ms":0,"execute_ms":0,"total_ms":0})",
     "timings.clone_ms: 9223372036854775808 is out of range"},
    {R"({"clone_ms":1,"clone_ms":2,"read_ms":0,"execute_ms":0,"total_ms":0})",
     R"(the JSON text has the member "clone_ms" twice in one record)"},
    {"[]", "timings: a record is wanted, not array"},
    {"{", "not JSON (byte 2)"},
    {"", "not JSON (byte 1)"},
    {"{} {}", "not JSON (byte 4)"},
    {"{\"clone_ms\xFF\":1}", "not JSON (byte 11)"},
    {"nul", "not JSON (byte 4)"},
  }));
  CAPTURE(row.text);
  const auto result = codec::from_json<Timings>(row.text);
  REQUIRE_FALSE(result);
  CHECK(result.error() == Error{ErrorCode::invalid_input, row.message});
}

TEST_CASE("A place deep inside is named by its path")
{
  Scorecard card;
  card.gates.resize(2);
  auto document = nlohmann::ordered_json::parse(codec::to_json(card));
  document["gates"][1]["tripped"] = "yes";

  const auto result = codec::from_json<Scorecard>(document.dump());

  REQUIRE_FALSE(result);
  CHECK(result.error().message
        == "scorecard.gates[1].tripped: true or false is wanted, not string");
}

TEST_CASE("A word that no enumerator has is refused")
{
  auto document = nlohmann::ordered_json::parse(codec::to_json(SourceFile{}));
  document["role"] = "Graded";
  const auto result = codec::from_json<SourceFile>(document.dump());
  REQUIRE_FALSE(result);
  CHECK(result.error().message == "file.role: unknown value \"Graded\"");
}

TEST_CASE("Members that an earlier version did not write keep their defaults on request")
{
  const auto execution = codec::from_json<ExecutionRecord>(R"({"python":"3.13.5"})",
                                                           {.missing = codec::Missing::defaulted});
  REQUIRE(execution);
  CHECK(execution->python == "3.13.5");
  CHECK(execution->isolation == "L0");
  CHECK_FALSE(
    codec::from_json<ExecutionRecord>(R"({"pyhton":""})", {.missing = codec::Missing::defaulted}));
}

TEST_CASE("Size and depth are bounded before anything is parsed")
{
  const auto too_large = codec::from_json<Timings>(std::string(11, ' '), {.max_bytes = 10});
  REQUIRE_FALSE(too_large);
  CHECK(too_large.error()
        == Error{ErrorCode::limit_exceeded, "the JSON text has 11 bytes, more than 10"});

  const auto too_deep = codec::from_json<Timings>(std::string(1'000'000, '['));
  REQUIRE_FALSE(too_deep);
  CHECK(too_deep.error()
        == Error{ErrorCode::limit_exceeded, "the JSON text nests 1000000 levels, more than 64"});

  const auto brackets_in_text =
    codec::from_json<Timings>(R"({"a":"[[[[\"[[[["})", {.max_depth = 4});
  REQUIRE_FALSE(brackets_in_text);
  CHECK(brackets_in_text.error().code == ErrorCode::invalid_input);
}

TEST_CASE("Whatever happens to a stored text, reading it gives a value or an error")
{
  const std::string text = codec::to_json(test::filled<Judgement>());
  for (std::size_t at = 0; at < text.size(); at += 37) {
    CHECK_FALSE(codec::from_json<Judgement>(std::string_view(text).substr(0, at)));
    for (const char letter : {'\0', '"', '[', '}', '9', '\xFF'}) {
      std::string damaged = text;
      damaged[at] = letter;
      if (const auto value = codec::from_json<Judgement>(damaged); !value) {
        CHECK(value.error().code == ErrorCode::invalid_input);
      }
    }
  }
}
