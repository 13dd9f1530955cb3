// SPDX-License-Identifier: MIT
// Private to this module: run records to rows and back. Both throw SQLite::Exception.
#pragma once

#include "engine/base/result.hpp"
#include "engine/model/run_record.hpp"
#include "engine/model/run_summary.hpp"

#include <SQLiteCpp/Database.h>

#include <cstddef>
#include <string>

namespace assay::store {

/// Facts in their packed form.
struct Packed {
  std::string content;   ///< compressed
  std::size_t bytes = 0; ///< before compression
};

/// What of a record is stored as a document; made before the write lock is taken.
struct Documents {
  std::string rubric;
  std::string rubric_digest;
  std::string facts;           ///< compressed
  std::size_t facts_bytes = 0; ///< before compression
  std::string facts_digest;
  Packed packed; ///< the copy of the facts that is read fast
  std::string submission_digest;
  std::string resolution;
  std::string execution; ///< how the facts came about; "reading" when nothing was executed
};

Result<Documents> documents(const RunRecord& record);

/// Only the rubric's members of `made`.
void describe_rubric(Documents& made, Rubric rubric);

Result<Packed> packed(const Facts& facts);

/// Within the caller's transaction.
void keep_packed(SQLite::Database& database, std::int64_t facts, const Packed& packed);

/// The row of the rubric, found or made; within the caller's transaction.
std::int64_t
rubric_row(SQLite::Database& database, const Rubric& rubric, const Documents& documents);

/// "reading", or the whole execution record: facts observed under another one are other facts.
std::string execution_key(const ExecutionRecord& execution);

/// Within the caller's transaction.
RunId insert(SQLite::Database& database, const RunRecord& record, const Documents& documents);

/// Errors: not_found, invalid_input.
Result<RunRecord> select(const SQLite::Database& database, RunId id);

/// As Store::load_judgement. Errors: not_found, invalid_input.
Result<RunRecord> select_judgement(const SQLite::Database& database, RunId id);

/// `content` as stored: compressed, of `bytes` when decompressed.
/// Errors: invalid_input, limit_exceeded.
Result<Facts> read_facts(const std::string& content, std::size_t bytes);

} // namespace assay::store
