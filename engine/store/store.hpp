// SPDX-License-Identifier: MIT
// The results database. In: run records. Out: the same run records, and summaries of them. One
// SQLite file holds everything; docs/database.md describes its tables and the views meant for
// analysts. Refuses: files that are not a results database of assay, and databases written by a
// newer version.
#pragma once

#include "engine/base/result.hpp"
#include "engine/model/run_record.hpp"
#include "engine/model/run_summary.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::store {

enum class OpenMode {
  create,    ///< made if it is not there, its folder too; migrated to the current schema
  existing,  ///< must be there; migrated to the current schema
  read_only, ///< must be there and current; also works in a folder that cannot be written
};

struct StoreOptions {
  std::chrono::milliseconds busy_timeout{
    10'000};                   ///< how long another process may hold the write lock
  std::uint64_t max_bytes = 0; ///< the file never grows beyond; 0: no limit but the disk
};

/// Which runs `list` gives; empty members do not restrict.
struct RunFilter {
  std::string source; ///< part of the source, case-insensitive for ASCII
  std::string commit; ///< prefix
  std::string rubric_id;
  std::string band;
  std::optional<bool> needs_review;
  std::optional<Instant> since;
  std::optional<Instant> until;
  bool latest_only = false; ///< the newest run of each source, ref and rubric
  std::int64_t limit = 0;   ///< newest first; 0: all
};

/// One connection. A Store may move between threads but is used by one at a time; several processes
/// may each have their own on the same file.
class Store {
public:
  /// Errors: not_found (no such file), invalid_input (not ours, corrupt, newer version), conflict
  /// (locked for longer than `busy_timeout`), io (permission, disk full).
  static Result<Store>
  open(const std::filesystem::path& path, OpenMode mode, const StoreOptions& options = {});

  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  ~Store();

  /// Everything or nothing: one transaction. An error leaves the database as it was and `record`
  /// untouched. Errors: conflict, io, limit_exceeded (`max_bytes`).
  Result<RunId> save(const RunRecord& record);

  /// Equal to the record that was saved.
  /// Errors: not_found, invalid_input (stored by an incompatible version, damaged), conflict, io.
  Result<RunRecord> load(RunId id) const;

  /// The record without what takes long to read: of the rubric id, version, title and digest, of
  /// the facts the integrity flags, no resolution. Errors: as of load.
  Result<RunRecord> load_judgement(RunId id) const;

  /// Runs that `text` names, newest first: a run number ("12"), a prefix of a commit (at least 4
  /// digits), or a source (exact; otherwise its last path component, with or without ".git"). Empty
  /// if there is none.
  Result<std::vector<RunSummary>> find(std::string_view text) const;

  /// The run that `text` names as in `find`: the newest, if all of them graded the same source.
  /// Errors: not_found, invalid_input (several sources; the message lists them).
  Result<RunSummary> find_one(std::string_view text) const;

  Result<std::vector<RunSummary>> list(const RunFilter& filter = {}) const;

  /// Facts known of a tree, to grade it again without reading it. `execution_basis` as in
  /// ExecutionRecord: empty when nothing was executed.
  Result<std::optional<Facts>> facts(std::string_view tree_digest,
                                     const ExecutionRecord& execution = {}) const;

  /// Runs of submissions with these files whose facts this build would make too, newest first. Only
  /// runs that executed something.
  Result<std::vector<RunId>> executed_runs(std::string_view tree_digest) const;

  /// Digest of the rubric's file that a run was judged by. Errors: not_found.
  Result<std::string> rubric_digest(RunId id) const;

  [[nodiscard]] const std::filesystem::path& path() const;

private:
  friend class Batches;
  friend class Fingerprints;
  friend class Reviews;
  friend class Regrades;
  struct Connection;
  explicit Store(std::unique_ptr<Connection> connection);
  std::unique_ptr<Connection> connection_;
};

/// Version of the schema this build reads and writes.
int schema_version();

} // namespace assay::store
