// SPDX-License-Identifier: MIT
// What running migrations takes in a warm cell: six tables in three revisions, up, down and up
// again, with everything around it (a box, env.py, four looks at the schema, once more with rows).
//
//   assay_bench_migrations [RUNS] [sqlite|postgresql]
#include "engine/probe/migrations.hpp"

#include "engine/facts/extract.hpp"
#include "tests/support/memory_snapshot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

using namespace assay;
namespace fs = std::filesystem;
using Ticks = std::chrono::steady_clock;

namespace {

std::string revision(int number, int first_table)
{
  std::string tables;
  std::string drops;
  for (int table = first_table; table < first_table + 2; ++table) {
    const std::string refers = table == 0
                                 ? ""
                                 : fmt::format("        sa.Column(\"parent_id\", sa.Integer(), "
                                               "sa.ForeignKey(\"t{}.id\"), nullable=False),\n",
                                               table - 1);
    tables += fmt::format("    op.create_table(\n        \"t{0}\",\n"
                          "        sa.Column(\"id\", sa.Integer(), primary_key=True),\n"
                          "        sa.Column(\"name\", sa.String(80), nullable=False),\n"
                          "        sa.Column(\"text\", sa.Text()),\n{1}    )\n"
                          "    op.create_index(\"ix_t{0}_name\", \"t{0}\", [\"name\"])\n",
                          table,
                          refers);
    drops = fmt::format("    op.drop_table(\"t{}\")\n", table) + drops;
  }
  return fmt::format("\"\"\"step {0}\"\"\"\nimport sqlalchemy as sa\nfrom alembic import op\n\n"
                     "revision = \"r{0}\"\ndown_revision = {1}\n\n"
                     "def upgrade():\n{2}\ndef downgrade():\n{3}",
                     number,
                     number == 1 ? "None" : fmt::format("\"r{}\"", number - 1),
                     tables,
                     drops);
}

Snapshot project()
{
  return test::memory_snapshot(
    {{"alembic.ini", "[alembic]\nscript_location = migrations\nsqlalchemy.url = sqlite:///x.db\n"},
     {"migrations/env.py",
      "from alembic import context\nfrom sqlalchemy import engine_from_config\n\n"
      "engine = engine_from_config(context.config.get_section(\"alembic\"), "
      "prefix=\"sqlalchemy.\")\n"
      "with engine.connect() as connection:\n"
      "    context.configure(connection=connection)\n"
      "    with context.begin_transaction():\n        context.run_migrations()\n"},
     {"migrations/versions/r1.py", revision(1, 0)},
     {"migrations/versions/r2.py", revision(2, 2)},
     {"migrations/versions/r3.py", revision(3, 4)}});
}

} // namespace

int main(int argc, char** argv)
{
  const int runs = argc > 1 ? std::atoi(argv[1]) : 15;
  const auto installation = probe::find_installation(fs::canonical("/proc/self/exe").parent_path());
  if (!installation) {
    fmt::print(stderr, "{}\n", installation.error().message);
    return 1;
  }
  probe::SandboxOptions options;
  options.cpu = 0;
  const bool on_postgres = argc > 2 && std::string_view(argv[2]) == "postgresql";
  options.database =
    on_postgres ? probe::DatabaseChoice::postgresql : probe::DatabaseChoice::sqlite;
  const auto sandbox = probe::Sandbox::open(*installation, options);
  if (!sandbox) {
    fmt::print(stderr, "{}\n", sandbox.error().message);
    return 1;
  }
  if (on_postgres) {
    const auto timed = [&](std::string_view what) {
      const auto begin = Ticks::now();
      const auto database = (*sandbox)->postgres();
      const double took = std::chrono::duration<double, std::milli>(Ticks::now() - begin).count();
      fmt::print("PostgreSQL, {}: {:.1f} ms{}\n",
                 what,
                 took,
                 database ? std::string() : " (" + database.error().message + ")");
    };
    timed("first start, cluster made if there is none");
    (*sandbox)->slot().drop_postgres();
    timed("start");
    timed("emptied");
  }
  const Snapshot snapshot = project();
  const Facts read = facts::read(snapshot);
  std::vector<double> whole;
  for (int i = 0; i < runs + 1; ++i) {
    Facts facts = read;
    const auto begin = Ticks::now();
    probe::SubmissionRun run(**sandbox, snapshot, facts);
    probe::observe_migrations(run);
    const double took = std::chrono::duration<double, std::milli>(Ticks::now() - begin).count();
    const MigrationRun& seen = facts.migration.run;
    if (seen.steps.size() != 3 || seen.steps.back().ok != Truth::yes || seen.tables.size() != 6) {
      fmt::print(stderr, "the migrations did not run\n");
      return 1;
    }
    if (i > 0) {
      whole.push_back(took);
    }
  }
  std::ranges::sort(whole);
  fmt::print("migrations of 3 revisions and 6 tables, warm: {:.0f} ms (least {:.0f})\n",
             whole[whole.size() / 2],
             whole.front());
}
