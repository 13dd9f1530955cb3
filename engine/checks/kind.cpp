// SPDX-License-Identifier: MIT
#include "engine/checks/kind.hpp"

#include <charconv>
#include <stdexcept>
#include <utility>

namespace assay::checks {

namespace {

Finding decided(double share, double confidence, std::string reason, std::vector<Evidence> evidence)
{
  Finding finding;
  finding.state = Finding::State::decided;
  finding.share = share;
  finding.confidence = confidence;
  finding.reason = std::move(reason);
  finding.evidence = std::move(evidence);
  return finding;
}

} // namespace

Finding passed(double confidence, std::string reason, std::vector<Evidence> evidence)
{
  return decided(1.0, confidence, std::move(reason), std::move(evidence));
}

Finding failed(double confidence, std::string reason, std::vector<Evidence> evidence)
{
  return decided(0.0, confidence, std::move(reason), std::move(evidence));
}

Finding shared(double share, double confidence, std::string reason, std::vector<Evidence> evidence)
{
  return decided(share, confidence, std::move(reason), std::move(evidence));
}

Finding
at_level(std::string level, double confidence, std::string reason, std::vector<Evidence> evidence)
{
  Finding finding = decided(1.0, confidence, std::move(reason), std::move(evidence));
  finding.levels.push_back(std::move(level));
  return finding;
}

Finding undetermined(std::string reason, double guess, std::vector<Evidence> evidence)
{
  Finding finding = decided(guess, 0.2, std::move(reason), std::move(evidence));
  finding.state = Finding::State::undetermined;
  return finding;
}

Finding not_applicable(std::string reason)
{
  Finding finding = decided(0.0, 1.0, std::move(reason), {});
  finding.state = Finding::State::not_applicable;
  return finding;
}

Params::Params(std::vector<std::pair<std::string, ParamValue>> values,
               std::map<std::string, double> credits)
  : values_(std::move(values)),
    credits_(std::move(credits))
{
}

const ParamValue& Params::find(std::string_view name) const
{
  for (const auto& [key, value] : values_) {
    if (key == name) {
      return value;
    }
  }
  throw std::logic_error("the kind declares no parameter " + std::string(name));
}

const std::string& Params::text(std::string_view name) const
{
  return find(name).text;
}

double Params::number(std::string_view name) const
{
  const std::string& text = find(name).text;
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) {
    throw std::logic_error("parameter " + std::string(name) + " is not a number");
  }
  return value;
}

bool Params::flag(std::string_view name) const
{
  return find(name).text == "true";
}

std::vector<std::string> Params::list(std::string_view name) const
{
  std::vector<std::string> result;
  for (const ParamValue& item : find(name).items) {
    result.push_back(item.text);
  }
  return result;
}

bool Params::has(std::string_view name) const
{
  const ParamValue& value = find(name);
  return !value.text.empty() || !value.items.empty();
}

double Params::credit(std::string_view level) const
{
  const auto found = credits_.find(std::string(level));
  if (found == credits_.end()) {
    throw std::logic_error("the kind declares no level " + std::string(level));
  }
  return found->second;
}

} // namespace assay::checks
