// SPDX-License-Identifier: MIT
#include "engine/checks/tally.hpp"

#include <algorithm>
#include <cstddef>

namespace assay::checks {

namespace {

constexpr double k_negligible = 0.1;
constexpr std::size_t k_remarks_shown = 3;

} // namespace

Part missing_part(const Subject& subject, const EntityView& view)
{
  Part part;
  part.absent = true;
  part.confidence = view.confidence;
  part.known = view.complete == Truth::yes && other_mapper(subject).empty();
  part.remark = missing_reason(subject, view);
  return part;
}

Finding total(const std::vector<Part>& parts, std::string all_well)
{
  double weight = 0;
  double value = 0;
  double unknown = 0;
  Finding finding;
  finding.confidence = 1;
  std::vector<std::string> remarks;
  for (const Part& part : parts) {
    weight += part.weight;
    value += part.weight * part.value;
    unknown += part.known ? 0 : part.weight;
    finding.confidence = std::min(finding.confidence, part.confidence);
    finding.evidence.insert(finding.evidence.end(), part.evidence.begin(), part.evidence.end());
    if (!part.noted.empty()
        && std::ranges::find(finding.noted, part.noted) == finding.noted.end()) {
      finding.noted.push_back(part.noted);
    }
    if (!part.remark.empty() && std::ranges::find(remarks, part.remark) == remarks.end()) {
      remarks.push_back(part.remark);
    }
  }
  finding.nothing_seen = !parts.empty() && std::ranges::all_of(parts, &Part::absent);
  finding.share = weight > 0 ? std::clamp(value / weight, 0.0, 1.0) : 0;
  const bool decided = weight > 0 && unknown <= k_negligible * weight;
  finding.state = decided ? Finding::State::decided : Finding::State::undetermined;
  finding.reason = sentence(remarks.empty() ? std::move(all_well) : join_remarks(remarks));
  return finding;
}

std::string join_remarks(const std::vector<std::string>& remarks)
{
  std::string joined;
  const std::size_t shown = std::min(remarks.size(), k_remarks_shown);
  for (std::size_t at = 0; at < shown; ++at) {
    joined += (at == 0 ? "" : "; ") + remarks[at];
  }
  if (remarks.size() > shown) {
    joined += "; and " + std::to_string(remarks.size() - shown) + " more";
  }
  return joined;
}

} // namespace assay::checks
