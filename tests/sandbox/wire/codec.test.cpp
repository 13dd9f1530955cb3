// SPDX-License-Identifier: MIT
#include "sandbox/wire/codec.hpp"

#include "sandbox/wire/frame.hpp"
#include "tests/support/catch.hpp"

#include <cstdlib>
#include <fstream>
#include <limits>

using namespace assay::wire;
using namespace std::string_literals;

namespace {

std::string octets(const std::string& hexadecimal)
{
  std::string out;
  for (std::size_t at = 0; at + 1 < hexadecimal.size(); at += 2) {
    out.push_back(static_cast<char>(std::stoi(hexadecimal.substr(at, 2), nullptr, 16)));
  }
  return out;
}

Fault fault_of(const std::string& encoding, const Limits& limits = {})
{
  const auto result = decode(encoding, limits);
  REQUIRE(std::holds_alternative<Fault>(result));
  return std::get<Fault>(result);
}

Value value_of(const std::string& encoding)
{
  const auto result = decode(encoding, {});
  REQUIRE(std::holds_alternative<Value>(result));
  return std::get<Value>(result);
}

std::string nested(int depth)
{
  std::string out;
  for (int level = 0; level < depth; ++level) {
    out += octets("5b01000000");
  }
  return out + "N";
}

/// The values of golden.txt as C++ has them, in its order.
const Value::List& golden()
{
  static const Value::List k_values = {
    Value(),
    true,
    false,
    0,
    1,
    -1,
    2147483647,
    std::numeric_limits<std::int32_t>::min(),
    std::int64_t{2147483648},
    std::int64_t{-2147483649},
    std::numeric_limits<std::int64_t>::max(),
    std::numeric_limits<std::int64_t>::min(),
    0.0,
    -0.5,
    1e300,
    "",
    "a",
    "é€😀",
    "nul\0inside"s,
    Bytes{},
    Bytes{"\0\xff"s},
    Value::List{},
    Value::List{Value(), 7},
    Value::List{Value::List{}, Value::List{"x"}},
    Value::Dict{},
    Value::Dict{{"k", 1}},
    Value::Dict{{"a", Value::List{1.0}}, {"b", Value::Dict{{"c", Value()}}}},
  };
  return k_values;
}

} // namespace

TEST_CASE("the golden encodings hold both ways in C++")
{
  std::ifstream table(ASSAY_SOURCE_DIR "/tests/sandbox/wire/golden.txt");
  std::size_t index = 0;
  for (std::string line; std::getline(table, line);) {
    if (line.starts_with('#')) {
      continue;
    }
    CAPTURE(line);
    REQUIRE(index < golden().size());
    const std::string encoding = octets(line.substr(line.find('\t') + 1));
    CHECK(encode(golden()[index]) == encoding);
    CHECK(value_of(encoding) == golden()[index]);
    ++index;
  }
  CHECK(index == golden().size());
}

TEST_CASE("the golden encodings hold both ways in Python")
{
  const std::string command =
    "python3 " ASSAY_SOURCE_DIR "/tests/sandbox/wire/golden.py " ASSAY_SOURCE_DIR
    "/sandbox/harness " ASSAY_SOURCE_DIR "/tests/sandbox/wire/golden.txt";
  CHECK(std::system(command.c_str()) == 0); // NOLINT(cert-env33-c): a fixed command
}

TEST_CASE("what is no plain value is refused with its reason")
{
  struct Row {
    const char* encoding;
    Fault fault;
  };

  const auto row = GENERATE(values<Row>({
    {"", Fault::truncated},
    {"69000000", Fault::truncated},
    {"6700", Fault::truncated},
    {"7505000000616263", Fault::truncated},
    {"75ffffffff61", Fault::truncated},
    {"5bffffffff", Fault::truncated},
    {"5b020000004e", Fault::truncated},
    {"7b750100000061", Fault::truncated},
    {"4e4e", Fault::trailing},
    {"30", Fault::tag},
    {"5b0100000030", Fault::tag},
    {"7b75010000006130", Fault::tag},
    {"ce", Fault::tag},
    {"7200000000", Fault::tag},
    {"63", Fault::tag},
    {"2e", Fault::tag},
    {"6c00000000", Fault::number},
    {"6c010000000000", Fault::number},
    {"6c010000000080", Fault::number},
    {"6c0500000000000000000000000800", Fault::number},
    {"6cfbffffff01000000000000000800", Fault::number},
    {"6c06000000010001000100010001000100", Fault::number},
    {"6cff000080", Fault::number},
    {"7501000000ff", Fault::text},
    {"7503000000eda080", Fault::text},
    {"7502000000c080", Fault::text},
    {"7504000000f4908080", Fault::text},
    {"7b690100000069010000 0030", Fault::key},
    {"7b7501000000614e7501000000614e30", Fault::key},
  }));
  std::string text = row.encoding;
  std::erase(text, ' ');
  CAPTURE(text);
  CHECK(fault_of(octets(text)) == row.fault);
}

TEST_CASE("limits on length, depth and number of values hold at their edge")
{
  CHECK(std::holds_alternative<Value>(decode(nested(16), {})));
  CHECK(fault_of(nested(17)) == Fault::depth);
  CHECK(fault_of(nested(100'000), {.max_bytes = 1'000'000}) == Fault::depth);

  const std::string three = octets("5b030000004e4e4e");
  CHECK(std::holds_alternative<Value>(decode(three, {.max_items = 4})));
  CHECK(fault_of(three, {.max_items = 3}) == Fault::items);
  CHECK(std::holds_alternative<Value>(decode(three, {.max_bytes = 8})));
  CHECK(fault_of(three, {.max_bytes = 7}) == Fault::too_long);
}

TEST_CASE("skipping stops at the same depth as decoding")
{
  for (const int depth : {16, 17}) {
    const std::string encoding = nested(depth);
    Reader reader(encoding, {});
    CHECK(reader.skip() == (depth == 16));
  }
}

TEST_CASE("a stream is cut into its messages however it arrives")
{
  std::string stream;
  for (const char* message : {"one", "", "three"}) {
    const std::size_t header = open_frame(stream);
    stream += message;
    close_frame(stream, header);
  }
  const std::size_t step = GENERATE(1U, 2U, 5U, 100U);
  FrameBuffer buffer(5);
  std::vector<std::string> messages;
  for (std::size_t at = 0; at < stream.size(); at += step) {
    buffer.append(std::string_view(stream).substr(at, step));
    while (const auto message = buffer.take()) {
      messages.emplace_back(*message);
    }
  }
  CHECK(messages == std::vector<std::string>{"one", "", "three"});
  CHECK(buffer.pending() == 0);
  CHECK_FALSE(buffer.overlong());
}

TEST_CASE("a message above the limit is refused by its header alone")
{
  FrameBuffer buffer(5);
  buffer.append("\x06\0\0\0"s);
  CHECK_FALSE(buffer.take());
  CHECK(buffer.overlong());
}
