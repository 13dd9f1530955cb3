// SPDX-License-Identifier: MIT
#include "engine/base/text.hpp"
#include "engine/checks/lookup.hpp"
#include "engine/checks/migration_examples.hpp"
#include "engine/checks/migration_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace assay::checks::migration_reviewable {

namespace {

constexpr Example k_examples[] = {
  {"A migrated library", k_migrated, "{}", "pass"},
  {"No migration at all", k_not_migrated, "{}", "fail"},
  {"Work that is hidden in a helper package", k_opaque_migration, "{}", "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::migration};

bool says_something(const std::string& message)
{
  constexpr std::array<std::string_view, 9> k_empty = {
    "", "empty message", "message", "migration", "test", "revision", "update", "wip", "."};
  return std::ranges::find(k_empty, to_lower(trim(message))) == k_empty.end();
}

Finding evaluate(const Subject& subject, const Params&)
{
  if (auto nothing = without_schema_work(subject)) {
    return *nothing;
  }
  const MigrationFacts& migration = subject.facts.migration;
  const double confidence = revision_text_confidence(subject);
  if (!migration.secrets.empty()) {
    return failed(
      confidence, "A password stands in the migration's configuration", migration.secrets);
  }
  for (const Revision& revision : migration.revisions) {
    std::vector<Evidence> evidence;
    add_evidence(evidence, revision.where, "");
    if (!says_something(revision.message)) {
      return failed(
        confidence, fmt::format("{} does not say what it is for", revision.path), evidence);
    }
    if (revision.id.empty()) {
      return failed(
        confidence, fmt::format("{} has no revision identifier", revision.path), evidence);
    }
  }
  return passed(confidence,
                "Every revision says what it is for, and no secret stands in the configuration",
                revision_evidence(subject));
}

} // namespace

extern constinit const Kind kind{
  .id = "migration.reviewable",
  .since = "0.1",
  .summary =
    "Revisions carry a real message and identifier, and no secret stands in the configuration.",
  .why = "A reviewer sees from its message what a revision is for. A local default address is no "
         "secret.",
  .blind_spots = "Secrets that do not look like any.",
  .params = {},
  .levels = {},
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_migration<evaluate>,
};

} // namespace assay::checks::migration_reviewable
