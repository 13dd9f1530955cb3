// SPDX-License-Identifier: MIT
// Reading what the harness answers. It comes from the candidate's process, so everything may be
// missing, of another type or longer than sensible; what is not as expected reads as empty.
#pragma once

#include "engine/model/execution_facts.hpp"
#include "sandbox/wire/value.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assay::probe {

/// The first `limit` bytes of `text`: one line, without control characters and the addresses of
/// objects, UTF-8.
std::string one_line(std::string_view text, std::size_t limit);

/// The text at `key`: the first `limit` bytes, one line, without control characters, UTF-8. A
/// character that the limit cuts becomes U+FFFD.
std::string text_at(const wire::Value& value, std::string_view key, std::size_t limit = 500);

std::int64_t number_at(const wire::Value& value, std::string_view key);

bool truth_at(const wire::Value& value, std::string_view key);

/// The list at `key`; an empty one otherwise.
const wire::Value::List& list_at(const wire::Value& value, std::string_view key);

/// The texts of the list at `key`.
std::vector<std::string> texts_at(const wire::Value& value, std::string_view key);

/// {type, message, place: [path, line]} at `key`.
RunError error_at(const wire::Value& value, std::string_view key);

/// [path, line] at `key`; nowhere if it is not there.
Location place_at(const wire::Value& value, std::string_view key);

/// "SAWarning: text" for each of [{category, message}].
std::vector<std::string> warnings_at(const wire::Value& value, std::string_view key);

} // namespace assay::probe
