// SPDX-License-Identifier: MIT
// Model values to JSON and back. In: any value of engine/model that travels between stages. Out:
// compact JSON text whose members stand in the order of the declaration, so equal values give equal
// bytes. Enumerators are lower-case words, times ISO 8601, points whole hundredths. Text that is
// not UTF-8 is written with U+FFFD in its place. Refuses: documents that are not JSON, too large,
// too deep, of another shape.
#pragma once

#include "engine/base/result.hpp"
#include "engine/model/run_record.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace assay::codec {

/// What a member that the document does not have means.
enum class Missing {
  refused,   ///< the document is not of this shape
  defaulted, ///< an earlier version wrote it: the member keeps its default
};

struct ReadOptions {
  Missing missing = Missing::refused;
  std::size_t max_bytes = std::size_t{512} * 1024 * 1024; ///< of the text
  std::size_t max_depth = 64;                             ///< nested lists and records
};

std::string to_json(const SourceFile& value);
std::string to_json(const EnvironmentFacts& value);
std::string to_json(const SchemaFacts& value);
std::string to_json(const QueryFacts& value);
std::string to_json(const MigrationFacts& value);
std::string to_json(const Facts& value);
std::string to_json(const Rubric& value);
std::string to_json(const Resolution& value);
std::string to_json(const Verdict& value);
std::string to_json(const Judgement& value);
std::string to_json(const Scorecard& value);
std::string to_json(const SubmissionRecord& value);
std::string to_json(const ExecutionRecord& value);
std::string to_json(const Timings& value);
std::string to_json(const RunRecord& value);

/// The value that `text` holds; for every type that `to_json` takes.
///
/// Unknown members, members of another type, unknown enumerators, numbers out of range and text
/// that is not UTF-8 are refused; the message names the member: "facts.files[3].role: unknown value
/// \"grade\"". Errors: invalid_input (not JSON, another shape), limit_exceeded (`max_bytes`,
/// `max_depth`).
template<class T>
Result<T> from_json(std::string_view text, const ReadOptions& options = {});

// clang-format off
template<> Result<SourceFile> from_json(std::string_view text, const ReadOptions& options);
template<> Result<EnvironmentFacts> from_json(std::string_view text, const ReadOptions& options);
template<> Result<SchemaFacts> from_json(std::string_view text, const ReadOptions& options);
template<> Result<QueryFacts> from_json(std::string_view text, const ReadOptions& options);
template<> Result<MigrationFacts> from_json(std::string_view text, const ReadOptions& options);
template<> Result<Facts> from_json(std::string_view text, const ReadOptions& options);
template<> Result<Rubric> from_json(std::string_view text, const ReadOptions& options);
template<> Result<Resolution> from_json(std::string_view text, const ReadOptions& options);
template<> Result<Verdict> from_json(std::string_view text, const ReadOptions& options);
template<> Result<Judgement> from_json(std::string_view text, const ReadOptions& options);
template<> Result<Scorecard> from_json(std::string_view text, const ReadOptions& options);
template<> Result<SubmissionRecord> from_json(std::string_view text, const ReadOptions& options);
template<> Result<ExecutionRecord> from_json(std::string_view text, const ReadOptions& options);
template<> Result<Timings> from_json(std::string_view text, const ReadOptions& options);
template<> Result<RunRecord> from_json(std::string_view text, const ReadOptions& options);
// clang-format on

} // namespace assay::codec
