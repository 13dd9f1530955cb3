// SPDX-License-Identifier: MIT
#include "engine/base/text.hpp"
#include "engine/rubric/reader.hpp"
#include "engine/rubric/rubric.hpp"

#include <algorithm>

namespace assay::rubric {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view k_file = "rubric.yaml";

bool is_path(std::string_view name)
{
  return name.find('/') != std::string_view::npos || name.ends_with(".yaml")
         || name.ends_with(".yml");
}

/// Folders that may hold built-in rubrics, first one first.
std::vector<fs::path> rubric_folders(const fs::path& executable_dir)
{
  std::vector<fs::path> folders;
  folders.push_back((executable_dir / "../share/assay/rubrics").lexically_normal());
  fs::path folder = executable_dir;
  for (int level = 0; level < 6 && !folder.empty(); ++level) {
    folders.push_back(folder / "rubrics");
    if (folder == folder.parent_path()) {
      break;
    }
    folder = folder.parent_path();
  }
  return folders;
}

std::vector<std::string> ids_in(const std::vector<fs::path>& folders)
{
  std::vector<std::string> ids;
  for (const fs::path& folder : folders) {
    std::error_code failure;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, failure)) {
      std::error_code missing;
      if (fs::is_regular_file(entry.path() / k_file, missing)) {
        ids.push_back(entry.path().filename().string());
      }
    }
  }
  std::ranges::sort(ids);
  const auto twice = std::ranges::unique(ids);
  ids.erase(twice.begin(), twice.end());
  return ids;
}

} // namespace

Result<fs::path> find_rubric(std::string_view name, const fs::path& executable_dir)
{
  std::error_code failure;
  if (is_path(name)) {
    fs::path path{std::string(name)};
    if (fs::is_directory(path, failure)) {
      path /= k_file;
    }
    if (!fs::exists(path, failure)) {
      return Error{ErrorCode::not_found, "no rubric at " + printable(path.string())};
    }
    return path;
  }
  const std::vector<fs::path> folders = rubric_folders(executable_dir);
  const auto found = std::ranges::find_if(folders, [&](const fs::path& folder) {
    std::error_code missing;
    return is_id(name) && fs::is_regular_file(folder / std::string(name) / k_file, missing);
  });
  if (found != folders.end()) {
    return *found / std::string(name) / k_file;
  }
  const std::vector<std::string> ids = ids_in(folders);
  const auto near = nearest(name, ids);
  return Error{ErrorCode::not_found,
               "no rubric \"" + printable(name) + "\""
                 + (near ? " (did you mean \"" + *near + "\"?)"
                         : "; built in: " + (ids.empty() ? std::string("none") : join(ids, ", ")))};
}

} // namespace assay::rubric
