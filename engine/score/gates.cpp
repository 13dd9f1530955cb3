// SPDX-License-Identifier: MIT
#include "engine/score/gates.hpp"

#include "engine/model/truth.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace assay::score {

namespace {

constexpr double k_rounding = 1e-9;
constexpr std::string_view k_any = "any:";

struct Held {
  Truth holds = Truth::unknown;
  std::string reason;
};

bool matches(const Rubric& rubric, const std::string& wanted, const IntegrityFlag& flag)
{
  if (!wanted.starts_with(k_any)) {
    return flag.flag == wanted;
  }
  const auto weight = rubric.flag_weights.find(flag.flag);
  return weight != rubric.flag_weights.end() && weight->second == wanted.substr(k_any.size());
}

Held hold_flag(const Rubric& rubric,
               const GateCondition& condition,
               std::span<const IntegrityFlag> flags)
{
  for (const IntegrityFlag& flag : flags) {
    if (matches(rubric, condition.flag, flag)) {
      const std::string place = flag.where.path.empty() ? "" : " in " + flag.where.path;
      return {Truth::yes, flag.flag + place};
    }
  }
  return {Truth::no,
          condition.flag.starts_with(k_any) ? "no such flag was raised"
                                            : condition.flag + " was not raised"};
}

Held hold_check(const GateCondition& condition, const Judgement& judgement)
{
  const auto verdict = std::ranges::find(judgement.verdicts, condition.check, &Verdict::check);
  if (verdict == judgement.verdicts.end() || verdict->outcome == Outcome::not_applicable) {
    return {Truth::no, condition.check + " does not apply"};
  }
  if (!verdict->credit) {
    return {Truth::unknown, condition.check + " could not be established"};
  }
  const bool low = *verdict->credit <= condition.at_most + k_rounding;
  return {truth(low),
          fmt::format("{} has {:.0f} % of its credit", condition.check, *verdict->credit * 100.0)};
}

GateResult evaluate(const Rubric& rubric,
                    const GateSpec& gate,
                    const Judgement& judgement,
                    std::span<const IntegrityFlag> flags)
{
  GateResult result;
  result.id = gate.id;
  result.title = gate.title;
  Truth all = Truth::yes;
  std::string reasons;
  std::string open;
  for (const GateCondition& condition : gate.when) {
    const Held held = condition.check.empty() ? hold_flag(rubric, condition, flags)
                                              : hold_check(condition, judgement);
    all = both(all, held.holds);
    reasons += (reasons.empty() ? "" : ", ") + held.reason;
    if (held.holds == Truth::unknown) {
      open += (open.empty() ? "" : ", ") + held.reason;
    }
  }
  result.tripped = all == Truth::yes;
  result.reason = all == Truth::unknown ? "not established: " + open : reasons;
  return result;
}

std::size_t rank_of(const Rubric& rubric, const std::string& band)
{
  const auto found = std::ranges::find(rubric.bands, band, &BandSpec::id);
  return static_cast<std::size_t>(found - rubric.bands.begin());
}

} // namespace

std::vector<GateResult> evaluate_gates(const Rubric& rubric,
                                       const Judgement& judgement,
                                       std::span<const IntegrityFlag> flags)
{
  std::vector<GateResult> results;
  for (const GateSpec& gate : rubric.gates) {
    results.push_back(evaluate(rubric, gate, judgement, flags));
  }
  return results;
}

std::string
capped_band(const Rubric& rubric, const std::string& band, const std::vector<GateResult>& gates)
{
  std::string result = band;
  for (std::size_t i = 0; i < gates.size(); ++i) {
    const std::string& cap = rubric.gates[i].cap;
    if (gates[i].tripped && !cap.empty() && rank_of(rubric, result) < rank_of(rubric, cap)) {
      result = cap;
    }
  }
  return result;
}

} // namespace assay::score
