// SPDX-License-Identifier: MIT
#include "engine/intake/tree_walk.hpp"

#include "engine/base/digest.hpp"
#include "engine/base/text.hpp"
#include "engine/intake/path_rules.hpp"
#include "engine/intake/readable_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>

namespace assay::intake {

namespace {

// A link target is a path (PATH_MAX); a name longer than this is shown by its beginning.
constexpr std::size_t k_max_shown_bytes = 300;

std::string shown(std::string_view text)
{
  if (text.size() <= k_max_shown_bytes) {
    return printable(text);
  }
  std::size_t end = k_max_shown_bytes;
  while (end > k_max_shown_bytes - 4 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) {
    --end;
  }
  return printable(text.substr(0, end)) + "...";
}

class Walk {
public:
  explicit Walk(Session& session)
    : session_(session)
  {
  }

  Result<void> folder(Folder& folder, const std::string& prefix, std::size_t depth);
  Snapshot finish();

private:
  struct Place {
    std::string path;
    EntryKind kind = EntryKind::file;
  };

  Result<void>
  entry(Folder& folder, const Entry& entry, const std::string& prefix, std::size_t depth);
  Result<void>
  subfolder(Folder& folder, const Entry& entry, const std::string& path, std::size_t depth);
  Result<void> file(Folder& folder, const Entry& entry, const std::string& path);
  Result<void> symlink(Folder& folder, const Entry& entry, const std::string& path);
  Result<void> count(const std::string& path);
  bool refuse(const Entry& entry, const std::string& path);
  bool refuse_duplicate(const Entry& entry, const std::string& path);
  void skip(std::string_view path, SkipReason reason, std::string detail);

  Session& session_;
  Snapshot snapshot_;
  std::map<std::string, std::string> digest_lines_;
  std::unordered_map<std::string, Place> taken_; ///< by folded path
  std::uint64_t entries_ = 0;
  std::uint64_t loaded_bytes_ = 0;
};

void Walk::skip(std::string_view path, SkipReason reason, std::string detail)
{
  snapshot_.skipped.push_back({shown(path), reason, std::move(detail)});
}

Result<void> Walk::count(const std::string& path)
{
  ASSAY_TRY(session_.check("reading the files"));
  ++entries_;
  session_.report({.stage = IntakeStage::reading, .files = entries_});
  if (entries_ > session_.limits().max_files) {
    return Error{ErrorCode::limit_exceeded,
                 fmt::format("the tree has more than {} entries (limit on files), reached at {}",
                             session_.limits().max_files,
                             shown(path))};
  }
  return {};
}

bool Walk::refuse_duplicate(const Entry& entry, const std::string& path)
{
  const auto [place, added] = taken_.try_emplace(case_folded(path), Place{path, entry.kind});
  const bool both_folders =
    entry.kind == EntryKind::folder && place->second.kind == EntryKind::folder;
  if (added || (both_folders && place->second.path != path)) {
    return false;
  }
  skip(path,
       SkipReason::duplicate_casefold,
       fmt::format("the same as {} where case does not count", shown(place->second.path)));
  return true;
}

bool Walk::refuse(const Entry& entry, const std::string& path)
{
  if (const auto problem = name_problem(entry.name)) {
    skip(path, *problem, "");
    return true;
  }
  if (path.size() > session_.limits().max_path_bytes) {
    skip(path,
         SkipReason::too_long,
         fmt::format("{} bytes, limit {}", path.size(), session_.limits().max_path_bytes));
    return true;
  }
  return refuse_duplicate(entry, path);
}

Result<void> Walk::symlink(Folder& folder, const Entry& entry, const std::string& path)
{
  ASSAY_ASSIGN(const std::string target, folder.link_target(entry));
  skip(path, SkipReason::symlink, shown(target));
  return {};
}

Result<void>
Walk::subfolder(Folder& folder, const Entry& entry, const std::string& path, std::size_t depth)
{
  if (depth >= session_.limits().max_depth) {
    skip(path + "/",
         SkipReason::too_deep,
         fmt::format("{} folders deep, limit {}", depth + 1, session_.limits().max_depth));
    return {};
  }
  ASSAY_ASSIGN(const auto inner, folder.open(entry));
  return this->folder(*inner, path + "/", depth + 1);
}

Result<void> Walk::file(Folder& folder, const Entry& entry, const std::string& path)
{
  ASSAY_ASSIGN(FileContent read, folder.read(entry, LoadRule(path, session_.limits())));
  const bool executable = entry.kind == EntryKind::executable;
  const bool too_large = read.size_bytes > session_.limits().max_blob_bytes;
  digest_lines_.emplace(
    path,
    fmt::format(
      "{}{} {}", executable ? "x" : "-", read.size_bytes, too_large ? "not read" : read.id.hex()));
  if (too_large) {
    skip(path,
         SkipReason::too_large,
         fmt::format("{} bytes, limit {}", read.size_bytes, session_.limits().max_blob_bytes));
    return {};
  }
  Blob blob{nullptr, read.size_bytes, executable};
  if (read.content) {
    const bool pointer = is_lfs_pointer(*read.content);
    if (pointer) {
      skip(path, SkipReason::lfs_pointer, "the content is kept in Git LFS");
    }
    if (pointer || is_readable_text(path, read.size_bytes)) {
      loaded_bytes_ += read.size_bytes;
      blob.content = std::make_shared<const std::string>(*std::move(read.content));
    }
  }
  if (loaded_bytes_ > session_.limits().max_total_bytes) {
    return Error{
      ErrorCode::limit_exceeded,
      fmt::format("the files to read hold more than {} bytes (limit on total size), reached at {}",
                  session_.limits().max_total_bytes,
                  shown(path))};
  }
  snapshot_.files.emplace(path, std::move(blob));
  return {};
}

Result<void>
Walk::entry(Folder& folder, const Entry& entry, const std::string& prefix, std::size_t depth)
{
  const std::string path = prefix + entry.name;
  ASSAY_TRY(count(path));
  if (refuse(entry, path)) {
    return {};
  }
  switch (entry.kind) {
  case EntryKind::file:
  case EntryKind::executable:
    return file(folder, entry, path);
  case EntryKind::folder:
    return subfolder(folder, entry, path, depth);
  case EntryKind::symlink:
    return symlink(folder, entry, path);
  case EntryKind::submodule:
    skip(path, SkipReason::submodule, entry.id.hex());
    return {};
  case EntryKind::special:
    skip(path, SkipReason::special_file, "");
    return {};
  }
  return {};
}

Result<void> Walk::folder(Folder& folder, const std::string& prefix, std::size_t depth)
{
  ASSAY_ASSIGN(std::vector<Entry> entries, folder.entries());
  // git sorts "a.py" before "a/", a disk not at all; one order makes both trees the same.
  std::ranges::stable_sort(entries, {}, &Entry::name);
  for (const Entry& item : entries) {
    const auto read = entry(folder, item, prefix, depth);
    if (!read && read.error().code == ErrorCode::not_found) {
      skip(prefix + item.name, SkipReason::unreadable, read.error().message);
    } else if (!read) {
      return read;
    }
  }
  return {};
}

Snapshot Walk::finish()
{
  Sha256 digest;
  for (const auto& [path, line] : digest_lines_) {
    digest.update(path);
    digest.update({"\0", 1});
    digest.update(line);
    digest.update("\n");
  }
  snapshot_.tree_digest = "sha256:" + digest.hex();
  std::ranges::sort(snapshot_.skipped, {}, [](const SkippedPath& skipped) {
    return std::tie(skipped.path, skipped.reason, skipped.detail);
  });
  return std::move(snapshot_);
}

} // namespace

LoadRule::LoadRule(std::string_view path, const IntakeLimits& limits)
  : path_(path),
    max_bytes_(limits.max_blob_bytes)
{
}

bool LoadRule::loads(std::uint64_t size_bytes) const
{
  return !too_large(size_bytes)
         && (size_bytes <= k_max_lfs_pointer_bytes || is_readable_text(path_, size_bytes));
}

Result<Snapshot> walk(Folder& root, Session& session)
{
  Walk walk(session);
  ASSAY_TRY(walk.folder(root, "", 0));
  return walk.finish();
}

} // namespace assay::intake
