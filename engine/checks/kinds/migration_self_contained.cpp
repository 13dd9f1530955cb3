// SPDX-License-Identifier: MIT
#include "engine/checks/lookup.hpp"
#include "engine/checks/migration_examples.hpp"
#include "engine/checks/migration_view.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace assay::checks::migration_self_contained {

namespace {

constexpr Example k_examples[] = {
  {"A migrated library", k_migrated, "{}", "pass"},
  {"No migration at all", k_not_migrated, "{}", "fail"},
  {"Work that is hidden in a helper package", k_opaque_migration, "{}", "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::migration};

Finding evaluate(const Subject& subject, const Params&)
{
  if (auto nothing = without_schema_work(subject)) {
    return *nothing;
  }
  const double confidence = revision_text_confidence(subject);
  for (const Revision& revision : subject.facts.migration.revisions) {
    std::vector<Evidence> evidence;
    add_evidence(evidence, revision.where, "");
    if (!revision.application_imports.empty()) {
      return failed(confidence,
                    fmt::format("{} imports {} of the application",
                                revision.path,
                                fmt::join(revision.application_imports, ", ")),
                    evidence);
    }
    const auto made = std::ranges::find_if(revision.upgrade, [](const Operation& operation) {
      return operation.kind == OperationKind::create_all;
    });
    if (made != revision.upgrade.end()) {
      return failed(
        confidence,
        fmt::format("{} calls create_all instead of saying what it creates", revision.path),
        {{made->where, ""}});
    }
  }
  return passed(
    confidence, "The revisions depend on nothing in the application", revision_evidence(subject));
}

} // namespace

extern constinit const Kind kind{
  .id = "migration.self_contained",
  .since = "0.1",
  .summary = "Revisions depend neither on the models nor on `create_all`.",
  .why = "A revision that imports the models changes its meaning whenever the models change.",
  .blind_spots = "Imports by name while the program runs.",
  .params = {},
  .levels = {},
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_migration<evaluate>,
};

} // namespace assay::checks::migration_self_contained
