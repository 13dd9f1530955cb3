// SPDX-License-Identifier: MIT
#include "engine/checks/outcome.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace assay::checks {

namespace {

constexpr double k_weak_factor = 0.8;      // checks.md 3.5
constexpr double k_ambiguous_factor = 0.9; // checks.md 3.6
constexpr double k_broken_cap = 0.6;       // checks.md 10, R21 and R34
constexpr double k_full = 0.995;
constexpr double k_none = 0.005;
constexpr double k_rounding = 1e-9;

double credit_of(const BoundCheck& check, const Finding& finding)
{
  if (!std::isfinite(finding.share)) {
    throw std::logic_error("share of kind " + std::string(check.kind->id) + " is not a number");
  }
  double credit = std::clamp(finding.share, 0.0, 1.0);
  for (const std::string& level : finding.levels) {
    credit *= check.params.credit(level);
  }
  return credit;
}

bool about_any(const BoundCheck& check, const std::set<std::string>& roles)
{
  return std::ranges::any_of(check.roles,
                             [&](const std::string& role) { return roles.contains(role); });
}

double doubt_factor(const BoundCheck& check, const Circumstances& circumstances)
{
  double factor = 1.0;
  if (about_any(check, circumstances.weak_roles)) {
    factor *= k_weak_factor;
  }
  if (circumstances.ambiguous && !check.roles.empty()) {
    factor *= k_ambiguous_factor;
  }
  return factor;
}

bool rests_on_broken_file(const BoundCheck& check,
                          const Finding& finding,
                          const Circumstances& circumstances)
{
  return about_any(check, circumstances.broken_roles)
         || std::ranges::any_of(finding.evidence, [&](const Evidence& evidence) {
              return circumstances.broken_files.contains(evidence.where.path);
            });
}

/// The most that this finding can establish.
double cap_of(const CheckSpec& spec,
              const BoundCheck& check,
              const Finding& finding,
              const Circumstances& circumstances)
{
  const bool ran = finding.basis == Basis::observed || finding.basis == Basis::cross_checked;
  if (ran || spec.by_reading) {
    return 1.0;
  }
  return rests_on_broken_file(check, finding, circumstances)
           ? std::min(k_broken_cap, spec.static_cap)
           : spec.static_cap;
}

std::string message_for(const CheckSpec& spec, const Verdict& verdict)
{
  const auto text = [&](const std::string& key) {
    const auto found = spec.messages.find(key);
    return found == spec.messages.end() ? std::string() : found->second;
  };
  switch (verdict.outcome) {
  case Outcome::pass:
    return text("pass");
  case Outcome::unverified:
    return text("unverified");
  case Outcome::not_applicable:
    return text("not_applicable");
  case Outcome::partial:
  case Outcome::fail:
    break;
  }
  for (const std::string& level : verdict.levels) {
    if (std::string message = text(level); !message.empty()) {
      return message;
    }
  }
  return verdict.outcome == Outcome::fail ? text("fail") : "";
}

std::string joined(const std::string& message, const std::string& sentence)
{
  return message.empty() || sentence.empty() ? message + sentence : message + " " + sentence;
}

void decide(Verdict& verdict, double credit, double cap)
{
  verdict.credit = credit;
  verdict.earned = credit * cap;
  verdict.lost = 1.0 - credit;
  verdict.expected = credit * cap;
  verdict.outcome = credit >= k_full   ? Outcome::pass
                    : credit <= k_none ? Outcome::fail
                                       : Outcome::partial;
}

} // namespace

Circumstances circumstances_of(const Facts& facts, const Resolution& resolution)
{
  Circumstances circumstances;
  circumstances.ambiguous = resolution.ambiguous;
  for (const SourceFile& file : facts.files) {
    if (file.role == FileRole::graded && !file.syntax_errors.empty()) {
      circumstances.broken_files.insert(file.path);
    }
  }
  for (const ModuleImport& module : facts.execution.modules) {
    if (module.outcome == ImportOutcome::failed) {
      circumstances.broken_files.insert(module.path);
    }
  }
  for (const auto& [role, entity] : resolution.entities) {
    if (entity.weak) {
      circumstances.weak_roles.insert(role);
    }
    if (circumstances.broken_files.contains(entity.where.path)) {
      circumstances.broken_roles.insert(role);
    }
  }
  return circumstances;
}

Verdict to_verdict(const CheckSpec& spec,
                   const BoundCheck& check,
                   const Finding& finding,
                   const Circumstances& circumstances)
{
  Verdict verdict;
  verdict.check = spec.id;
  verdict.basis = finding.basis;
  verdict.levels = finding.levels;
  verdict.levels.insert(verdict.levels.end(), finding.noted.begin(), finding.noted.end());
  verdict.evidence = finding.evidence;
  if (finding.state == Finding::State::not_applicable) {
    verdict.outcome = Outcome::not_applicable;
    verdict.confidence = finding.confidence;
    verdict.reason = joined(message_for(spec, verdict), finding.reason);
    return verdict;
  }
  const double credit = credit_of(check, finding);
  const double cap = cap_of(spec, check, finding, circumstances);
  const bool sure = finding.state == Finding::State::decided
                    && finding.confidence >= k_least_confidence - k_rounding;
  const double doubted = finding.confidence * doubt_factor(check, circumstances);
  const bool still_sure = doubted >= k_least_confidence - k_rounding;
  verdict.confidence = doubted;
  if (sure && (still_sure || credit >= k_full)) {
    // A doubtful match is no reason to withhold a clean pass: docs/decisions/doubtful-matches.md.
    verdict.confidence = std::max(doubted, k_least_confidence);
    decide(verdict, credit, cap);
  } else {
    verdict.outcome = Outcome::unverified;
    verdict.confidence = std::min(doubted, finding.confidence);
    verdict.expected = credit * cap;
  }
  const std::string message = finding.nothing_seen ? "" : message_for(spec, verdict);
  verdict.reason = joined(message, finding.reason);
  return verdict;
}

} // namespace assay::checks
