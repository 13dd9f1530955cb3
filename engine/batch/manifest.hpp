// SPDX-License-Identifier: MIT
// A manifest: the submissions of a batch. In: CSV, TSV (or semicolons) with a heading, or JSON
// lines. Out: entries, and for every row that cannot be used what is wrong with it. A bad row never
// stops the rest.
//
// Columns stand in any order under these names, whatever their case: repository (required; also
// repo, url), candidate (also id, candidate_id), name, email, ref (also branch), deadline, rubric,
// tags (several with semicolons). Others are kept as they are.
#pragma once

#include "engine/base/result.hpp"
#include "engine/model/batch.hpp"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace assay::batch {

/// Bytes and rows of a manifest: two hundred times the largest class.
inline constexpr std::size_t k_most_manifest_bytes = std::size_t{64} << 20U;
inline constexpr std::size_t k_most_manifest_rows = 100'000;

struct ManifestIssue {
  int row = 0;        ///< 1-based; 0: of the whole file
  int line = 0;       ///< of the file, 1-based
  std::string column; ///< empty: of the whole row
  std::string message;
  bool operator==(const ManifestIssue&) const = default;
};

struct Manifest {
  std::vector<BatchEntry> entries;
  std::vector<ManifestIssue> issues; ///< one or more for every row that is not in `entries`
  std::vector<std::string> columns;  ///< unknown ones, in the order met
};

/// `folder` is what relative paths of repositories start from; `default_rubric` is that of rows
/// without one. Errors: invalid_input (no heading, no column "repository", UTF-16),
/// limit_exceeded.
Result<Manifest> read_manifest(std::string_view text,
                               const std::filesystem::path& folder,
                               const std::string& default_rubric);

/// The same of a file. Errors besides: not_found, io.
Result<Manifest> load_manifest(const std::filesystem::path& path,
                               const std::string& default_rubric);

/// "candidates.csv:7: column \"deadline\": ..."
std::string describe(const ManifestIssue& issue, std::string_view file);

} // namespace assay::batch
