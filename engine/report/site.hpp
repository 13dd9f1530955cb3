// SPDX-License-Identifier: MIT
// A site over many runs of one rubric: a ranking, a distribution, the checks of all candidates
// beside each other, and a page for each. In: run records, one after the other. Out: the bytes of
// its pages; the caller writes them. Refuses: runs of another rubric, which cannot be compared.
#pragma once

#include "engine/model/run_record.hpp"
#include "engine/report/report.hpp"

#include <string>
#include <vector>

namespace assay::report {

/// What the site keeps of a run.
struct SiteEntry {
  std::string name;   ///< of the candidate
  std::string source; ///< where the work came from
  std::string page;   ///< relative to the site: "candidates/12.html"; empty if there is no run
  Interval total;
  std::string band;
  bool needs_review = false;
  int gates = 0; ///< tripped
  int flags = 0;
  std::vector<Interval> categories; ///< in the order of the rubric
  std::string outcomes; ///< a letter for each check of the rubric: p, l (partial), f, u, n
  std::string failure;  ///< why there is no run
};

SiteEntry site_entry(const RunRecord& record, std::string name, std::string page);

/// Says what the site is about: the rubric that all entries were graded by.
struct Site {
  std::string title;
  Rubric rubric;
  std::vector<SiteEntry> entries;
  int of_other_versions = 0; ///< runs left out because another version of the rubric graded them
};

/// index.html: ranking that sorts and filters, distribution, comparison.
std::string render_site_index(const Site& site);

/// matrix.html: every check of every candidate.
std::string render_site_matrix(const Site& site);

/// A name for a candidate whose list gave none: the last part of the source.
std::string candidate_name(std::string_view source);

} // namespace assay::report
