// SPDX-License-Identifier: MIT
#include "engine/probe/import_plan.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

namespace assay::probe {

namespace {

/// "app/models/__init__.py" -> "app/models", "app/x.py" -> "app/x".
std::string without_ending(const std::string& path)
{
  constexpr std::string_view k_package = "/__init__.py";
  return path.ends_with(k_package) ? path.substr(0, path.size() - k_package.size())
                                   : path.substr(0, path.size() - 3);
}

/// The folder from which `name` leads to `path`; nothing if it does not.
std::optional<std::string> root_of(const std::string& path, const std::string& name)
{
  std::string inside = name;
  std::ranges::replace(inside, '.', '/');
  const std::string stem = without_ending(path);
  if (stem == inside) {
    return "";
  }
  return stem.ends_with("/" + inside)
           ? std::optional(stem.substr(0, stem.size() - inside.size() - 1))
           : std::nullopt;
}

/// Files that people start rather than import; they come last so that a failure of theirs tells
/// about nothing else.
bool is_script(const std::string& path)
{
  constexpr std::array<std::string_view, 10> k_scripts = {"main.py",
                                                          "run.py",
                                                          "manage.py",
                                                          "seed.py",
                                                          "demo.py",
                                                          "wsgi.py",
                                                          "asgi.py",
                                                          "example.py",
                                                          "examples.py",
                                                          "setup.py"};
  const std::string name = path.substr(path.rfind('/') + 1);
  return std::ranges::find(k_scripts, name) != k_scripts.end();
}

} // namespace

ImportPlan plan_imports(const Facts& facts)
{
  std::set<std::string> mapping;
  for (const MappedClass& mapped : facts.schema.classes) {
    mapping.insert(mapped.where.path);
  }
  std::map<std::string, int> uses;
  std::vector<PlannedImport> modules;
  for (const SourceFile& file : facts.files) {
    if (file.role != FileRole::graded || !file.path.ends_with(".py") || file.path == "setup.py") {
      continue;
    }
    if (const auto root = root_of(file.path, file.module)) {
      ++uses[*root];
      modules.push_back({file.path, file.module});
    }
  }
  const auto rank = [&](const PlannedImport& module) {
    return std::tuple(!mapping.contains(module.path), is_script(module.path), module.path);
  };
  std::ranges::sort(modules, {}, rank);

  ImportPlan plan;
  plan.modules = std::move(modules);
  for (const auto& [root, count] : uses) {
    plan.roots.push_back(root);
  }
  std::ranges::stable_sort(
    plan.roots, [&](const std::string& a, const std::string& b) { return uses[a] > uses[b]; });
  if (std::ranges::find(plan.roots, "") == plan.roots.end()) {
    plan.roots.push_back(""); // what python -m and pytest put there anyway
  }
  return plan;
}

} // namespace assay::probe
