// SPDX-License-Identifier: MIT
// Private to this module: the one place where the JSON library is named.
#pragma once

#include "engine/base/result.hpp"
#include "engine/codec/codec.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace assay::codec {

using Document = nlohmann::ordered_json;

/// Errors: invalid_input (not JSON, not UTF-8, a member twice in a record), limit_exceeded.
Result<Document> parse(std::string_view text, const ReadOptions& options);

/// Compact; ill-formed UTF-8 becomes U+FFFD.
std::string dump(const Document& document);

/// One member a line, two spaces a level, ends with a newline; ill-formed UTF-8 becomes U+FFFD, and
/// characters that are not seen or turn the text around them are \u escapes.
std::string dump_indented(const Document& document);

} // namespace assay::codec
