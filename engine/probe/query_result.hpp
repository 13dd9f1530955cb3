// SPDX-License-Identifier: MIT
// What came back from a call, held against the rows that are there. Texts and keys in the answer
// are looked up among the seeds; nothing that the process says of itself is believed.
#pragma once

#include "engine/model/query_run_facts.hpp"
#include "engine/model/schema_facts.hpp"
#include "engine/probe/seed.hpp"
#include "sandbox/broker/client.hpp"
#include "sandbox/wire/value.hpp"

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace assay::probe {

/// Finds rows by what identifies them.
class SeedIndex {
public:
  SeedIndex(const Seeds& seeds, const SchemaFacts& schema);

  /// The row whose key these parts are, -1 if there is none.
  [[nodiscard]] int by_key(const wire::Value::List& key) const;
  [[nodiscard]] int by_key(const wire::Value& part) const;

  /// Rows whose token the text contains.
  [[nodiscard]] std::vector<int> in_text(std::string_view text) const;

  [[nodiscard]] const Seeds& seeds() const { return seeds_; }

  /// `text` without what differs from run to run: tokens and keys.
  [[nodiscard]] std::string without_secrets(std::string text) const;

private:
  const Seeds& seeds_;
  std::map<std::string, int> keys_;
  std::map<std::string, int> tokens_;
};

/// Fills the counts of roots and leaves from the walked result, or from what was printed.
void count_nodes(const SeedIndex& index,
                 const SeedShape& shape,
                 const wire::Value& node,
                 DriveRun& run);
void count_printed(const SeedIndex& index,
                   const SeedShape& shape,
                   std::string_view text,
                   DriveRun& run);

/// Whether the later root is in the walked result, `with_leaves` its leaf too.
bool has_later_rows(const SeedIndex& index, const wire::Value& node, bool with_leaves);

/// Statements of one step that count: no transactions, pragmas or looks at the catalogue.
constexpr std::size_t k_longest_statement = 2000; ///< characters of a text that are kept

struct StepStatements {
  int count = 0;
  int rows = 0;
  int writes = 0;
  int ddl = 0; ///< of these, changes of tables, views or indexes
  std::map<std::string, int> texts;
};

void add_statement(const broker::LoggedStatement& statement, StepStatements& step);

} // namespace assay::probe
