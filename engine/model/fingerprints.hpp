// SPDX-License-Identifier: MIT
// What is kept of the structure of a submission's source, to find what it shares with others
// without having it at hand.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace assay {

/// A run of tokens, names and values left out.
struct Fingerprint {
  std::uint64_t hash = 0; ///< 48 bits
  int line = 0;           ///< 1-based, of its first token
  int end_line = 0;       ///< of its last token
  bool operator==(const Fingerprint&) const = default;
};

/// In the order of the text.
struct FileFingerprints {
  std::string path;
  std::vector<Fingerprint> marks;
  bool operator==(const FileFingerprints&) const = default;
};

/// Sorted by path.
struct TreeFingerprints {
  int version = 1; ///< of how they are made: those of different versions do not compare
  std::vector<FileFingerprints> files;
  bool operator==(const TreeFingerprints&) const = default;
};

} // namespace assay
