// SPDX-License-Identifier: MIT
// Standings as text for people and as rows for programs. Pure. What comes from candidates is made
// harmless for the format.
#pragma once

#include "engine/batch/standing.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace assay::batch {

/// Lines of cells under a heading, padded to columns; numbers to the right.
class TextTable {
public:
  explicit TextTable(std::vector<std::string> heading);

  void add(std::vector<std::string> cells);

  [[nodiscard]] std::string text() const;

private:
  std::vector<std::vector<std::string>> rows_;
};

/// Places, scores, intervals, categories, bands and remarks, the best first; then what has no
/// score, and why. `standings` as sort_standings() leaves them.
std::string render_rank(const std::vector<Standing>& standings);

/// Checks side by side: credit in percent and outcome of each.
std::string render_compare(const std::vector<Standing>& standings);

/// Distribution of the scores; of each check how often it passed, its mean credit, how well it
/// tells strong work from weak, and whether it ever says anything.
std::string render_stats(const std::vector<Standing>& standings);

enum class ExportFormat {
  csv,   ///< RFC 4180 with \n
  excel, ///< the same with a byte order mark and \r\n: spreadsheets take it for UTF-8
  jsonl, ///< one record a line, every member present
};

/// All columns of the manifest, the unknown ones included, and everything about the run: score,
/// interval, band, flags, history, categories, checks.
std::string render_export(const std::vector<Standing>& standings, ExportFormat format);

} // namespace assay::batch
