// SPDX-License-Identifier: MIT
// A call of Alembic's operations, in or outside of a batch block, with its arguments by meaning.
#pragma once

#include "engine/facts/program.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::facts {

struct OperationCall {
  const Value* call = nullptr;
  std::string name; ///< "create_table", "get_bind().execute"
  bool batch = false;
  std::string batch_table;  ///< empty if it could not be read
  bool batch_names = false; ///< the block has a naming convention of its own

  /// The argument at `plain` (op.x) or `in_batch` (batch_op.x), or the keyword.
  [[nodiscard]] ValueRef
  at(std::size_t plain, std::size_t in_batch, std::string_view keyword_name) const;
};

/// The operation that `call` stands for; nothing if its callee is not Alembic's.
std::optional<OperationCall> operation_call(Program& program, const Value& call);

/// A name argument: a string, op.f("..."), conv("..."), quoted_name("...", ...).
std::optional<std::string> name_argument(Program& program, ValueRef value);

/// Names in a list or tuple; `whole` becomes false if one of them was not understood.
std::vector<std::string> name_list(Program& program, ValueRef value, bool& whole);

/// The SQL text of a value: strings, text(), DDL(), files of the repository that are read. `whole`
/// becomes false when parts of it are not known.
std::optional<std::string> sql_text(Program& program, const Value& value, bool& whole);

} // namespace assay::facts
