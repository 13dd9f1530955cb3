// SPDX-License-Identifier: MIT
#include "engine/codec/packed.hpp"

#include "engine/codec/codec.hpp"
#include "engine/codec/flat_record.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/filled.hpp"

#include <array>
#include <string>

using namespace assay;

TEST_CASE("Packed facts come back as JSON has them")
{
  const auto facts = GENERATE(as<Facts>(), Facts{}, test::filled<Facts>());
  const auto back = codec::unpack_facts(codec::pack(facts));
  REQUIRE(back);
  CHECK(*back == facts);
}

TEST_CASE("Text that is not UTF-8 is packed as JSON writes it")
{
  Facts facts;
  facts.integrity.push_back({"flag",
                             {},
                             "a\xff"
                             "b"});
  const auto back = codec::unpack_facts(codec::pack(facts)).value();
  CHECK(back == codec::from_json<Facts>(codec::to_json(facts)).value());
}

TEST_CASE("Damaged facts are refused wherever they are cut")
{
  const std::string whole = codec::pack(test::filled<Facts>());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    CAPTURE(size);
    CHECK_FALSE(codec::unpack_facts(whole.substr(0, size)));
  }
  CHECK_FALSE(codec::unpack_facts(whole + '\0'));
  CHECK_FALSE(codec::unpack_facts(std::string(64, '\xff')));
}

TEST_CASE("Changed bytes never do more than change the facts or be refused")
{
  constexpr std::array values{
    '\0', '\x7f', '\xff'}; // one of them at each byte: pages of values are alike
  const std::string whole = codec::pack(test::filled<Facts>());
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string changed = whole;
    changed[at] = values.at(at % values.size());
    static_cast<void>(codec::unpack_facts(changed));
  }
  CHECK(codec::packed_layout().starts_with("sha256:"));
}

TEST_CASE("Flat records are read, others are refused")
{
  struct Row {
    const char* text;
    const char* message;
  };

  const auto row = GENERATE(values<Row>({
    {R"({"a": "x", "b": 1.5, "c": true, "d": null, "e": ["y", 2]})", ""},
    {R"([1])", "is not a JSON record"},
    {R"({"a": {"b": 1}})", "column \"a\": is neither text, a number nor a list of these"},
    {R"({"a": [[1]]})", "column \"a\": is neither text, a number nor a list of these"},
  }));
  CAPTURE(row.text);
  const auto record = codec::read_flat_record(row.text);
  if (*row.message != '\0') {
    REQUIRE_FALSE(record);
    CHECK(record.error().message == row.message);
  } else {
    CHECK(record.value()
          == codec::FlatRecord{{"a", "x"}, {"b", "1.5"}, {"c", "true"}, {"d", ""}, {"e", "y;2"}});
  }
}
