// SPDX-License-Identifier: MIT
// A value for one column, as the database keeps it.
#pragma once

#include "engine/model/schema_facts.hpp"
#include "sandbox/wire/value.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assay::probe {

/// What makes the values of one row its own.
struct RowSource {
  std::string token;      ///< ten letters and digits, a letter first
  std::string digest;     ///< 64 hexadecimal digits
  std::int64_t key = 0;   ///< rises with the index
  std::int64_t index = 0; ///< of the row in its table
};

RowSource row_source(std::string_view secret, std::string_view table, int table_index, int index);

/// The value of `column`: by its type, then by its name. Flags and states are such that the row is
/// one that queries show. `table` has the checks that name its states.
wire::Value seed_value(const Table& table, const Column& column, const RowSource& source);

/// The value of a key column.
wire::Value seed_key(const Column& column, const RowSource& source);

/// Other values that a check may accept, to be tried one after another.
std::vector<wire::Value> other_values(const Column& column, const RowSource& source);

/// Whether an absent value is the one that makes a row visible: deleted_at, archived_at, banned_at.
bool better_absent(const Column& column);

} // namespace assay::probe
