// SPDX-License-Identifier: MIT
#include "engine/facts/classify.hpp"

#include "engine/base/text.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace assay::facts {

namespace {

constexpr std::array<std::string_view, 10> k_vendored = {"venv",
                                                         ".venv",
                                                         "virtualenv",
                                                         "site-packages",
                                                         "node_modules",
                                                         "__pycache__",
                                                         ".tox",
                                                         ".nox",
                                                         ".eggs",
                                                         "__pypackages__"};
constexpr std::array<std::string_view, 3> k_test_folders = {"tests", "test", "testing"};
constexpr std::array<std::string_view, 2> k_doc_folders = {"docs", "doc"};

template<std::size_t size>
bool contains(const std::array<std::string_view, size>& names, std::string_view name)
{
  return std::ranges::find(names, name) != names.end();
}

std::vector<std::string_view> folders_of(std::string_view path)
{
  std::vector<std::string_view> parts = split(path, '/');
  parts.pop_back();
  return parts;
}

std::string_view file_name(std::string_view path)
{
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

bool is_test_name(std::string_view name)
{
  return name == "conftest.py" || (name.starts_with("test_") && name.ends_with(".py"))
         || name.ends_with("_test.py");
}

/// Folders that Alembic works in: env.py beside versions/ or script.py.mako.
std::set<std::string> migration_folders(const Snapshot& snapshot)
{
  std::set<std::string> folders;
  for (const auto& [path, blob] : snapshot.files) {
    const std::string_view name = file_name(path);
    const std::string folder(path.substr(0, path.size() - name.size()));
    if (name == "script.py.mako") {
      folders.insert(folder);
    }
    if (name == "env.py") {
      const auto next = snapshot.files.lower_bound(folder + "versions/");
      if (next != snapshot.files.end() && next->first.starts_with(folder + "versions/")) {
        folders.insert(folder);
      }
    }
  }
  return folders;
}

/// A revision says where it stands in the chain.
bool looks_like_revision(const Blob& blob)
{
  return blob.content && blob.content->find("down_revision") != std::string::npos
         && (blob.content->find("def upgrade") != std::string::npos
             || blob.content->find("def downgrade") != std::string::npos);
}

enum class FolderRules { applied, ignored };

FileRole role_of(std::string_view path,
                 const Blob& blob,
                 const std::set<std::string>& migrations,
                 const std::set<std::string>& environments,
                 FolderRules rules)
{
  const auto inside = [path](const std::string& folder) { return path.starts_with(folder); };
  if (is_vendored(path) || std::ranges::any_of(environments, inside)) {
    return FileRole::vendored;
  }
  if (looks_like_revision(blob) || std::ranges::any_of(migrations, inside)) {
    return FileRole::migration;
  }
  if (is_test_name(file_name(path))) {
    return FileRole::test;
  }
  if (rules == FolderRules::applied) {
    const auto parts = folders_of(path);
    if (std::ranges::any_of(parts, [](auto part) { return contains(k_test_folders, part); })) {
      return FileRole::test;
    }
    if (std::ranges::any_of(parts, [](auto part) { return contains(k_doc_folders, part); })) {
      return FileRole::documentation;
    }
  }
  return FileRole::graded;
}

/// Folders with a pyvenv.cfg, and build output at the root.
std::set<std::string> environment_folders(const Snapshot& snapshot)
{
  std::set<std::string> folders{"build/", "dist/"};
  for (const auto& [path, blob] : snapshot.files) {
    if (file_name(path) == "pyvenv.cfg" && path != "pyvenv.cfg") {
      folders.insert(path.substr(0, path.size() - file_name(path).size()));
    }
  }
  return folders;
}

void append_code_point(std::string& out, std::uint32_t point)
{
  if (point < 0x80) {
    out += static_cast<char>(point);
  } else if (point < 0x800) {
    out += static_cast<char>(0xC0U | (point >> 6U));
    out += static_cast<char>(0x80U | (point & 0x3FU));
  } else if (point < 0x10000) {
    out += static_cast<char>(0xE0U | (point >> 12U));
    out += static_cast<char>(0x80U | ((point >> 6U) & 0x3FU));
    out += static_cast<char>(0x80U | (point & 0x3FU));
  } else {
    out += static_cast<char>(0xF0U | (point >> 18U));
    out += static_cast<char>(0x80U | ((point >> 12U) & 0x3FU));
    out += static_cast<char>(0x80U | ((point >> 6U) & 0x3FU));
    out += static_cast<char>(0x80U | (point & 0x3FU));
  }
}

std::string utf16_to_utf8(std::string_view bytes, bool little_endian)
{
  const auto unit = [&](std::size_t at) {
    const auto a = static_cast<unsigned char>(bytes[at]);
    const auto b = static_cast<unsigned char>(bytes[at + 1]);
    return little_endian ? static_cast<std::uint32_t>(a | (b << 8U))
                         : static_cast<std::uint32_t>((a << 8U) | b);
  };
  std::string out;
  for (std::size_t i = 2; i + 1 < bytes.size(); i += 2) {
    std::uint32_t point = unit(i);
    if (point >= 0xD800 && point < 0xDC00 && i + 3 < bytes.size()) {
      point = 0x10000 + ((point - 0xD800) << 10U) + (unit(i + 2) - 0xDC00);
      i += 2;
    }
    append_code_point(out, point >= 0xD800 && point < 0xE000 ? 0xFFFD : point);
  }
  return to_utf8_lossy(out);
}

} // namespace

bool is_vendored(std::string_view path)
{
  const auto parts = folders_of(path);
  return std::ranges::any_of(parts, [](auto part) { return contains(k_vendored, part); });
}

std::map<std::string, FileRole> classify_python(const Snapshot& snapshot)
{
  const auto migrations = migration_folders(snapshot);
  const auto environments = environment_folders(snapshot);
  std::map<std::string, FileRole> roles;
  for (const FolderRules rules : {FolderRules::applied, FolderRules::ignored}) {
    bool any_graded = false;
    for (const auto& [path, blob] : snapshot.files) {
      if (path.ends_with(".py")) {
        const FileRole role = role_of(path, blob, migrations, environments, rules);
        roles[path] = role;
        any_graded = any_graded || role == FileRole::graded;
      }
    }
    if (any_graded) {
      break;
    }
  }
  return roles;
}

DecodedText decode(std::string_view bytes)
{
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    return {utf16_to_utf8(bytes, bytes[0] == '\xFF'), "utf-16"};
  }
  if (bytes.find('\0') != std::string_view::npos) {
    return {{}, "binary"};
  }
  if (is_utf8(bytes)) {
    return {std::string(bytes), "utf-8"};
  }
  return {latin1_to_utf8(bytes), "latin-1"};
}

} // namespace assay::facts
