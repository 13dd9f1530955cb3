// SPDX-License-Identifier: MIT
#include "engine/facts/migration/layout.hpp"

#include "engine/base/text.hpp"
#include "engine/facts/classify.hpp"
#include "engine/facts/migration/paths.hpp"
#include "engine/facts/migration/settings.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace assay::facts {

namespace {

/// One [alembic] section or [tool.alembic] table.
struct ConfiguredLocation {
  std::string config_path;
  SettingsSection section;
};

bool in_side_folder(std::string_view path)
{
  constexpr std::array<std::string_view, 8> k_side = {
    "tests", "test", "examples", "example", "docs", "doc", "templates", "fixtures"};
  const auto parts = split(path, '/');
  return std::ranges::any_of(
    parts, [&](auto part) { return std::ranges::find(k_side, part) != k_side.end(); });
}

bool is_settings_file(std::string_view path)
{
  return path.ends_with(".ini") || path.ends_with(".cfg") || file_name_of(path) == "pyproject.toml";
}

std::vector<ConfiguredLocation> find_configurations(const Snapshot& snapshot)
{
  std::vector<ConfiguredLocation> found;
  for (const auto& [path, blob] : snapshot.files) {
    if (!is_settings_file(path) || is_vendored(path) || !blob.content) {
      continue;
    }
    const auto text = text_of_file(snapshot, path);
    if (!text || text->find("alembic") == std::string::npos) {
      continue;
    }
    const bool toml = path.ends_with(".toml");
    for (SettingsSection& section : toml ? read_toml(*text) : read_ini(*text)) {
      const bool main_section = section.name == (toml ? "tool.alembic" : "alembic");
      if (main_section || (!toml && section.entries.contains("script_location"))) {
        found.push_back({path, std::move(section)});
      }
    }
  }
  return found;
}

std::string strip_here(std::string value, bool& here)
{
  for (const std::string_view spelled : {"%(here)s", "{here}"}) {
    for (auto at = value.find(spelled); at != std::string::npos; at = value.find(spelled)) {
      here = true;
      value.erase(at, spelled.size());
    }
  }
  return value;
}

/// "%(scripts)s" stands for a value that is set elsewhere.
bool is_computed(const std::string& value)
{
  bool here = false;
  const std::string rest = strip_here(value, here);
  return rest.find("%(") != std::string::npos || rest.find('$') != std::string::npos;
}

/// `app:migrations` means the folder migrations of the package app.
std::string without_package_colon(const std::string& value)
{
  std::string path = value;
  std::ranges::replace(path, ':', '/');
  const auto colon = value.find(':');
  if (colon != std::string::npos) {
    std::replace(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(colon), '.', '/');
  }
  return path;
}

/// Folders that a location may mean: from the settings file's folder, from the root, in a source
/// folder.
std::vector<std::string> possible_folders(const std::string& config_path, std::string value)
{
  bool here = false;
  value = strip_here(std::string(trim(value)), here);
  const std::string path = here ? std::string(trim(value)).erase(0, value.starts_with('/') ? 1 : 0)
                                : without_package_colon(value);
  std::vector<std::string> folders;
  const std::string config_folder = folder_of(config_path);
  const auto add = [&](const std::optional<std::string>& folder) {
    if (folder && std::ranges::find(folders, *folder) == folders.end()) {
      folders.push_back(*folder);
    }
  };
  add(resolve_path(config_folder, path));
  if (!here) {
    add(resolve_path("", path));
    add(resolve_path("src", path));
  }
  const auto slash = path.find('/');
  if (value.find(':') != std::string::npos && slash != std::string::npos) {
    add(resolve_path("", path.substr(slash + 1))); // the repository is the package itself
  }
  return folders;
}

std::optional<std::string> first_existing(const Snapshot& snapshot,
                                          const std::vector<std::string>& folders)
{
  const auto exists = [&](const std::string& folder) { return has_folder(snapshot, folder); };
  const auto with_env = std::ranges::find_if(folders, [&](const std::string& folder) {
    return snapshot.files.contains(folder.empty() ? "env.py" : folder + "/env.py");
  });
  if (with_env != folders.end()) {
    return *with_env;
  }
  const auto found = std::ranges::find_if(folders, exists);
  return found == folders.end() ? std::nullopt : std::optional(*found);
}

std::vector<std::string> split_locations(const SettingsSection& section, const Setting& value)
{
  if (!value.items.empty()) {
    return value.items;
  }
  std::string separator = setting(section, "path_separator");
  if (separator.empty()) {
    separator = setting(section, "version_path_separator");
  }
  std::string separators = " ,\n\t";
  if (separator == "os" || separator == ":") {
    separators = ":\n";
  } else if (separator == ";") {
    separators = ";\n";
  } else if (separator == "newline") {
    separators = "\n";
  }
  std::vector<std::string> parts;
  std::string current;
  for (const char c : value.value + separators.substr(0, 1)) {
    if (separators.find(c) == std::string::npos) {
      current += c;
    } else if (!trim(current).empty()) {
      parts.emplace_back(trim(current));
      current.clear();
    }
  }
  return parts;
}

void read_version_locations(const Snapshot& snapshot,
                            const ConfiguredLocation& configured,
                            MigrationLayout& layout)
{
  const auto entry = configured.section.entries.find("version_locations");
  if (entry == configured.section.entries.end()) {
    return;
  }
  for (const std::string& location : split_locations(configured.section, entry->second)) {
    if (auto folder =
          first_existing(snapshot, possible_folders(configured.config_path, location))) {
      layout.version_folders.push_back(std::move(*folder));
    } else {
      layout.gaps.push_back("the version location " + location + " is not in the repository");
    }
  }
}

void attach_revisions(Program& program, MigrationLayout& layout)
{
  if (layout.version_folders.empty()) {
    layout.version_folders.push_back(layout.directory.empty() ? "versions"
                                                              : layout.directory + "/versions");
  }
  for (const ModuleInfo* module : program.modules()) {
    if (file_name_of(module->path) == "__init__.py") {
      continue;
    }
    for (const std::string& folder : layout.version_folders) {
      if (folder_of(module->path) == folder
          || (layout.nested_versions && lies_below(module->path, folder))) {
        layout.revisions.push_back(module);
        break;
      }
      if (lies_below(module->path, folder) && declares_revision(*module)) {
        layout.strays.push_back(module);
        break;
      }
    }
  }
}

void attach_environment(const Snapshot& snapshot, MigrationLayout& layout)
{
  const std::string env = layout.directory.empty() ? "env.py" : layout.directory + "/env.py";
  if (const auto text = text_of_file(snapshot, env)) {
    layout.env_path = env;
    layout.flask = text->find("current_app") != std::string::npos
                   || text->find("flask_migrate") != std::string::npos;
  }
}

/// Code that opens the scripts without the alembic command needs no env.py.
bool drives_alembic_itself(Program& program)
{
  return std::ranges::any_of(program.modules(), [](const ModuleInfo* module) {
    const bool own = module->role == FileRole::graded && module->syntax->source;
    return own
           && (module->syntax->source->find("MigrationContext") != std::string::npos
               || module->syntax->source->find("EnvironmentContext") != std::string::npos);
  });
}

/// `app.db:migrations` where the package lies in a folder that only its imports tell.
std::optional<std::string> folder_in_package(Program& program, std::string_view value)
{
  const auto colon = value.find(':');
  const ModuleInfo* package =
    colon == std::string_view::npos ? nullptr : program.module(trim(value.substr(0, colon)));
  if (package == nullptr || !package->is_package) {
    return std::nullopt;
  }
  auto folder = resolve_path(folder_of(package->path), std::string(trim(value.substr(colon + 1))));
  return folder && has_folder(program.snapshot(), *folder) ? folder : std::nullopt;
}

/// Alembic reads `[alembic] script_location`; Flask-Migrate's own file leaves it out and lies
/// beside env.py.
MigrationLayout from_configuration(Program& program, const ConfiguredLocation& configured)
{
  const Snapshot& snapshot = program.snapshot();
  MigrationLayout layout;
  layout.config_path = configured.config_path;
  layout.config_line = configured.section.line;
  layout.nested_versions =
    to_lower(setting(configured.section, "recursive_version_locations")) == "true";
  const auto entry = configured.section.entries.find("script_location");
  if (entry != configured.section.entries.end()) {
    layout.config_line = entry->second.line;
    auto folder =
      first_existing(snapshot, possible_folders(configured.config_path, entry->second.value));
    if (!folder) {
      folder = folder_in_package(program, entry->second.value);
    }
    if (!folder && is_computed(entry->second.value)) {
      layout.gaps.push_back("script_location " + entry->second.value + " is filled in elsewhere");
      return layout;
    }
    if (!folder) {
      layout.resolves = Truth::no;
      layout.problems.push_back("script_location " + entry->second.value
                                + " is not in the repository");
      return layout;
    }
    layout.directory = std::move(*folder);
  } else {
    layout.directory = folder_of(configured.config_path);
  }
  read_version_locations(snapshot, configured, layout);
  attach_environment(snapshot, layout);
  if (!layout.env_path.empty()) {
    layout.resolves = Truth::yes;
  } else if (drives_alembic_itself(program)) {
    layout.gaps.emplace_back("the project runs Alembic's scripts by itself");
  } else if (entry == configured.section.entries.end()) {
    layout.resolves = Truth::no;
    layout.problems.emplace_back("the configuration names no script_location");
  } else {
    layout.resolves = Truth::no;
    layout.problems.push_back(layout.directory + " has no env.py");
  }
  attach_revisions(program, layout);
  return layout;
}

bool looks_like_environment(const Snapshot& snapshot, const std::string& env_path)
{
  const std::string folder = folder_of(env_path);
  const std::string prefix = folder.empty() ? folder : folder + "/";
  if (snapshot.files.contains(prefix + "script.py.mako")) {
    return true;
  }
  const auto text = text_of_file(snapshot, env_path);
  return text && text->find("alembic") != std::string::npos
         && text->find("context") != std::string::npos;
}

void add_unconfigured(Program& program, std::vector<MigrationLayout>& layouts)
{
  for (const auto& [path, blob] : program.snapshot().files) {
    const bool known =
      std::ranges::any_of(layouts, [&](const auto& layout) { return layout.env_path == path; });
    if (known || file_name_of(path) != "env.py" || is_vendored(path)
        || !looks_like_environment(program.snapshot(), path)) {
      continue;
    }
    MigrationLayout layout;
    layout.directory = folder_of(path);
    attach_environment(program.snapshot(), layout);
    attach_revisions(program, layout);
    layout.gaps.push_back("no alembic.ini or pyproject.toml points to " + layout.directory);
    layouts.push_back(std::move(layout));
  }
}

/// A script folder that no settings file leads to belongs to the one that leads nowhere.
void adopt_lost_settings(std::vector<MigrationLayout>& layouts)
{
  const auto lost = std::ranges::find_if(layouts, [](const MigrationLayout& layout) {
    return !layout.config_path.empty() && layout.env_path.empty() && layout.revisions.empty();
  });
  if (lost == layouts.end()) {
    return;
  }
  for (MigrationLayout& layout : layouts) {
    if (!layout.config_path.empty() || layout.env_path.empty()) {
      continue;
    }
    layout.config_path = lost->config_path;
    layout.config_line = lost->config_line;
    layout.resolves = lost->resolves;
    layout.problems = lost->problems;
    layout.gaps = lost->gaps;
  }
}

/// A second settings file for the same folder adds nothing.
void merge_duplicates(std::vector<MigrationLayout>& layouts)
{
  std::set<std::string> seen;
  std::erase_if(layouts, [&](const MigrationLayout& layout) {
    return !layout.env_path.empty() && !seen.insert(layout.env_path).second;
  });
  const bool some_work =
    std::ranges::any_of(layouts, [](const auto& layout) { return !layout.env_path.empty(); });
  if (some_work) {
    std::erase_if(layouts, [](const MigrationLayout& layout) {
      return layout.env_path.empty() && layout.revisions.empty();
    });
  }
}

} // namespace

bool declares_revision(const ModuleInfo& module)
{
  return std::ranges::any_of(module.syntax->body, [](const syntax::Stmt* statement) {
    return (statement->kind == syntax::StmtKind::assign
            || statement->kind == syntax::StmtKind::annotated)
           && std::ranges::any_of(statement->targets, [](const syntax::Expr* target) {
                return target->text == "down_revision" && target->kind == syntax::ExprKind::name;
              });
  });
}

std::vector<MigrationLayout> find_environments(Program& program)
{
  std::vector<MigrationLayout> layouts;
  for (const ConfiguredLocation& configured : find_configurations(program.snapshot())) {
    layouts.push_back(from_configuration(program, configured));
  }
  add_unconfigured(program, layouts);
  adopt_lost_settings(layouts);
  merge_duplicates(layouts);
  const auto rank = [](const MigrationLayout& layout) {
    return std::tuple(in_side_folder(layout.directory) || in_side_folder(layout.config_path),
                      layout.env_path.empty(),
                      -static_cast<int>(layout.revisions.size()),
                      layout.config_path.empty());
  };
  std::ranges::stable_sort(layouts,
                           [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
  return layouts;
}

std::vector<const ModuleInfo*> find_lone_revisions(Program& program,
                                                   const std::vector<std::string>& taken)
{
  const auto defines_upgrade = [](const ModuleInfo& module) {
    return std::ranges::any_of(module.functions, [](const FunctionInfo* function) {
      return function->owner == nullptr && function->outer == nullptr
             && function->syntax->name == "upgrade";
    });
  };
  const auto imports_operations = [](const ModuleInfo& module) {
    return std::ranges::any_of(module.syntax->body, [](const syntax::Stmt* statement) {
      return statement->kind == syntax::StmtKind::import_from && statement->text == "alembic"
             && std::ranges::any_of(statement->names,
                                    [](const auto& name) { return name.name == "op"; });
    });
  };
  std::vector<const ModuleInfo*> found;
  for (const ModuleInfo* module : program.modules()) {
    const bool inside = std::ranges::any_of(
      taken, [&](const std::string& folder) { return lies_below(module->path, folder); });
    if (inside || module->role == FileRole::vendored || in_side_folder(folder_of(module->path))) {
      continue;
    }
    if ((declares_revision(*module) && defines_upgrade(*module))
        || (imports_operations(*module) && defines_upgrade(*module))) {
      found.push_back(module);
    }
  }
  return found;
}

} // namespace assay::facts
