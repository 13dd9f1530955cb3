// SPDX-License-Identifier: MIT
#pragma once

#include "engine/intake/git_library.hpp"
#include "engine/intake/references.hpp"
#include "engine/intake/session.hpp"
#include "engine/intake/temporary_directory.hpp"

#include <filesystem>

namespace assay::intake {

/// A repository on this machine, seen through a bare one of our own.
///
/// Opening a stranger's repository would read its configuration (which may include other files),
/// follow its objects/info/alternates into other repositories, and take a `.git` file or link for
/// it. So it is never opened: HEAD, refs and packed-refs are copied into a temporary bare
/// repository with a configuration of ours, and only the objects are borrowed, by an alternates
/// entry that we write. Before that, the objects folder is searched: links, pipes and alternates
/// inside it are refused. Reading the object files without libgit2's repository layer was the other
/// choice; it would need a reader of refs and could not serve as the source of a fetch.
struct BorrowedRepository {
  TemporaryDirectory directory;
  GitHandle<git_repository> repository;
  References references;
};

/// The git directory of `folder`: `folder`/.git or, for a bare repository, `folder` itself; empty
/// if `folder` is not a repository. Errors: invalid_input (`.git` is a link or a file that points
/// elsewhere).
Result<std::filesystem::path> git_directory_of(const std::filesystem::path& folder);

/// Errors: invalid_input (alternates, links, a linked work tree, SHA-256 object names, damaged
/// refs), not_found, limit_exceeded (more than two million object files, 100,000 loose refs), io.
Result<BorrowedRepository> borrow(const std::filesystem::path& git_directory, Session& session);

} // namespace assay::intake
