// SPDX-License-Identifier: MIT
#include "engine/checks/lookup.hpp"
#include "engine/checks/migration_examples.hpp"
#include "engine/checks/migration_run_view.hpp"
#include "engine/checks/migration_view.hpp"

#include <fmt/format.h>

namespace assay::checks::migration_single_head {

namespace {

constexpr Level k_levels[] = {
  {"several_heads", 0.5, "There are several heads that can be upgraded to."},
};

constexpr ExampleFile k_computed_chain[] = {
  {"models.py", k_library_models},
  {"migrations/versions/0001_a.py",
   "from alembic import op\nimport sqlalchemy as sa\nfrom chain import before\n\nrevision = "
   "\"0001\"\ndown_revision = before()\n\n"
   "def upgrade():\n    op.create_table(\"authors\", sa.Column(\"id\", sa.Integer(), "
   "primary_key=True))\n\n"
   "def downgrade():\n    op.drop_table(\"authors\")\n"},
};

constexpr Example k_examples[] = {
  {"A migrated library", k_migrated, "{}", "pass"},
  {"No migration at all", k_not_migrated, "{}", "fail"},
  {"A chain that is computed", k_computed_chain, "{}", "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::migration};

Finding by_heads(const MigrationRunView& view, const std::vector<Evidence>& evidence)
{
  const std::vector<std::string>& heads = view.run->heads;
  if (heads.size() == 1) {
    return passed(view.confidence, "The chain of revisions is unbroken and has one head", evidence);
  }
  return at_level("several_heads",
                  view.confidence,
                  fmt::format("There are {} heads: {}", heads.size(), fmt::join(heads, ", ")),
                  evidence);
}

Finding evaluate(const Subject& subject, const Params&)
{
  if (auto nothing = without_schema_work(subject)) {
    return *nothing;
  }
  const MigrationFacts& migration = subject.facts.migration;
  const MigrationRunView view = view_migration_run(subject);
  if (view.run != nullptr && !view.run->heads.empty()) {
    Finding finding = by_heads(view, revision_evidence(subject));
    finding.basis = Basis::observed;
    return finding;
  }
  const double confidence = migration_confidence(subject);
  if (migration.graph_ok == Truth::no) {
    return failed(confidence,
                  sentence(migration.graph_problems.empty() ? "the chain of revisions is broken"
                                                            : migration.graph_problems.front()),
                  revision_evidence(subject));
  }
  if (migration.graph_ok == Truth::unknown) {
    return undetermined(
      "The chain of revisions could not be read", 0.9, revision_evidence(subject));
  }
  if (migration.heads.size() > 1) {
    return at_level("several_heads",
                    confidence,
                    fmt::format("There are {} heads: {}",
                                migration.heads.size(),
                                fmt::join(migration.heads, ", ")),
                    revision_evidence(subject));
  }
  return passed(
    confidence, "The chain of revisions is unbroken and has one head", revision_evidence(subject));
}

} // namespace

extern constinit const Kind kind{
  .id = "migration.single_head",
  .since = "0.1",
  .summary = "The revisions form one unbroken chain with a single head.",
  .why =
    "Merged branches, labels and dependencies are fine; a missing or doubled identifier is not.",
  .blind_spots = "Identifiers that are computed.",
  .params = {},
  .levels = k_levels,
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_migration<evaluate>,
};

} // namespace assay::checks::migration_single_head
