// SPDX-License-Identifier: MIT
// Attacks as data: cases/<name>.py says in its head what is expected. Each runs warm, beside the
// others in one cell, and cold, in a cell of its own.
#include "sandbox/cell/cell.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/sandbox.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <sstream>

#include <sys/socket.h>

using namespace assay;
namespace fs = std::filesystem;

namespace {

struct Case {
  std::string name;
  std::string code;
  std::vector<std::string> expected; ///< any of these
  std::vector<std::pair<std::string, std::string>> files;
  int times = 1;
  bool silent = false;
};

std::vector<std::string> split(std::string text, const std::string& by)
{
  std::vector<std::string> parts;
  for (std::size_t at = text.find(by); at != std::string::npos; at = text.find(by)) {
    parts.push_back(text.substr(0, at));
    text.erase(0, at + by.size());
  }
  parts.push_back(text);
  return parts;
}

Case read_case(const fs::path& path)
{
  Case found;
  found.name = path.stem();
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    found.code += line + "\n";
    if (line.starts_with("# expect: ")) {
      found.expected = split(line.substr(10), " or ");
    } else if (line.starts_with("# times: ")) {
      found.times = std::stoi(line.substr(9));
    } else if (line.starts_with("# silent: ")) {
      found.silent = true;
    } else if (line.starts_with("# file ")) {
      const std::size_t colon = line.find(": ");
      found.files.emplace_back(line.substr(7, colon - 7), line.substr(colon + 2) + "\n");
    }
  }
  REQUIRE_FALSE(found.expected.empty());
  return found;
}

std::vector<Case> all_cases()
{
  std::vector<Case> cases;
  for (const auto& entry :
       fs::directory_iterator(fs::path(ASSAY_SOURCE_DIR) / "tests/hostile/cases")) {
    cases.push_back(read_case(entry.path()));
  }
  std::ranges::sort(cases, {}, &Case::name);
  return cases;
}

nlohmann::json json_of(const wire::Value& value)
{
  using wire::Value;
  if (const auto* truth = value.get<bool>()) {
    return *truth;
  }
  if (const auto* number = value.get<std::int64_t>()) {
    return *number;
  }
  if (const auto* real = value.get<double>()) {
    return *real;
  }
  if (const auto* text = value.get<std::string>()) {
    return *text;
  }
  if (const auto* list = value.get<Value::List>()) {
    auto out = nlohmann::json::array();
    for (const Value& item : *list) {
      out.push_back(json_of(item));
    }
    return out;
  }
  if (const auto* dict = value.get<Value::Dict>()) {
    auto out = nlohmann::json::object();
    for (const auto& [key, item] : *dict) {
      out[key] = json_of(item);
    }
    return out;
  }
  return nullptr;
}

std::string_view name_of(cell::EndingKind kind)
{
  using enum cell::EndingKind;
  switch (kind) {
  case finished:
    return "finished";
  case by_itself:
    return "by_itself";
  case crashed:
    return "crashed";
  case forbidden_call:
    return "forbidden_call";
  case cpu_limit:
    return "cpu_limit";
  case wall_limit:
    return "wall_limit";
  case memory_limit:
    return "memory_limit";
  case output_limit:
    return "output_limit";
  case invalid_reply:
    return "invalid_reply";
  case engine_fault:
    return "engine_fault";
  }
  return {};
}

cell::Limits tight_limits()
{
  cell::Limits limits;
  limits.cpu_seconds = 1;
  limits.step_seconds = 4;
  limits.memory_bytes = 160ULL << 20;
  limits.scratch_megabytes = 48;
  return limits;
}

/// What happened, in the words of the cases: "value [..]", "raises builtins.OSError", "ending
/// crashed".
std::string run(cell::Cell& cell, const Case& attack)
{
  std::vector<cell::SubmittedFile> files{{"case.py", attack.code}};
  for (const auto& [path, content] : attack.files) {
    files.push_back({path, content});
  }
  auto archive = cell::pack(files);
  auto database = socket_pair(SOCK_STREAM);
  REQUIRE(archive);
  REQUIRE(database);
  auto candidate = cell.start(*archive, (*database)[1], tight_limits());
  if (!candidate) {
    return "no box: " + describe(candidate.failure());
  }
  const cell::Reply reply =
    (*candidate)
      ->step("call", wire::Value(wire::Value::Dict{{"module", "case"}, {"function", "attack"}}));
  const cell::Ending ending = (*candidate)->finish();
  if (attack.silent && !(*candidate)->output().empty()) {
    return "printed: " + (*candidate)->output();
  }
  if (ending.kind != cell::EndingKind::finished) {
    return "ending " + std::string(name_of(ending.kind))
           + (ending.fault.empty() ? "" : " (" + ending.fault + ")");
  }
  if (reply.kind == cell::Reply::Kind::error) {
    return "raises " + json_of(*reply.value.member("type")).get<std::string>();
  }
  return "value " + json_of(reply.value).dump();
}

/// The expectation in the same normal form.
bool matches(const Case& attack, const std::string& outcome)
{
  return std::ranges::any_of(attack.expected, [&](const std::string& expected) {
    return expected.starts_with("value ")
             ? "value " + nlohmann::json::parse(expected.substr(6)).dump() == outcome
             : expected == outcome;
  });
}

std::unique_ptr<cell::Cell> open_cell()
{
  auto cell = cell::Cell::open(test::plan_of_cell());
  if (!cell) {
    FAIL(describe(cell.failure()));
  }
  return std::move(*cell);
}

/// An honest submission: whoever came before it must not show.
const Case k_honest{"honest",
                    "import sqlalchemy\n\ndef attack():\n    return sqlalchemy.__version__[:2]\n",
                    {R"(value "2.")"},
                    {},
                    1,
                    false};

} // namespace

TEST_CASE("Attacks in a warm cell end as they should and leave nothing behind", "[warm]")
{
  if (!test::runtime_root()) {
    WARN("not run: the runtime sqlalchemy-2.0 is not installed");
    return;
  }
  auto cell = open_cell();
  for (const Case& attack : all_cases()) {
    for (int i = 0; i < attack.times; ++i) {
      const std::string outcome = run(*cell, attack);
      INFO(attack.name << ": expected " << attack.expected.front());
      CHECKED_ELSE(matches(attack, outcome))
      {
        FAIL_CHECK(outcome);
      }
    }
    INFO("after " << attack.name);
    CHECK(cell->usable());
    CHECK(matches(k_honest, run(*cell, k_honest)));
    if (!cell->usable()) {
      cell = open_cell();
    }
  }
}

TEST_CASE("Attacks in a cell of their own end the same way", "[cold]")
{
  if (!test::runtime_root()) {
    WARN("not run: the runtime sqlalchemy-2.0 is not installed");
    return;
  }
  for (const Case& attack : all_cases()) {
    auto cell = open_cell();
    const std::string outcome = run(*cell, attack);
    INFO(attack.name << ": expected " << attack.expected.front());
    CHECKED_ELSE(matches(attack, outcome))
    {
      FAIL_CHECK(outcome);
    }
  }
}

TEST_CASE("Every attack of the catalogue is there", "[catalogue]")
{
  CHECK(all_cases().size() >= 55);
}
