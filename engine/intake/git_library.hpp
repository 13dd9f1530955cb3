// SPDX-License-Identifier: MIT
// libgit2 as the rest of intake sees it: handles that free themselves, set up once, errors as
// values. The library's types are only named here; <git2.h> stays inside the .cpp files.
#pragma once

#include "engine/base/result.hpp"
#include "engine/intake/object_id.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

struct git_odb;
struct git_oid;
struct git_remote;
struct git_repository;

namespace assay::intake {

struct ReleaseGit {
  void operator()(git_odb* handle) const;
  void operator()(git_remote* handle) const;
  void operator()(git_repository* handle) const;
};

template<class T>
using GitHandle = std::unique_ptr<T, ReleaseGit>;

/// Initialises libgit2 once per process: no system, global or template configuration is read and
/// its caches are small. Safe to call from several threads; every entry point of intake calls it.
void use_git_library();

/// Trusts the authorities in the PEM file `path` instead of the system's, for the rest of the
/// process; later calls answer as the first did. Errors: io (no such file, no certificate in it).
Result<void> use_authorities(const std::filesystem::path& path);

/// What libgit2 said about its last failure on this thread; copied, because the next call
/// overwrites it.
struct GitFailure {
  int code = 0;     ///< git_error_code
  int category = 0; ///< git_error_t
  std::string message;
};

GitFailure last_failure(int code);

/// `context: message` for a failure that has no clearer explanation.
Error library_error(int code, ErrorCode as, std::string_view context);

ObjectId from_git(const git_oid& id);
git_oid to_git(const ObjectId& id);

/// The object database of `repository`.
GitHandle<git_odb> objects_of(git_repository& repository);

} // namespace assay::intake
