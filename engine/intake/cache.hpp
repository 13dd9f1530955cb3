// SPDX-License-Identifier: MIT
#pragma once

#include "engine/intake/file_lock.hpp"
#include "engine/intake/git_library.hpp"
#include "engine/intake/references.hpp"
#include "engine/intake/session.hpp"
#include "engine/intake/source.hpp"
#include "engine/intake/temporary_directory.hpp"

#include <optional>
#include <string_view>

namespace assay::intake {

/// A repository with what was just fetched; the lock, or the temporary directory, lasts as long as
/// it is read.
///
/// The cache is one folder, <cache>/repositories, with a bare repository and a lock file for each
/// URL, named by the URL's digest. Whoever fetches holds the lock alone, whoever reads shares it. A
/// new repository is fetched under another name and moved into place; a fetch into an old one adds
/// packs under temporary names and moves the refs last. So a process may die at any moment and the
/// next one finds a usable cache. Refs in the cache only tell the remote what is there already:
/// what is graded is always what the remote just said.
struct FetchedRepository {
  std::optional<FileLock> lock;
  std::optional<TemporaryDirectory> temporary;
  GitHandle<git_repository> repository;
  References references;
  bool reused = false; ///< it was in the cache before
};

enum class Freshness { reuse, start_over };

/// Fetches `ref` of `source` (https, ssh or file) into the cache, or into a temporary repository
/// without one. `start_over` replaces what is in the cache, once the new repository is complete.
/// Errors: those of fetch() and FileLock; invalid_input (cache folder of another user).
Result<FetchedRepository>
fetch_source(const Source& source, std::string_view ref, Session& session, Freshness freshness);

} // namespace assay::intake
