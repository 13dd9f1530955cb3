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

/// What of a record is stored as a document; made before the write lock is taken.
struct Documents {
  std::string rubric;
  std::string rubric_digest;
  std::string facts;           ///< compressed
  std::size_t facts_bytes = 0; ///< before compression
  std::string facts_digest;
  std::string submission_digest;
  std::string resolution;
  std::string execution; ///< how the facts came about; "reading" when nothing was executed
};

Result<Documents> documents(const RunRecord& record);

/// "reading", or the whole execution record: facts observed under another one are other facts.
std::string execution_key(const ExecutionRecord& execution);

/// Within the caller's transaction.
RunId insert(SQLite::Database& database, const RunRecord& record, const Documents& documents);

/// Errors: not_found, invalid_input.
Result<RunRecord> select(const SQLite::Database& database, RunId id);

/// `content` as stored: compressed, of `bytes` when decompressed.
/// Errors: invalid_input, limit_exceeded.
Result<Facts> read_facts(const std::string& content, std::size_t bytes);

} // namespace assay::store
