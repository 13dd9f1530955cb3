// SPDX-License-Identifier: MIT
#include "engine/intake/git_folder.hpp"

#include <fmt/format.h>
#include <git2.h>

#include <charconv>
#include <string_view>
#include <utility>

namespace assay::intake {

namespace {

// 200,000 entries with names of 130 bytes.
constexpr std::size_t k_max_tree_bytes = std::size_t{32} << 20U;
// PATH_MAX of Linux: no file system accepts a longer target.
constexpr std::size_t k_max_link_bytes = 4096;

struct Header {
  std::size_t size = 0;
  git_object_t type = GIT_OBJECT_INVALID;
};

std::string_view kind_name(git_object_t type)
{
  return type == GIT_OBJECT_TREE ? "tree" : "file";
}

Error damaged(const ObjectId& id, git_object_t type, int code)
{
  return Error{ErrorCode::invalid_input,
               fmt::format("the repository is incomplete or damaged: {} {}: {}",
                           kind_name(type),
                           id.hex(),
                           last_failure(code).message)};
}

Result<Header> header(git_odb& objects, const ObjectId& id, git_object_t expected)
{
  const git_oid name = to_git(id);
  Header read;
  const int code = git_odb_read_header(&read.size, &read.type, &objects, &name);
  if (code < 0) {
    return damaged(id, expected, code);
  }
  if (read.type != expected) {
    return Error{
      ErrorCode::invalid_input,
      fmt::format("the repository is damaged: {} is not a {}", id.hex(), kind_name(expected))};
  }
  return read;
}

Result<std::string> content(git_odb& objects, const ObjectId& id, git_object_t type)
{
  const git_oid name = to_git(id);
  git_odb_object* object = nullptr;
  const int code = git_odb_read(&object, &objects, &name);
  if (code < 0) {
    return damaged(id, type, code);
  }
  std::string bytes(static_cast<const char*>(git_odb_object_data(object)),
                    git_odb_object_size(object));
  git_odb_object_free(object);
  return bytes;
}

/// The type bits of a mode as stat(2) has them; permissions other than the owner's x are history.
EntryKind kind_of(unsigned mode)
{
  switch (mode & 0170000U) {
  case 0040000U:
    return EntryKind::folder;
  case 0100000U:
    return (mode & 0100U) != 0 ? EntryKind::executable : EntryKind::file;
  case 0120000U:
    return EntryKind::symlink;
  case 0160000U:
    return EntryKind::submodule;
  default:
    return EntryKind::special;
  }
}

/// Takes "<octal mode> <name>\0<20 bytes>" off `bytes`; nothing if that is not what it begins with.
/// Read here and not by git_tree because libgit2 refuses a whole tree for one odd entry, which
/// would hide the others. Source: "Git Internals, Tree Objects".
std::optional<Entry> take_entry(std::string_view& bytes)
{
  const std::size_t space = bytes.find(' ');
  const std::size_t end = bytes.find('\0');
  if (space == std::string_view::npos || end == std::string_view::npos || end < space
      || bytes.size() - end - 1 < ObjectId{}.bytes.size()) {
    return std::nullopt;
  }
  unsigned mode = 0;
  const auto [stop, code] = std::from_chars(bytes.data(), bytes.data() + space, mode, 8);
  if (code != std::errc{} || stop != bytes.data() + space) {
    return std::nullopt;
  }
  Entry entry{std::string(bytes.substr(space + 1, end - space - 1)), kind_of(mode), {}};
  bytes.remove_prefix(end + 1);
  for (unsigned char& byte : entry.id.bytes) {
    byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
  }
  return entry;
}

class GitFolder final : public Folder {
public:
  GitFolder(git_odb& objects, const ObjectId& id)
    : objects_(objects),
      id_(id)
  {
  }

  Result<std::vector<Entry>> entries() override
  {
    ASSAY_ASSIGN(const Header tree, header(objects_, id_, GIT_OBJECT_TREE));
    if (tree.size > k_max_tree_bytes) {
      return Error{
        ErrorCode::limit_exceeded,
        fmt::format("tree {} has {} bytes (limit {})", id_.hex(), tree.size, k_max_tree_bytes)};
    }
    ASSAY_ASSIGN(const std::string bytes, content(objects_, id_, GIT_OBJECT_TREE));
    std::vector<Entry> entries;
    for (std::string_view rest = bytes; !rest.empty();) {
      auto entry = take_entry(rest);
      if (!entry) {
        return Error{ErrorCode::invalid_input,
                     fmt::format("the repository is damaged: tree {}", id_.hex())};
      }
      entries.push_back(*std::move(entry));
    }
    return entries;
  }

  Result<std::unique_ptr<Folder>> open(const Entry& entry) override
  {
    return git_folder(objects_, entry.id);
  }

  Result<std::string> link_target(const Entry& entry) override
  {
    ASSAY_ASSIGN(const Header link, header(objects_, entry.id, GIT_OBJECT_BLOB));
    if (link.size > k_max_link_bytes) {
      return fmt::format("a target of {} bytes", link.size);
    }
    return content(objects_, entry.id, GIT_OBJECT_BLOB);
  }

  Result<FileContent> read(const Entry& entry, const LoadRule& rule) override
  {
    ASSAY_ASSIGN(const Header file, header(objects_, entry.id, GIT_OBJECT_BLOB));
    FileContent read{file.size, entry.id, std::nullopt};
    if (rule.loads(file.size)) {
      ASSAY_ASSIGN(read.content, content(objects_, entry.id, GIT_OBJECT_BLOB));
    }
    return read;
  }

private:
  git_odb& objects_;
  ObjectId id_;
};

} // namespace

std::unique_ptr<Folder> git_folder(git_odb& objects, const ObjectId& id)
{
  return std::make_unique<GitFolder>(objects, id);
}

} // namespace assay::intake
