// SPDX-License-Identifier: MIT
#include "engine/checks/outcome.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace assay::checks {

namespace {

constexpr double k_weak_factor = 0.8;      // checks.md 3.5
constexpr double k_ambiguous_factor = 0.9; // checks.md 3.6
constexpr double k_broken_share = 0.6;     // checks.md 10, R21 and R34
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

/// The broken file that this finding is about; empty if there is none.
std::string broken_file_of(const BoundCheck& check,
                           const Finding& finding,
                           const Circumstances& circumstances,
                           const std::map<std::string, std::string>& queries)
{
  const auto is_broken = [&](const std::string& path) {
    return circumstances.broken_files.contains(path);
  };
  for (const auto& [query, ref] : queries) {
    if (const std::string path = ref.substr(0, ref.find("::")); is_broken(path)) {
      return path;
    }
  }
  for (const Evidence& evidence : finding.evidence) {
    if (is_broken(evidence.where.path)) {
      return evidence.where.path;
    }
  }
  for (const auto& [role, path] : circumstances.broken_roles) {
    if (std::ranges::find(check.roles, role) != check.roles.end()) {
      return path;
    }
  }
  return {};
}

bool was_run(const Finding& finding)
{
  return finding.basis == Basis::observed || finding.basis == Basis::cross_checked;
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
      circumstances.broken_roles.emplace(role, entity.where.path);
    }
  }
  return circumstances;
}

Verdict to_verdict(const CheckSpec& spec,
                   const BoundCheck& check,
                   const Finding& finding,
                   const Circumstances& circumstances,
                   const std::map<std::string, std::string>& queries)
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
  const bool full = was_run(finding) || spec.by_reading;
  const std::string broken =
    full ? std::string() : broken_file_of(check, finding, circumstances, queries);
  const double cap = full ? 1.0 : broken.empty() ? spec.static_cap : k_broken_share;
  const bool sure = finding.state == Finding::State::decided
                    && finding.confidence >= k_least_confidence - k_rounding;
  const double doubted = finding.confidence * doubt_factor(check, circumstances);
  const bool still_sure = doubted >= k_least_confidence - k_rounding;
  verdict.confidence = doubted;
  if (sure && (still_sure || credit >= k_full)) {
    // A doubtful match is no reason to withhold a clean pass: docs/decisions/doubtful-matches.md.
    verdict.confidence = std::max(doubted, k_least_confidence);
    if (broken.empty()) {
      decide(verdict, credit, cap);
    } else {
      decide(verdict, credit * k_broken_share, 1.0);
    }
  } else {
    verdict.outcome = Outcome::unverified;
    verdict.confidence = std::min(doubted, finding.confidence);
    verdict.expected = credit * cap;
  }
  const std::string message = finding.nothing_seen ? "" : message_for(spec, verdict);
  verdict.reason = joined(message, finding.reason);
  if (!broken.empty() && credit > k_none) {
    verdict.reason += fmt::format("; {} cannot be imported, so this is judged by reading and "
                                  "counts {:.0f} %",
                                  broken,
                                  k_broken_share * 100);
  }
  return verdict;
}

} // namespace assay::checks
