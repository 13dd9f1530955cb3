// SPDX-License-Identifier: MIT
// Text helpers that know nothing of assay's domain.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// True if `bytes` is well-formed UTF-8 (no overlong forms, no surrogates, at most U+10FFFF).
bool is_utf8(std::string_view bytes);

/// `bytes` with every ill-formed sequence replaced by U+FFFD.
std::string to_utf8_lossy(std::string_view bytes);

/// Latin-1 bytes as UTF-8.
std::string latin1_to_utf8(std::string_view bytes);

std::string_view trim(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);
std::string join(std::span<const std::string> parts, std::string_view separator);

/// ASCII only; other bytes stay as they are.
std::string to_lower(std::string_view text);

/// True if `names` holds `name`.
bool among(std::string_view name, std::span<const std::string_view> names);

bool starts_with_any(std::string_view text, std::span<const std::string_view> prefixes);

/// The words of an identifier, lower case: "BlogPostModel" and "blog_post_model" -> blog, post,
/// model; "HTTPServer2" -> http, server, 2.
std::vector<std::string> identifier_words(std::string_view identifier);

/// English singular of a lower-case word, by rule ("stories" -> "story", "classes" -> "class");
/// also the regular Spanish and Portuguese plurals that the rules cover ("publicaciones" ->
/// "publicacion").
std::string singular(std::string_view word);

/// Levenshtein distance; used for "did you mean".
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The candidate nearest to `word` within distance 2 (or a third of its length), if any.
std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates);

/// Text made safe for a terminal and for logs: control characters, escape sequences and
/// bidirectional overrides become visible escapes (\x1b, \u202e). Newlines stay only with
/// `KeepNewlines::yes`.
enum class KeepNewlines { no, yes };
std::string printable(std::string_view text, KeepNewlines keep = KeepNewlines::no);

/// Number of terminal columns `text` occupies; combining marks count 0, East Asian wide
/// characters 2.
std::size_t display_width(std::string_view text);

} // namespace assay
