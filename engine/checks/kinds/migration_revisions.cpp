// SPDX-License-Identifier: MIT
#include "engine/checks/lookup.hpp"
#include "engine/checks/migration_examples.hpp"
#include "engine/checks/migration_run_view.hpp"
#include "engine/checks/migration_view.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace assay::checks::migration_revisions {

namespace {

constexpr Param k_params[] = {
  {.name = "min",
   .type = ParamType::number,
   .fallback = "1",
   .unit = "revisions",
   .summary = "How many revisions must change the schema."},
};

constexpr Example k_examples[] = {
  {"A migrated library", k_migrated, "{}", "pass"},
  {"No migration at all", k_not_migrated, "{}", "fail"},
  {"Work that is hidden in a helper package", k_opaque_migration, "{}", "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::migration};

Finding evaluate(const Subject& subject, const Params& params)
{
  if (auto nothing = without_schema_work(subject)) {
    return *nothing;
  }
  const auto wanted = static_cast<std::ptrdiff_t>(params.number("min"));
  const auto working =
    std::ranges::count_if(subject.facts.migration.revisions, [](const Revision& revision) {
      return std::ranges::any_of(revision.upgrade, is_schema_work);
    });
  const double confidence = migration_confidence(subject);
  const MigrationRunView view = view_migration_run(subject);
  if (view.upgrade != nullptr && view.upgrade->ok == Truth::yes && wanted <= 1) {
    return by_run(passed(view.confidence,
                         fmt::format("The upgrade makes {} changes", view.upgrade->changes),
                         revision_evidence(subject)),
                  view);
  }
  if (working == 0 && view.upgrade != nullptr && view.upgrade->ok == Truth::no) {
    const std::string stops = "What upgrade() does could not be read, and it stops";
    return view.upgrade->changes > 0 && wanted <= 1
             ? by_run(passed(view.confidence,
                             fmt::format("The upgrade makes {} changes until it stops",
                                         view.upgrade->changes),
                             revision_evidence(subject)),
                      view)
             : undetermined(stops, 0.5, revision_evidence(subject));
  }
  if (working < wanted) {
    return failed(confidence,
                  fmt::format("{} of at least {} revisions change the schema", working, wanted),
                  revision_evidence(subject));
  }
  return passed(confidence,
                working == 1 ? std::string("One revision changes the schema")
                             : fmt::format("{} revisions change the schema", working),
                revision_evidence(subject));
}

} // namespace

extern constinit const Kind kind{
  .id = "migration.revisions",
  .since = "0.1",
  .summary = "Some revision does schema work in its upgrade.",
  .why =
    "Operations of Alembic count wherever they stand: in loops, helpers, batch blocks or as SQL.",
  .blind_spots = "Where the revisions could not be run: work that a package outside the repository "
                 "does.",
  .params = k_params,
  .levels = {},
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_migration<evaluate>,
};

} // namespace assay::checks::migration_revisions
