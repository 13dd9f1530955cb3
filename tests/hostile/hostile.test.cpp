// SPDX-License-Identifier: MIT
// Attacks as data: cases/<name>.py says in its head what is expected, and what where there are no
// namespaces if that differs. Each runs warm, beside the others in one cell, and cold, in a cell of
// its own, at each level that this host has.
#include "sandbox/box/abox.h"
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
  std::vector<std::string> expected;            ///< any of these
  std::vector<std::string> expected_plain = {}; ///< below L2; empty: the same
  std::vector<std::pair<std::string, std::string>> files;
  int times = 1;
  bool silent = false;
  bool not_plain = false; ///< is documented not to be held below L2
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
    } else if (line.starts_with("# expect L1: ")) {
      found.expected_plain = split(line.substr(13), " or ");
    } else if (line.starts_with("# not at L1: ")) {
      found.not_plain = true;
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

std::vector<Case> all_cases(cell::Level level)
{
  std::vector<Case> cases;
  for (const auto& entry :
       fs::directory_iterator(fs::path(ASSAY_SOURCE_DIR) / "tests/hostile/cases")) {
    Case found = read_case(entry.path());
    if (level != cell::Level::filtered || !found.not_plain) {
      cases.push_back(std::move(found));
    }
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
  case space_limit:
    return "space_limit";
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
bool matches(const Case& attack, const std::string& outcome, cell::Level level)
{
  const bool differs = level == cell::Level::filtered && !attack.expected_plain.empty();
  return std::ranges::any_of(
    differs ? attack.expected_plain : attack.expected, [&](const std::string& expected) {
      return expected.starts_with("value ")
               ? "value " + nlohmann::json::parse(expected.substr(6)).dump() == outcome
               : expected == outcome;
    });
}

/// A cell at `level`; null, with a warning, where this host cannot have one.
std::unique_ptr<cell::Cell> open_cell(cell::Level level)
{
  if (!test::runtime_root()) {
    WARN("not run: the runtime sqlalchemy-2.0 is not installed");
    return nullptr;
  }
  if (level == cell::Level::filtered && abox_landlock_abi() < 4) {
    WARN("not run at L1: this kernel's Landlock is too old");
    return nullptr;
  }
  cell::CellPlan plan = test::plan_of_cell();
  if (level == cell::Level::filtered) {
    plan.level = level;
  }
  auto cell = cell::Cell::open(plan);
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
                    {},
                    1,
                    false,
                    false};

/// Every case beside the others in one cell.
void run_warm(cell::Level level)
{
  auto cell = open_cell(level);
  if (cell == nullptr) {
    return;
  }
  for (const Case& attack : all_cases(level)) {
    for (int i = 0; i < attack.times; ++i) {
      const std::string outcome = run(*cell, attack);
      INFO(attack.name << ": expected " << attack.expected.front());
      CHECKED_ELSE(matches(attack, outcome, level))
      {
        FAIL_CHECK(outcome);
      }
    }
    INFO("after " << attack.name);
    CHECK(cell->usable());
    CHECK(matches(k_honest, run(*cell, k_honest), level));
    if (!cell->usable()) {
      cell = open_cell(level);
    }
  }
}

} // namespace

TEST_CASE("Attacks in a warm cell end as they should and leave nothing behind", "[warm]")
{
  run_warm(cell::Level::complete);
}

TEST_CASE("Attacks in a cell of their own end the same way", "[cold]")
{
  for (const Case& attack : all_cases(cell::Level::complete)) {
    auto cell = open_cell(cell::Level::complete);
    if (cell == nullptr) {
      return;
    }
    const std::string outcome = run(*cell, attack);
    INFO(attack.name << ": expected " << attack.expected.front());
    CHECKED_ELSE(matches(attack, outcome, cell::Level::complete))
    {
      FAIL_CHECK(outcome);
    }
  }
}

TEST_CASE("Attacks without namespaces end as they should and leave nothing behind", "[warm][L1]")
{
  run_warm(cell::Level::filtered);
}

TEST_CASE("Every attack of the catalogue is there", "[catalogue]")
{
  CHECK(all_cases(cell::Level::complete).size() >= 55);
}
