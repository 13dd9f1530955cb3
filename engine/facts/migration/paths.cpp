// SPDX-License-Identifier: MIT
#include "engine/facts/migration/paths.hpp"

#include "engine/base/text.hpp"
#include "engine/facts/classify.hpp"

#include <vector>

namespace assay::facts {

std::string folder_of(std::string_view path)
{
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string() : std::string(path.substr(0, slash));
}

std::string_view file_name_of(std::string_view path)
{
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::optional<std::string> resolve_path(std::string_view folder, std::string_view path)
{
  if (path.starts_with('/') || path.find('\\') != std::string_view::npos) {
    return std::nullopt;
  }
  std::vector<std::string> parts;
  for (const std::string_view whole : {folder, path}) {
    for (const std::string_view part : split(whole, '/')) {
      if (part.empty() || part == ".") {
        continue;
      }
      if (part == "..") {
        if (parts.empty()) {
          return std::nullopt;
        }
        parts.pop_back();
        continue;
      }
      parts.emplace_back(part);
    }
  }
  return join(parts, "/");
}

bool has_folder(const Snapshot& snapshot, std::string_view folder)
{
  if (folder.empty()) {
    return !snapshot.files.empty();
  }
  const std::string prefix = std::string(folder) + "/";
  const auto next = snapshot.files.lower_bound(prefix);
  return next != snapshot.files.end() && next->first.starts_with(prefix);
}

bool lies_below(std::string_view path, std::string_view folder)
{
  return folder.empty()
         || (path.starts_with(folder) && path.size() > folder.size() && path[folder.size()] == '/');
}

std::optional<std::string> text_of_file(const Snapshot& snapshot, const std::string& path)
{
  const auto found = snapshot.files.find(path);
  if (found == snapshot.files.end() || !found->second.content) {
    return std::nullopt;
  }
  DecodedText decoded = decode(*found->second.content);
  if (decoded.encoding == "binary") {
    return std::nullopt;
  }
  return std::move(decoded.text);
}

} // namespace assay::facts
