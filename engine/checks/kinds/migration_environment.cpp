// SPDX-License-Identifier: MIT
#include "engine/checks/execution_view.hpp"
#include "engine/checks/lookup.hpp"
#include "engine/checks/migration_examples.hpp"
#include "engine/checks/migration_run_view.hpp"
#include "engine/checks/migration_view.hpp"

#include <fmt/format.h>

namespace assay::checks::migration_environment {

namespace {

constexpr Level k_levels[] = {
  {"lone_revision", 0.5, "A revision file without env.py and configuration."},
  {"skeleton", 0.25, "An environment without a revision."},
};

constexpr ExampleFile k_odd_environment[] = {
  {"models.py", k_library_models},
  {"alembic.ini", "[alembic]\nscript_location = migrations\n"},
  {"migrations/env.py", "from company_tools import run\n\nrun()\n"},
  {"migrations/versions/0001_authors_and_books.py", k_library_revision},
};

constexpr Example k_examples[] = {
  {"A migrated library", k_migrated, "{}", "pass"},
  {"No migration at all", k_not_migrated, "{}", "fail"},
  {"An environment that hands over to an unknown package", k_odd_environment, "{}", "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::migration};

Finding evaluate(const Subject& subject, const Params&)
{
  const MigrationFacts& migration = subject.facts.migration;
  const double confidence = migration_confidence(subject);
  std::vector<Evidence> evidence;
  add_evidence(evidence, migration.where, "");
  switch (migration.kind) {
  case MigrationKind::none:
    return failed(confidence, "There is no Alembic environment");
  case MigrationKind::lone_revision:
    return at_level("lone_revision",
                    confidence,
                    "There is a revision file, but no env.py and no alembic.ini",
                    evidence);
  case MigrationKind::alembic:
  case MigrationKind::flask_migrate:
    break;
  }
  const MigrationRunView view = view_migration_run(subject);
  if (view.run != nullptr && !view.run->located && view.run->stage != "configuration") {
    Finding finding =
      passed(view.confidence,
             fmt::format("The Alembic environment in {} is complete", migration.directory),
             evidence);
    finding.basis = Basis::observed;
    return finding;
  }
  if (view.run != nullptr && view.run->loads == Truth::no) {
    Finding finding = failed(view.confidence,
                             fmt::format("The Alembic environment in {} cannot be loaded: {}",
                                         migration.directory,
                                         describe(view.run->load_error)),
                             evidence_of(view.run->load_error));
    finding.basis = Basis::observed;
    return finding;
  }
  if (migration.environment_loads == Truth::no) {
    const std::string why = migration.environment_problems.empty()
                              ? "it does not load"
                              : migration.environment_problems.front();
    return failed(
      confidence,
      fmt::format("The Alembic environment in {} cannot be loaded: {}", migration.directory, why),
      evidence);
  }
  if (migration.revisions.empty()) {
    return at_level("skeleton", confidence, "The Alembic environment holds no revision", evidence);
  }
  if (migration.environment_loads == Truth::unknown) {
    return undetermined("Whether the Alembic environment loads could not be read", 0.9, evidence);
  }
  return passed(confidence,
                fmt::format("The Alembic environment in {} is complete", migration.directory),
                evidence);
}

} // namespace

extern constinit const Kind kind{
  .id = "migration.environment",
  .since = "0.1",
  .summary = "The Alembic environment is complete and can be loaded.",
  .why = "Configuration, `env.py` and the script directory belong together, wherever they lie and "
         "whatever the folder is called.",
  .blind_spots = "Settings that only exist while the program runs.",
  .params = {},
  .levels = k_levels,
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_migration<evaluate>,
};

} // namespace assay::checks::migration_environment
