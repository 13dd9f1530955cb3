// SPDX-License-Identifier: MIT
// What an expert gives a sample, and what of that assay does not get right yet.
#pragma once

#include "engine/model/verdict.hpp"
#include "tests/support/read_text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <filesystem>
#include <set>
#include <sstream>
#include <string>

namespace assay::test {

/// A verdict and a key further apart than this contradict each other.
constexpr double k_key_tolerance = 0.15;

/// Whether a verdict that is decided says something else than the key of its check. `either` beside
/// the credit is a range that the assignment leaves open.
inline bool contradicts(const Verdict& verdict, const nlohmann::json& key)
{
  const nlohmann::json& credit = key["credit"];
  const bool applies = verdict.outcome != Outcome::not_applicable;
  if (credit.is_string() || credit.is_null() || !applies) {
    return applies == (credit.is_string() || credit.is_null());
  }
  double low = credit.get<double>();
  double high = low;
  if (key.contains("either")) {
    low = key["either"][0].get<double>();
    high = key["either"][1].get<double>();
  }
  const double given = verdict.credit.value_or(0);
  return given < low - k_key_tolerance - 1e-9 || given > high + k_key_tolerance + 1e-9;
}

/// "0.50", "n/a", or "?" for what is not decided.
inline std::string shown(const Verdict& verdict)
{
  return verdict.outcome == Outcome::not_applicable ? "n/a"
         : verdict.outcome == Outcome::unverified   ? "?"
                                                    : fmt::format("{:.2f}", *verdict.credit);
}

enum class Judged { when_run, by_reading };

/// Checks that open.txt beside the sample lists, one "CHECK why" on each line: known to be judged
/// otherwise than the key says. A reason that begins with "by reading" excuses reading alone.
inline std::set<std::string> known_open(const std::filesystem::path& sample, Judged judged)
{
  std::set<std::string> checks;
  std::istringstream lines(read_text(sample / "open.txt"));
  for (std::string line; std::getline(lines, line);) {
    const auto space = line.find(' ');
    if (judged == Judged::by_reading || line.compare(space + 1, 10, "by reading") != 0) {
      checks.insert(line.substr(0, space));
    }
  }
  return checks;
}

} // namespace assay::test
