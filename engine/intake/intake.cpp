// SPDX-License-Identifier: MIT
#include "engine/intake/intake.hpp"

#include "engine/base/text.hpp"
#include "engine/intake/borrowed_repository.hpp"
#include "engine/intake/cache.hpp"
#include "engine/intake/disk_folder.hpp"
#include "engine/intake/earlier_tips.hpp"
#include "engine/intake/git_folder.hpp"
#include "engine/intake/history.hpp"
#include "engine/intake/references.hpp"
#include "engine/intake/session.hpp"
#include "engine/intake/source.hpp"
#include "engine/intake/tree_walk.hpp"

#include <cstdlib>
#include <system_error>

namespace assay::intake {

namespace fs = std::filesystem;

namespace {

Result<Snapshot> read_repository(git_repository& repository,
                                 const References& references,
                                 const Submission& submission,
                                 Session& session)
{
  const auto objects = objects_of(repository);
  if (!objects) {
    return Error{ErrorCode::io, "the objects of the repository cannot be read"};
  }
  ASSAY_ASSIGN(const Resolved resolved, resolve(*objects, references, submission.ref, session));
  Commit graded = resolved.tip;
  if (submission.before) {
    ASSAY_ASSIGN(graded, last_before(*objects, resolved.tip, *submission.before, session));
  }
  ASSAY_ASSIGN(History history, history_of(*objects, graded, resolved.tip, session));
  const auto root = git_folder(*objects, graded.tree);
  ASSAY_ASSIGN(Snapshot snapshot, walk(*root, session));
  snapshot.resolved_ref = printable(resolved.name);
  snapshot.commit = graded.id.hex();
  snapshot.history = history;
  return snapshot;
}

/// Tells of a history that the cache remembers and the remote no longer has.
Result<void>
report_replaced(const FetchedRepository& fetched, std::string_view ref, Session& session)
{
  if (!fetched.reused || !session.options().replaced) {
    return {};
  }
  const auto objects = objects_of(*fetched.repository);
  if (!objects) {
    return {};
  }
  ASSAY_ASSIGN(const auto found, candidates(fetched.references, ref));
  ASSAY_ASSIGN(const Resolved resolved, resolve(*objects, fetched.references, ref, session));
  for (const Reference& reference : found) {
    ASSAY_ASSIGN(const auto replaced,
                 replaced_history(*fetched.repository, reference.name, resolved.tip, session));
    if (replaced) {
      session.options().replaced(*replaced);
      return {};
    }
  }
  return {};
}

Result<Snapshot> read_remote(const Source& source,
                             const Submission& submission,
                             Session& session,
                             Freshness freshness)
{
  bool reused = false;
  auto snapshot = [&]() -> Result<Snapshot> {
    ASSAY_ASSIGN(const FetchedRepository fetched,
                 fetch_source(source, submission.ref, session, freshness));
    reused = fetched.reused;
    ASSAY_TRY(report_replaced(fetched, submission.ref, session));
    return read_repository(*fetched.repository, fetched.references, submission, session);
  }();
  // What was kept may be damaged; what was just fetched as a whole is what the remote has.
  if (!snapshot && reused && snapshot.error().code == ErrorCode::invalid_input) {
    return read_remote(source, submission, session, Freshness::start_over);
  }
  return snapshot;
}

Result<Snapshot> read_plain(const fs::path& folder, const Submission& submission, Session& session)
{
  if (!submission.ref.empty() || submission.before) {
    return Error{ErrorCode::invalid_input,
                 "a plain folder has no history: a ref or a deadline needs a git repository"};
  }
  ASSAY_ASSIGN(const auto root, disk_folder(folder));
  return walk(*root, session);
}

Result<Snapshot> read_path(const Source& source, const Submission& submission, Session& session)
{
  std::error_code code;
  const fs::path path = fs::canonical(source.path, code);
  if (code == std::errc::no_such_file_or_directory) {
    return Error{ErrorCode::not_found, "no such folder or repository"};
  }
  if (code) {
    return Error{ErrorCode::io, code.message()};
  }
  if (!fs::is_directory(path, code)) {
    return Error{ErrorCode::invalid_input, "neither a folder nor a repository"};
  }
  ASSAY_ASSIGN(const fs::path git_directory, git_directory_of(path));
  if (git_directory.empty()) {
    return read_plain(path, submission, session);
  }
  ASSAY_ASSIGN(const BorrowedRepository borrowed, borrow(git_directory, session));
  return read_repository(*borrowed.repository, borrowed.references, submission, session);
}

} // namespace

fs::path default_authorities()
{
  const char* const file = std::getenv("SSL_CERT_FILE");
  return file == nullptr ? "" : file;
}

fs::path default_cache_directory()
{
  const char* const chosen = std::getenv("XDG_CACHE_HOME");
  if (chosen != nullptr && *chosen == '/') {
    return fs::path(chosen) / "assay";
  }
  const char* const home = std::getenv("HOME");
  return home != nullptr && *home == '/' ? fs::path(home) / ".cache" / "assay" : fs::path();
}

Result<Snapshot> obtain(const Submission& submission, const IntakeOptions& options)
{
  Session session(options);
  ASSAY_ASSIGN(const Source source, classify(submission.source));
  auto snapshot = source.kind == SourceKind::path
                    ? read_path(source, submission, session)
                    : read_remote(source, submission, session, Freshness::reuse);
  if (!snapshot) {
    return with_context(snapshot.error(), source.shown);
  }
  snapshot->submission = submission;
  snapshot->submission.source = source.shown;
  return snapshot;
}

} // namespace assay::intake
