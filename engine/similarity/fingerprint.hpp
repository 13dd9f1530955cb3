// SPDX-License-Identifier: MIT
// Fingerprints of source text. In: the Python files of one submission. Out: hashes of runs of its
// tokens, few enough to be kept, chosen so that two texts which share a longer run share one of
// them. Comments, docstrings, imports, the author's names and all values are left out.
//
// Source: Schleimer, Wilkerson, Aiken: Winnowing: Local Algorithms for Document Fingerprinting,
// SIGMOD 2003.
#pragma once

#include "engine/model/fingerprints.hpp"

#include <span>
#include <string>

namespace assay::similarity {

struct SourceText {
  std::string path;
  std::string text; ///< UTF-8
};

/// Fingerprints of all `files`, which are one submission.
TreeFingerprints fingerprint(std::span<const SourceText> files);

} // namespace assay::similarity
