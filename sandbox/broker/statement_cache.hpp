// SPDX-License-Identifier: MIT
#pragma once

#include "sandbox/broker/database.hpp"
#include "sandbox/broker/sql_text.hpp"

#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

namespace assay::broker {

/// A statement ready to run, with what the log and the driver want to know of it.
struct Prepared {
  StatementHandle handle; ///< null for text without a statement
  std::string sql;
  std::shared_ptr<const std::string> logged; ///< the text as the log keeps it
  bool cut = false;                          ///< the log keeps less than all of it
  StatementKind kind = StatementKind::other;
  bool opens_transaction = false;
  bool in_use = false;
};

/// The statements of one connection used last, as many as Python's sqlite3 keeps.
class StatementCache {
public:
  /// The one for `sql` if there is one that nobody is using.
  std::shared_ptr<Prepared> find(std::string_view sql);

  void add(const std::shared_ptr<Prepared>& prepared);

  void clear();

private:
  static constexpr std::size_t k_most = 128;

  std::list<std::shared_ptr<Prepared>> recent_; ///< used last first
  std::unordered_map<std::string_view, std::list<std::shared_ptr<Prepared>>::iterator> by_text_;
};

} // namespace assay::broker
