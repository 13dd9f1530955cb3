// SPDX-License-Identifier: MIT
// Private to engine/syntax: what the spelling of a Python string literal stands for.
#pragma once

#include <string>
#include <string_view>

namespace assay::syntax {

/// The parts of one string literal. Views into the literal.
struct StringLiteral {
  std::string_view content; ///< between the quotes
  bool is_raw = false;
  bool is_bytes = false;
  bool is_format = false;
  bool is_whole = false; ///< has its closing quote
};

/// Takes a literal with prefix and quotes apart.
StringLiteral split_literal(std::string_view literal);

/// Whether `content` differs from what it stands for.
bool needs_decoding(const StringLiteral& literal, std::string_view content);

/// Appends what `content` (all of the literal's content or a part) stands for, in UTF-8. A byte
/// above 127 becomes the code point of that number. `\N{...}`, surrogates and unknown escapes stay
/// as written, as do `{{` and `}}`. Source: Python reference, section 2.4.1 "String and Bytes
/// literals".
void append_decoded(std::string& out, const StringLiteral& literal, std::string_view content);

/// Appends a decoded literal part of a format string, each `{{` and `}}` as one brace.
void append_without_doubled_braces(std::string& out, std::string_view content);

} // namespace assay::syntax
