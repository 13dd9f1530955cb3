// SPDX-License-Identifier: MIT
#include "engine/base/clock.hpp"

#include "tests/support/catch.hpp"

using namespace assay;

TEST_CASE("Times are read in every accepted spelling")
{
  struct Row {
    std::string text;
    std::string expected;
  };

  const auto row = GENERATE(values<Row>({{"2026-11-22T14:00:30Z", "2026-11-22T14:00:30Z"},
                                         {"2026-11-22T14:00Z", "2026-11-22T14:00:00Z"},
                                         {"2026-11-22 14:00", "2026-11-22T14:00:00Z"},
                                         {"2026-11-22T14:00+02:00", "2026-11-22T12:00:00Z"},
                                         {"2026-11-22T14:00:00-0530", "2026-11-22T19:30:00Z"},
                                         {"2026-11-22T01:00+02", "2026-11-21T23:00:00Z"},
                                         {"2026-11-22", "2026-11-22T23:59:59Z"},
                                         {"2024-02-29", "2024-02-29T23:59:59Z"},
                                         {"@0", "1970-01-01T00:00:00Z"},
                                         {"@1700000000", "2023-11-14T22:13:20Z"}}));
  CAPTURE(row.text);
  const auto parsed = parse_instant(row.text);
  REQUIRE(parsed.has_value());
  CHECK(to_iso8601(*parsed) == row.expected);
}

TEST_CASE("What is not a time is refused with the accepted spellings")
{
  const auto* text = GENERATE("",
                              "yesterday",
                              "2026-13-01",
                              "2026-02-30",
                              "2025-02-29",
                              "2026-11-22T25:00Z",
                              "2026-11-22T14:61Z",
                              "2026-11-22T14:00:00Zz",
                              "2026-11-22T14:00+15:00",
                              "@-1",
                              "@",
                              "@99999999999999",
                              "2026/11/22",
                              "2026-11-22T",
                              "26-11-22",
                              "2026-11-22T14:00:00+02:0");
  CAPTURE(text);
  const auto parsed = parse_instant(text);
  REQUIRE_FALSE(parsed.has_value());
  CHECK(parsed.error().code == ErrorCode::invalid_input);
  CHECK_THAT(parsed.error().message, Catch::Contains("is not a time"));
}

TEST_CASE("The system clock ticks forward")
{
  const SystemClock clock;
  const auto before = clock.ticks();
  CHECK(clock.ticks() >= before);
  CHECK(to_iso8601(clock.now()) > "2024-01-01T00:00:00Z");
}
