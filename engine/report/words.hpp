// SPDX-License-Identifier: MIT
// Private to this module: sentences that several formats share. None of them is escaped: each
// format does that in its own way.
#pragma once

#include "engine/model/run_record.hpp"

#include <string>
#include <string_view>

namespace assay::report {

/// "2026-11-21 14:00 UTC"
std::string minute_text(Instant instant);

/// "12 commits, the last on 2026-11-21 14:00 UTC"
std::string history_text(const SubmissionRecord& submission);

/// Why the gate tripped and what that does; starts with ": ".
std::string gate_text(const RunRecord& record, const GateResult& gate);

/// The gate looks at integrity flags, not at the work itself.
bool of_flags(const Rubric& rubric, const GateResult& gate);

/// Whatever the rubric does not call a notice is grave.
enum class FlagWeight { grave, notice };
FlagWeight weight_of(const Rubric& rubric, const IntegrityFlag& flag);

/// `name` stands in `text` by itself, not as a part of a longer name.
bool names(std::string_view text, std::string_view name);

/// How people write the name of a database: "SQLite" for sqlite.
std::string_view database_title(std::string_view database);

/// `text` with titles in place of the ids of checks and flags.
std::string with_titles(const RunRecord& record, std::string_view text);

/// The flag in plain words, for a reader who has never seen it: "Ships a copy of a library".
std::string flag_title(std::string_view flag);

/// What such a flag may mean, innocent readings included, and what to do about it.
std::string flag_meaning(std::string_view flag);

/// A signal that is no good sign: its evidence says what would help.
bool is_trouble(const Signal& signal);

/// One decimal. A number that this would lift over the floor of a better band keeps both decimals.
std::string score_text(const Rubric& rubric, Points points);

/// "strong from 85, good from 70, mixed from 50, weak below"
std::string scale_text(const Rubric& rubric);

/// Why a score is as low as it is, when one sentence explains it; else empty.
std::string explanation(const RunRecord& record);

} // namespace assay::report
