// SPDX-License-Identifier: MIT
#include "engine/probe/databases/run_database.hpp"
#include "engine/probe/reflect.hpp"
#include "engine/probe/sql_name.hpp"

#include <utility>

namespace assay::probe {

namespace {

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
