// SPDX-License-Identifier: MIT
#include "engine/probe/databases/run_database.hpp"
#include "engine/probe/reflect.hpp"
#include "engine/probe/sql_name.hpp"

#include <utility>

namespace assay::probe {

namespace {

/// How many `?` outside of quotes.
std::size_t parameters_in(std::string_view sql)
{
  std::size_t count = 0;
  char quote = '\0';
  for (const char c : sql) {
    if (quote != '\0') {
      quote = c == quote ? '\0' : quote;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else {
      count += c == '?' ? 1 : 0;
    }
  }
  return count;
}

class SqliteDatabase final : public RunDatabase {
public:
  SqliteDatabase(broker::Client& client, std::string name)
    : client_(client),
      name_(std::move(name))
  {
  }

  [[nodiscard]] std::string_view kind() const override { return "sqlite"; }

  [[nodiscard]] std::string table(std::string_view name) const override { return sql_name(name); }

  Expected<void> clear() override { return client_.restore(name_, {}, broker::Client::Force::yes); }

  Expected<broker::Rows>
  execute(const std::string& sql, wire::Value::List parameters, std::int64_t max_rows) override
  {
    return client_.execute(name_, sql, std::move(parameters), max_rows);
  }

  Expected<std::int64_t> execute_many(const std::string& sql, wire::Value::List rows) override
  {
    return client_.execute_many(name_, sql, std::move(rows));
  }

  Expected<std::vector<Table>> reflect() override { return reflect_sqlite(client_, name_); }

  std::vector<std::string> types() override { return {}; }

  std::vector<std::string> read_whole(const std::string& sql) override
  {
    auto plan = client_.execute(name_,
                                "EXPLAIN QUERY PLAN " + sql,
                                wire::Value::List(parameters_in(sql), wire::Value()),
                                200);
    std::vector<std::string> names;
    for (const wire::Value::List& row : plan ? plan->rows : std::vector<wire::Value::List>{}) {
      const auto* const text = row.size() < 4 ? nullptr : row[3].get<std::string>();
      if (text == nullptr) {
        continue;
      }
      std::string_view step = *text;
      // An automatic index is made for this one statement, out of the whole table.
      const bool automatic =
        step.starts_with("SEARCH ") && step.find(" AUTOMATIC ") != std::string_view::npos;
      if (!automatic && !step.starts_with("SCAN ")) {
        continue;
      }
      const std::size_t from = step.find('(');
      const std::string_view sought =
        automatic && from != std::string_view::npos ? step.substr(from + 1) : std::string_view();
      step.remove_prefix(step.find(' ') + 1);
      step.remove_prefix(step.starts_with("TABLE ") ? 6 : 0);
      std::string name(step.substr(0, step.find(' ')));
      if (automatic) {
        name += "." + std::string(sought.substr(0, sought.find('=')));
      }
      names.push_back(std::move(name));
    }
    return names;
  }

  Expected<DatabaseImage> snapshot() override
  {
    auto image = client_.snapshot(name_);
    return image ? Expected<DatabaseImage>(DatabaseImage{std::move(*image), false})
                 : image.failure();
  }

  Expected<void> restore(const DatabaseImage& image) override
  {
    return client_.restore(name_, image.content, broker::Client::Force::yes);
  }

  bool ignore_checks() override
  {
    return static_cast<bool>(client_.script(name_, "PRAGMA ignore_check_constraints=ON"));
  }

  bool set_foreign_keys(ForeignKeys keys) override
  {
    return static_cast<bool>(client_.script(
      name_, keys == ForeignKeys::enforced ? "PRAGMA foreign_keys=ON" : "PRAGMA foreign_keys=OFF"));
  }

  bool drop_computed_uniques(const std::string& table) override
  {
    auto names = client_.execute(name_,
                                 "SELECT DISTINCT list.name FROM pragma_index_list(?) AS list, "
                                 "pragma_index_info(list.name) AS part "
                                 "WHERE list.\"unique\" AND part.cid = -2",
                                 wire::Value::List{wire::Value(table)});
    if (!names) {
      return false;
    }
    for (const wire::Value::List& row : names->rows) {
      const auto* const name = row[0].get<std::string>();
      static_cast<void>(
        client_.script(name_, "DROP INDEX " + sql_name(name == nullptr ? "" : *name)));
    }
    return !names->rows.empty();
  }

  void settle_counters() override {} // the next key is behind the largest there is

  [[nodiscard]] std::int64_t sql_code() const override { return client_.sql_code(); }

private:
  broker::Client& client_;
  std::string name_;
};

} // namespace

std::unique_ptr<RunDatabase> sqlite_database(broker::Client& client, std::string name)
{
  return std::make_unique<SqliteDatabase>(client, std::move(name));
}

} // namespace assay::probe
