// SPDX-License-Identifier: MIT
// Reports: a run record as bytes for a person or a program. Pure: no clock, no terminal, no files.
// Text that comes from the candidate is made harmless before it is printed.
#pragma once

#include "engine/model/run_record.hpp"
#include "engine/model/run_summary.hpp"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace assay::report {

enum class Colour { no, yes };

enum class Charset { ascii, unicode };

enum class Detail {
  summary,    ///< what matters; checks that passed in one line each category
  everything, ///< every check with its reason and evidence, every query, every skipped file
};

/// Who reads it.
enum class Audience {
  manager,   ///< everything, with what to ask in the interview
  candidate, ///< what to improve and how; hidden checks and signs of tampering are left out
};

/// How to render; formats that are not for terminals look at none of it.
struct RenderOptions {
  int width = 80; ///< terminal columns; treated as 40 when smaller
  Colour colour = Colour::no;
  Charset charset = Charset::unicode;
  Detail detail = Detail::summary;
  Audience audience = Audience::manager;
  std::optional<RunId> run; ///< where the record is stored, to say how to see more
};

/// docs/report-formats.md, "json": one record, schema_version 1, ends with a newline.
std::string render_json(const RunRecord& record, const RenderOptions& options = {});

/// For a terminal: UTF-8 or ASCII, ends with a newline.
std::string render_text(const RunRecord& record, const RenderOptions& options = {});

/// SARIF 2.1.0: one result for each check that lost points or is not settled, and each flag.
std::string render_sarif(const RunRecord& record, const RenderOptions& options = {});

/// JUnit XML: a suite for each category, a case for each check.
std::string render_junit(const RunRecord& record, const RenderOptions& options = {});

/// A summary for GitHub and GitLab, under 60 000 bytes.
std::string render_markdown(const RunRecord& record, const RenderOptions& options = {});

/// One page of HTML that needs nothing else: no script, no request, light and dark, phone and
/// print.
std::string render_html(const RunRecord& record, const RenderOptions& options = {});

/// GitLab's code quality report: a subset of Code Climate's format.
std::string render_code_quality(const RunRecord& record, const RenderOptions& options = {});

/// Commands for a runner of GitHub Actions: a note at the line of each finding, at most ten of a
/// level.
std::string render_annotations(const RunRecord& record, const RenderOptions& options = {});

/// Stored runs as a table, in the order given.
std::string render_list(std::span<const RunSummary> runs, const RenderOptions& options = {});

struct Format {
  std::string_view id;
  std::string_view extension; ///< of files, with the dot
  std::string_view summary;   ///< for --help
  std::string (*render)(const RunRecord&, const RenderOptions&);
};

inline constexpr std::array k_formats{
  Format{"text", ".txt", "for a terminal", render_text},
  Format{"json", ".json", "one JSON record, docs/report.schema.json", render_json},
  Format{"sarif", ".sarif", "SARIF 2.1.0, for code scanning", render_sarif},
  Format{"junit", ".xml", "JUnit XML, for test reports", render_junit},
  Format{"markdown", ".md", "a summary for GitHub and GitLab", render_markdown},
  Format{"html", ".html", "one page for people, in a file of its own", render_html},
  Format{
    "github-annotations", ".txt", "notes at the lines, for GitHub Actions", render_annotations},
  Format{"gitlab-codequality", ".json", "for GitLab's merge requests", render_code_quality},
};

/// Null if there is none of that name.
const Format* find_format(std::string_view id);

} // namespace assay::report
