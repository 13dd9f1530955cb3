// SPDX-License-Identifier: MIT
// Facts in a form that is read many times faster than JSON: to judge thousands of submissions again
// in seconds. It is a copy: the JSON is what counts, and what is read when a copy has another
// layout.
//
// Numbers are varints (signed ones zigzag), text and lists carry their length before them, records
// are their members in the order of the declaration, without names. Rejected: CBOR through the JSON
// library, which spends its time on the same tree of documents.
#pragma once

#include "engine/base/result.hpp"
#include "engine/model/facts.hpp"
#include "engine/model/fingerprints.hpp"

#include <string>
#include <string_view>

namespace assay::codec {

/// Digest of the names and types of everything that packed facts hold: a copy with the same layout
/// can be read.
const std::string& packed_layout();

std::string pack(const Facts& facts);

/// Errors: invalid_input (damaged, or of another layout).
Result<Facts> unpack_facts(std::string_view bytes);

std::string pack(const TreeFingerprints& tree);

/// Errors: invalid_input (damaged, or of another version).
Result<TreeFingerprints> unpack_fingerprints(std::string_view bytes);

} // namespace assay::codec
