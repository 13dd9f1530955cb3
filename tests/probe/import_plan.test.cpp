// SPDX-License-Identifier: MIT
#include "engine/probe/import_plan.hpp"

#include "tests/support/catch.hpp"

using namespace assay;
using probe::PlannedImport;

namespace {

Facts facts_of(const std::vector<std::pair<std::string, std::string>>& files,
               const std::string& models)
{
  Facts facts;
  for (const auto& [path, module] : files) {
    SourceFile file;
    file.path = path;
    file.module = module;
    file.role = FileRole::graded;
    facts.files.push_back(file);
  }
  MappedClass mapped;
  mapped.where.path = models;
  facts.schema.classes.push_back(mapped);
  return facts;
}

} // namespace

TEST_CASE("Models come first and scripts last, each under the candidate's own name")
{
  const auto plan = probe::plan_imports(facts_of({{"app/__init__.py", "app"},
                                                  {"app/main.py", "app.main"},
                                                  {"app/models.py", "app.models"},
                                                  {"app/queries.py", "app.queries"}},
                                                 "app/models.py"));
  CHECK(plan.modules
        == std::vector<PlannedImport>{{"app/models.py", "app.models"},
                                      {"app/__init__.py", "app"},
                                      {"app/queries.py", "app.queries"},
                                      {"app/main.py", "app.main"}});
  CHECK(plan.roots == std::vector<std::string>{""});
}

TEST_CASE("Roots are the folders that the names start from")
{
  const auto plan = probe::plan_imports(facts_of({{"backend/src/blog/models.py", "blog.models"},
                                                  {"backend/src/blog/db.py", "blog.db"},
                                                  {"tools/report.py", "report"}},
                                                 "backend/src/blog/models.py"));
  CHECK(plan.roots == std::vector<std::string>{"backend/src", "tools", ""});
}

TEST_CASE("What is not graded or cannot be imported by name stays out")
{
  Facts facts = facts_of({{"models.py", "models"},
                          {"2024-notes.py", "path:2024-notes.py"},
                          {"setup.py", "setup"},
                          {"tests/test_models.py", "tests.test_models"}},
                         "models.py");
  facts.files.back().role = FileRole::test;
  CHECK(probe::plan_imports(facts).modules == std::vector<PlannedImport>{{"models.py", "models"}});
}
