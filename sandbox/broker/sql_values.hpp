// SPDX-License-Identifier: MIT
#pragma once

#include "sandbox/wire/codec.hpp"

struct sqlite3_value;
struct sqlite3_context;

namespace assay::broker {

/// Writes `value`. Text that is not UTF-8, and all text when `raw`, goes as a list of one bytes;
/// true when it did.
bool write_value(wire::Writer& writer, sqlite3_value* value, bool raw);

/// Makes `value` the result of a function; false when SQL has no such value.
bool set_result(sqlite3_context* context, const wire::Value& value);

} // namespace assay::broker
