// SPDX-License-Identifier: MIT
#include "engine/intake/git_library.hpp"

#include "engine/base/text.hpp"

#include <fmt/format.h>
#include <git2.h>

#include <algorithm>
#include <stdexcept>

namespace assay::intake {

namespace {

class Library {
public:
  Library()
  {
    if (git_libgit2_init() < 0) {
      throw std::logic_error("libgit2 does not start");
    }
    for (const int level : {GIT_CONFIG_LEVEL_PROGRAMDATA,
                            GIT_CONFIG_LEVEL_SYSTEM,
                            GIT_CONFIG_LEVEL_XDG,
                            GIT_CONFIG_LEVEL_GLOBAL}) {
      git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, level, "");
    }
    git_libgit2_opts(GIT_OPT_SET_TEMPLATE_PATH, "");
    // Objects are read once; a cache of them would only grow. 8 MiB serves the bases of deltas.
    git_libgit2_opts(GIT_OPT_SET_CACHE_MAX_SIZE, ssize_t{8} << 20);
    // Mapped packs count as memory of the process: 64 MiB in windows of 8 MiB (default 8 GiB and 1
    // GiB).
    git_libgit2_opts(GIT_OPT_SET_MWINDOW_SIZE, std::size_t{8} << 20U);
    git_libgit2_opts(GIT_OPT_SET_MWINDOW_MAPPED_LIMIT, std::size_t{64} << 20U);
    // Declared sizes in a pack from a stranger; the largest object is held in memory to resolve
    // deltas.
    git_libgit2_opts(GIT_OPT_SET_PACK_MAX_OBJECTS, std::size_t{20'000'000});
    git_libgit2_opts(GIT_OPT_SET_PACK_MAX_OBJECT_SIZE, std::size_t{512} << 20U);
  }

  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;

  ~Library() { git_libgit2_shutdown(); }
};

} // namespace

void ReleaseGit::operator()(git_odb* handle) const
{
  git_odb_free(handle);
}

void ReleaseGit::operator()(git_remote* handle) const
{
  git_remote_free(handle);
}

void ReleaseGit::operator()(git_repository* handle) const
{
  git_repository_free(handle);
}

void use_git_library()
{
  static const Library library;
}

Result<void> use_authorities(const std::filesystem::path& path)
{
  static const Result<void> used = [&path]() -> Result<void> {
    const int code = git_libgit2_opts(GIT_OPT_SET_SSL_CERT_LOCATIONS, path.c_str(), nullptr);
    if (code < 0) {
      return library_error(
        code, ErrorCode::io, fmt::format("certificates in {}", printable(path.string())));
    }
    return {};
  }();
  return used;
}

GitFailure last_failure(int code)
{
  const git_error* const error = git_error_last();
  if (error == nullptr || error->message == nullptr) {
    return {code, 0, "no reason given"};
  }
  return {code, error->klass, printable(trim(error->message))};
}

Error library_error(int code, ErrorCode as, std::string_view context)
{
  return Error{as, fmt::format("{}: {}", context, last_failure(code).message)};
}

ObjectId from_git(const git_oid& id)
{
  ObjectId copy;
  std::copy_n(static_cast<const unsigned char*>(id.id), copy.bytes.size(), copy.bytes.begin());
  return copy;
}

git_oid to_git(const ObjectId& id)
{
  git_oid copy;
  std::copy(id.bytes.begin(), id.bytes.end(), static_cast<unsigned char*>(copy.id));
  return copy;
}

std::string ObjectId::hex() const
{
  std::string text;
  for (const unsigned char byte : bytes) {
    text += fmt::format("{:02x}", byte);
  }
  return text;
}

GitHandle<git_odb> objects_of(git_repository& repository)
{
  git_odb* objects = nullptr;
  if (git_repository_odb(&objects, &repository) < 0) {
    return nullptr;
  }
  return GitHandle<git_odb>(objects);
}

} // namespace assay::intake
