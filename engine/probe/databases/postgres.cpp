// SPDX-License-Identifier: MIT
#include "engine/probe/databases/postgres.hpp"

#include "engine/base/text.hpp"
#include "engine/probe/answers.hpp"
#include "engine/probe/databases/postgres_connection.hpp"
#include "engine/probe/databases/reflect_postgres.hpp"
#include "engine/probe/sql_name.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <set>
#include <thread>
#include <utility>

namespace assay::probe {

using wire::Value;

namespace {

constexpr const char* k_user_schemas = "n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'";

/// What a candidate can leave behind in its database and in its role. Large objects, types,
/// functions, extensions and settings go with the role's ownership.
constexpr const char* k_clear =
  "DROP OWNED BY candidate CASCADE; DROP SCHEMA IF EXISTS public CASCADE; "
  "CREATE SCHEMA public AUTHORIZATION candidate; "
  "GRANT CONNECT, TEMPORARY, CREATE ON DATABASE assay TO candidate; "
  "ALTER ROLE candidate RESET ALL; ALTER ROLE candidate IN DATABASE assay RESET ALL";

std::string first_text(const Value::List& row, std::size_t place)
{
  const auto* const text = place < row.size() ? row[place].get<std::string>() : nullptr;
  return text == nullptr ? std::string() : *text;
}

/// `"schema"."table"`, and which of its columns take values.
struct KeptTable {
  std::string name;
  std::string columns; ///< "a", "b"
  std::string fields;  ///< (r)."a", (r)."b"
  std::string rows;    ///< all of them as one literal; empty if there are none
};

class PostgresDatabase final : public RunDatabase {
public:
  PostgresDatabase(std::unique_ptr<PostgresConnection> super,
                   std::unique_ptr<PostgresConnection> keeper)
    : super_(std::move(super)),
      keeper_(std::move(keeper))
  {
  }

  [[nodiscard]] std::string_view kind() const override { return "postgresql"; }

  [[nodiscard]] std::string table(std::string_view name) const override
  {
    const std::size_t dot = name.find('.');
    return dot != std::string_view::npos && schemas_.contains(std::string(name.substr(0, dot)))
             ? sql_name(name.substr(0, dot)) + "." + sql_name(name.substr(dot + 1))
             : "public." + sql_name(name);
  }

  Expected<void> clear() override
  {
    if (auto done = super_->run(k_clear)) {
      return done;
    }
    // Somebody holds a lock; nobody is to.
    end_sessions();
    return super_->run(k_clear);
  }

  Expected<broker::Rows>
  execute(const std::string& sql, Value::List parameters, std::int64_t max_rows) override
  {
    static_cast<void>(steady());
    return asked(*keeper_, keeper_->query(sql, parameters, max_rows));
  }

  Expected<std::int64_t> execute_many(const std::string& sql, Value::List rows) override
  {
    static_cast<void>(steady());
    return asked(*keeper_, keeper_->query_each(over_counters(sql), rows));
  }

  Expected<std::vector<Table>> reflect() override
  {
    auto tables = reflect_postgres(*super_);
    if (tables) {
      schemas_.clear();
      for (const Table& table : *tables) {
        schemas_.insert(table.schema);
      }
    }
    return tables;
  }

  std::vector<std::string> types() override
  {
    auto rows = super_->query(fmt::format(
      "SELECT t.typname FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE {} AND "
      "t.typtype IN ('e', 'd', 'r') AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = "
      "'pg_type'::regclass AND e.objid = t.oid AND e.deptype = 'e') ORDER BY 1 LIMIT 50",
      k_user_schemas));
    std::vector<std::string> names;
    for (const Value::List& row : rows ? rows->rows : std::vector<Value::List>{}) {
      names.push_back(one_line(first_text(row, 0), 100));
    }
    return names;
  }

  /// With the rights of a candidate: planning runs functions that it may have made.
  std::vector<std::string> read_whole(const std::string& sql) override
  {
    int parameters = 0;
    for (std::size_t at = sql.find('$'); at != std::string::npos; at = sql.find('$', at + 1)) {
      parameters = std::max(parameters, std::atoi(sql.c_str() + at + 1));
    }
    constexpr int k_most_parameters = 100;
    std::vector<std::string> names;
    static_cast<void>(steady());
    // Small tables are read whole whatever indexes they have, and values that are known are folded.
    if (parameters <= k_most_parameters
        && keeper_->run("BEGIN; SET LOCAL enable_seqscan = off; SET LOCAL plan_cache_mode = "
                        "force_generic_plan; PREPARE assay_plan AS "
                        + sql)) {
      std::string values;
      for (int i = 0; i < parameters; ++i) {
        values += i == 0 ? "NULL" : ", NULL";
      }
      auto plan = keeper_->query("EXPLAIN (COSTS OFF) EXECUTE assay_plan"
                                   + (values.empty() ? "" : "(" + values + ")"),
                                 {},
                                 200);
      for (const Value::List& row : plan ? plan->rows : std::vector<Value::List>{}) {
        constexpr std::string_view k_scan = "Seq Scan on ";
        const std::string step = first_text(row, 0);
        const std::size_t at = step.find(k_scan);
        if (at == std::string::npos) {
          continue;
        }
        for (const std::string_view name :
             split(std::string_view(step).substr(at + k_scan.size()), ' ')) {
          names.emplace_back(name); // the table, then what stands for it
        }
      }
    }
    static_cast<void>(keeper_->run("ROLLBACK"));
    static_cast<void>(keeper_->run("DEALLOCATE ALL"));
    return names;
  }

  Expected<DatabaseImage> snapshot() override
  {
    auto tables = super_->query(fmt::format(
      "SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname), "
      "string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum), "
      "string_agg('(r).' || quote_ident(a.attname), ', ' ORDER BY a.attnum) "
      "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND c.relkind = 'r' AND {} "
      "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND "
      "a.attgenerated = '' GROUP BY n.nspname, c.relname",
      k_user_schemas));
    if (!tables) {
      return tables.failure();
    }
    std::vector<KeptTable> kept;
    static_cast<void>(steady());
    for (const Value::List& row : tables->rows) {
      KeptTable table{first_text(row, 0), first_text(row, 1), first_text(row, 2), {}};
      auto rows = keeper_->query(fmt::format("SELECT array_agg(r)::text FROM {} r", table.name));
      if (!rows) {
        return rows.failure();
      }
      table.rows = rows->rows.empty() ? std::string() : first_text(rows->rows.front(), 0);
      kept.push_back(std::move(table));
    }
    images_.push_back(std::move(kept));
    return DatabaseImage{std::to_string(images_.size() - 1), true};
  }

  Expected<void> restore(const DatabaseImage& image) override
  {
    const std::size_t number = image.content.empty() ? images_.size() : std::stoul(image.content);
    if (number >= images_.size()) {
      return Failure{"PostgreSQL", 0, "no such image"};
    }
    if (auto done = put_back(images_[number])) {
      return done;
    }
    end_sessions();
    return put_back(images_[number]);
  }

  bool ignore_checks() override
  {
    auto checks = super_->query(fmt::format(
      "SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', k.conrelid::regclass, k.conname) FROM "
      "pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace WHERE k.contype = 'c' AND "
      "k.conrelid <> 0 AND {}",
      k_user_schemas));
    return checks && std::ranges::all_of(checks->rows, [&](const Value::List& row) {
             return static_cast<bool>(super_->run(first_text(row, 0)));
           });
  }

  bool set_foreign_keys(ForeignKeys keys) override
  {
    keys_ = keys;
    return static_cast<bool>(steady());
  }

  bool drop_computed_uniques(const std::string& table) override
  {
    auto indexes = super_->query(
      "SELECT format('DROP INDEX %s', x.indexrelid::regclass) FROM "
      "pg_index x JOIN pg_class c ON c.oid = x.indrelid WHERE "
      "x.indisunique AND x.indexprs IS NOT NULL AND (c.relname = ? OR x.indrelid = to_regclass(?))",
      Value::List{Value(table), Value(this->table(table))});
    if (!indexes) {
      return false;
    }
    for (const Value::List& row : indexes->rows) {
      static_cast<void>(super_->run(first_text(row, 0)));
    }
    return !indexes->rows.empty();
  }

  void settle_counters() override
  {
    auto counters = super_->query(fmt::format(
      "SELECT format('SELECT setval(%L, coalesce(max(%I), 1), count(*) > 0) FROM %s', "
      "s.oid::regclass, a.attname, d.refobjid::regclass) FROM pg_class s JOIN pg_depend d ON "
      "d.classid = 'pg_class'::regclass AND d.objid = s.oid AND d.refclassid = "
      "'pg_class'::regclass AND d.deptype IN ('a', 'i') JOIN pg_attribute a ON a.attrelid = "
      "d.refobjid AND a.attnum = d.refobjsubid JOIN pg_namespace n ON n.oid = s.relnamespace "
      "WHERE s.relkind = 'S' AND {}",
      k_user_schemas));
    if (!counters) {
      return;
    }
    for (const Value::List& row : counters->rows) {
      static_cast<void>(keeper_->query(first_text(row, 0)));
    }
  }

  [[nodiscard]] std::int64_t sql_code() const override { return sql_code_; }

private:
  /// A trigger of the candidate's may have set what it likes for our session: by whose functions
  /// and operators the next statement goes is ours to say.
  Expected<void> steady()
  {
    return keeper_->run(keys_ == ForeignKeys::enforced
                          ? "SET search_path = pg_catalog; SET session_replication_role = origin"
                          : "SET search_path = pg_catalog; SET session_replication_role = replica");
  }

  template<class T>
  Expected<T> asked(const PostgresConnection& connection, Expected<T> answer)
  {
    sql_code_ = answer ? 0 : connection.sql_code();
    return answer;
  }

  /// Keys that a column numbers by itself are given: GENERATED ALWAYS refuses that otherwise.
  static std::string over_counters(const std::string& sql)
  {
    const std::size_t values = sql.find(") VALUES (");
    return values == std::string::npos
             ? sql
             : sql.substr(0, values + 1) + " OVERRIDING SYSTEM VALUE" + sql.substr(values + 1);
  }

  /// Ends every connection of the candidate's and waits until the server is done with them.
  void end_sessions()
  {
    constexpr const char* k_theirs = "FROM pg_stat_activity WHERE usename = 'candidate'";
    static_cast<void>(super_->query(fmt::format("SELECT pg_terminate_backend(pid) {}", k_theirs)));
    for (int waited = 0; waited < 200; ++waited) {
      const auto left = super_->query(fmt::format("SELECT 1 {} LIMIT 1", k_theirs));
      if (!left || left->rows.empty()) {
        return;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }

  Expected<void> put_back(const std::vector<KeptTable>& tables)
  {
    // No trigger runs and no foreign key is looked at: the rows were good when they were kept.
    auto done = steady();
    if (!done) {
      return done;
    }
    done = keeper_->run("BEGIN; SET LOCAL session_replication_role = replica");
    for (std::size_t i = 0; done && i < tables.size(); ++i) {
      done = keeper_->run("DELETE FROM " + tables[i].name);
    }
    for (std::size_t i = 0; done && i < tables.size(); ++i) {
      const KeptTable& table = tables[i];
      if (table.rows.empty()) {
        continue;
      }
      auto rows =
        keeper_->query(fmt::format("INSERT INTO {0} ({1}) OVERRIDING SYSTEM VALUE SELECT {2} FROM "
                                   "unnest($1::{0}[]) r",
                                   table.name,
                                   table.columns,
                                   table.fields),
                       Value::List{Value(table.rows)});
      done = rows ? Expected<void>() : rows.failure();
    }
    if (!done) {
      static_cast<void>(keeper_->run("ROLLBACK"));
      return done;
    }
    done = keeper_->run("COMMIT");
    settle_counters();
    return done;
  }

  std::unique_ptr<PostgresConnection> super_;
  std::unique_ptr<PostgresConnection> keeper_;
  ForeignKeys keys_ = ForeignKeys::enforced;
  std::set<std::string> schemas_; ///< of the tables seen last
  std::vector<std::vector<KeptTable>> images_;
  std::int64_t sql_code_ = 0;
};

} // namespace

Expected<std::unique_ptr<RunDatabase>> postgres_database(const std::string& host)
{
  auto super = PostgresConnection::open(host, "postgres");
  if (!super) {
    return super.failure();
  }
  auto keeper = PostgresConnection::open(host, "keeper");
  if (!keeper) {
    return keeper.failure();
  }
  auto database = std::make_unique<PostgresDatabase>(std::move(*super), std::move(*keeper));
  if (auto cleared = database->clear(); !cleared) {
    return cleared.failure();
  }
  return std::unique_ptr<RunDatabase>(std::move(database));
}

} // namespace assay::probe
