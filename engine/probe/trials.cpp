// SPDX-License-Identifier: MIT
#include "engine/probe/trials.hpp"

#include "engine/model/schema_lookup.hpp"
#include "engine/model/type_family.hpp"
#include "engine/probe/answers.hpp"
#include "engine/probe/rows.hpp"
#include "engine/probe/seed_database.hpp"
#include "engine/probe/sql_name.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace assay::probe {

using wire::Value;

namespace {

constexpr SeedSize k_size{2, 2};
constexpr std::size_t k_most_trials = 200;
constexpr std::size_t k_most_appended = 20;
constexpr std::int64_t k_constraint = 19; // SQLITE_CONSTRAINT and its extended codes
constexpr std::int64_t k_primary_code = 0xFF;

/// `"id" = ?` for the key of a row, and its values.
struct RowKey {
  std::string where;
  Value::List values;
};

class Trials {
public:
  Trials(SubmissionRun& submission,
         const Rubric& rubric,
         const Resolution& roles,
         std::string_view secret)
    : submission_(submission),
      rubric_(rubric),
      roles_(roles),
      secret_(secret),
      found_(submission.facts().execution.trials)
  {
  }

  void observe()
  {
    found_.clear();
    if (!submission_.facts().execution.ran || rubric_.queries.empty()) {
      return;
    }
    const BoxEnd end = submission_.in_box([this](cell::Run& run) { return work(run); });
    if (!end.ran) {
      found_.clear(); // of a box that failed by our fault
    }
  }

private:
  bool work(cell::Run& run)
  {
    found_.clear();
    if (!submission_.prepare(run) || !submission_.import_again(run)
        || run.step("registries", Value()).kind == cell::Reply::Kind::ended
        || run.step("create_all", Value(submission_.create_arguments())).kind
             == cell::Reply::Kind::ended) {
      return false;
    }
    RunDatabase& client = submission_.database();
    auto schema = schema_in_database(client, submission_.facts().schema);
    if (!schema) {
      return true;
    }
    schema_ = std::move(*schema);
    const QuerySpec& query = rubric_.queries.front();
    seeds_ = make_seeds(schema_, roles_, rubric_, shape_of(rubric_, query), k_size, {}, secret_);
    if (!seeds_.gaps.empty() || !insert_seeds(client, schema_, seeds_, 0, seeds_.later)) {
      return true;
    }
    auto image = client.snapshot();
    if (!image) {
      return true;
    }
    image_ = std::move(*image);
    // What the mappers claim is tried, not what the database is known to hold.
    for (const Table& table : submission_.facts().schema.tables) {
      try_table(client, table);
    }
    return fill_times(run) && append_to_sides(run) && delete_parents(run);
  }

  /// Times without a default: something else may fill them when an object is made.
  bool fill_times(cell::Run& run)
  {
    for (std::size_t i = seeds_.later; i < seeds_.rows.size(); ++i) {
      const SeedRow& row = seeds_.rows[i];
      const auto table = std::ranges::find(schema_.tables, row.table, &Table::name);
      const auto role = roles_.entities.find(row.role);
      if (table == schema_.tables.end() || role == roles_.entities.end()) {
        continue;
      }
      const auto like = std::ranges::find(seeds_.rows, row.role, &SeedRow::role);
      Value::Dict values;
      Value::List times;
      for (const Column& column : table->columns) {
        const bool foreign = in_foreign_key(*table, column.name);
        const Value* const value = cell_of(foreign ? *like : row, column.name);
        const bool filled = column.default_kind != DefaultKind::none
                            || column.server_default_kind != DefaultKind::none;
        if (is_moment(column.family) && !filled) {
          times.emplace_back(column.name);
        } else if (!is_moment(column.family) && value != nullptr) {
          values.emplace_back(column.name, *value);
        }
      }
      if (!times.empty() && !create_one(run, *table, role->second.class_name, values, times)) {
        return false;
      }
    }
    return true;
  }

  bool create_one(cell::Run& run,
                  const Table& table,
                  const std::string& class_name,
                  const Value::Dict& values,
                  const Value::List& times)
  {
    const cell::Reply reply = run.step("create",
                                       Value(Value::Dict{{"class", Value(class_name)},
                                                         {"values", Value(values)},
                                                         {"times", Value(times)}}));
    if (reply.kind == cell::Reply::Kind::ended) {
      return false;
    }
    for (const std::string& column : texts_at(reply.value, "filled")) {
      found_.push_back({"create", table.name, {column}, "orm", {}, "filled", {}});
    }
    return true; // it was rolled back
  }

  [[nodiscard]] std::vector<const SeedRow*> rows_of(const Table& table) const
  {
    std::vector<const SeedRow*> rows;
    for (std::size_t i = 0; i < seeds_.later && i < seeds_.rows.size(); ++i) {
      if (seeds_.rows[i].table == table.name) {
        rows.push_back(&seeds_.rows[i]);
      }
    }
    return rows;
  }

  static std::optional<RowKey> key_of(const Table& table, const SeedRow& row)
  {
    RowKey key;
    for (const Column& column : table.columns) {
      if (column.primary_key != Truth::yes) {
        continue;
      }
      const Value* value = cell_of(row, column.name);
      if (value == nullptr) {
        return std::nullopt;
      }
      key.where += (key.where.empty() ? "" : " AND ") + sql_name(column.name) + " = ?";
      key.values.push_back(*value);
    }
    return key.where.empty() ? std::nullopt : std::optional(std::move(key));
  }

  /// Runs a statement that a constraint should refuse, on the rows as they were made.
  void attempt(RunDatabase& client, Trial trial, const std::string& sql, Value::List values)
  {
    if (found_.size() >= k_most_trials || !client.set_foreign_keys(ForeignKeys::enforced)) {
      return;
    }
    const auto done = client.execute(sql, std::move(values));
    if (!done && (client.sql_code() & k_primary_code) != k_constraint) {
      return; // our statement did not suit the table: nothing is known
    }
    if (done && done->changes == 0) {
      return;
    }
    trial.outcome = done ? "accepted" : "refused";
    trial.detail = done ? std::string() : describe(done.failure()).substr(0, 200);
    found_.push_back(std::move(trial));
    if (done) {
      static_cast<void>(client.restore(image_));
    }
  }

  void try_table(RunDatabase& client, const Table& table)
  {
    const std::vector<const SeedRow*> rows = rows_of(table);
    if (rows.empty()) {
      return;
    }
    const std::optional<RowKey> key = key_of(table, *rows.front());
    if (!key) {
      return;
    }
    for (const Column& column : table.columns) {
      if (column.nullable == Truth::no && column.primary_key != Truth::yes
          && column.generated != Truth::yes) {
        attempt(client,
                {"missing", table.name, {column.name}, "sql", {}, {}, {}},
                fmt::format("UPDATE {} SET {} = NULL WHERE {}",
                            submission_.database().table(table.name),
                            sql_name(column.name),
                            key->where),
                key->values);
      }
    }
    for (const ForeignKey& foreign : table.foreign_keys) {
      dangle(client, table, foreign, *key);
    }
    if (rows.size() > 1) {
      for (const Key& unique : table.keys) {
        repeat(client, table, unique, *rows.front(), *rows[1]);
      }
    }
  }

  void dangle(RunDatabase& client, const Table& table, const ForeignKey& foreign, const RowKey& key)
  {
    if (foreign.columns.size() != 1) {
      return;
    }
    const auto column = std::ranges::find(table.columns, foreign.columns.front(), &Column::name);
    if (column == table.columns.end() || column->primary_key == Truth::yes) {
      return;
    }
    const bool number = column->family == TypeFamily::integer
                        || column->family == TypeFamily::big_integer
                        || column->family == TypeFamily::small_integer;
    Value::List values{number ? Value(std::int64_t{987'654'321})
                              : Value(std::string("00000000-dead-4000-8000-000000000000"))};
    values.insert(values.end(), key.values.begin(), key.values.end());
    attempt(client,
            {"dangling", table.name, foreign.columns, "sql", {}, {}, {}},
            fmt::format("UPDATE {} SET {} = ? WHERE {}",
                        submission_.database().table(table.name),
                        sql_name(column->name),
                        key.where),
            std::move(values));
  }

  /// Gives one row the values of another in a set that should be unique.
  void repeat(RunDatabase& client,
              const Table& table,
              const Key& unique,
              const SeedRow& row,
              const SeedRow& other)
  {
    const std::optional<RowKey> key = key_of(table, row);
    if (unique.kind == KeyKind::index || unique.kind == KeyKind::primary || unique.partial || !key
        || unique.columns.empty()) {
      return;
    }
    std::string sets;
    Value::List values;
    for (const std::string& column : unique.columns) {
      const Value* value = cell_of(other, column);
      if (value == nullptr || value->get<wire::None>() != nullptr) {
        return;
      }
      sets += (sets.empty() ? "" : ", ") + sql_name(column) + " = ?";
      values.push_back(*value);
    }
    values.insert(values.end(), key->values.begin(), key->values.end());
    attempt(
      client,
      {"duplicate", table.name, unique.columns, "sql", {}, {}, {}},
      fmt::format(
        "UPDATE {} SET {} WHERE {}", submission_.database().table(table.name), sets, key->where),
      std::move(values));
  }

  /// The table of a mapped class; null if it was not made.
  [[nodiscard]] const Table* table_of(const std::string& class_name) const
  {
    const auto& schema = submission_.facts().schema;
    const auto mapped = std::ranges::find(schema.classes, class_name, &MappedClass::name);
    const auto table = mapped == schema.classes.end()
                         ? schema_.tables.end()
                         : std::ranges::find(schema_.tables, mapped->table, &Table::name);
    return table == schema_.tables.end() ? nullptr : &*table;
  }

  /// The keys of the rows of `table`, each as a list.
  [[nodiscard]] Value::List keys_of(const Table& table) const
  {
    Value::List keys;
    for (const SeedRow* row : rows_of(table)) {
      if (auto key = key_of(table, *row)) {
        keys.emplace_back(std::move(key->values));
      }
    }
    return keys;
  }

  /// Every collection that could be tied to an attribute of its members: whether that shows it.
  bool append_to_sides(cell::Run& run)
  {
    const auto& all = submission_.facts().schema.relationships;
    std::size_t tried = 0;
    for (const Relationship& collection : all) {
      for (const Relationship& back : all) {
        const bool pair = collection.target == back.owner && back.target == collection.owner
                          && collection.owner != collection.target && !collection.viewonly
                          && !back.viewonly && collection.uselist == Truth::yes;
        if (pair && tried < k_most_appended) {
          ++tried;
          if (!append_one(run, collection, back)) {
            return false;
          }
        }
      }
    }
    return true;
  }

  bool append_one(cell::Run& run, const Relationship& collection, const Relationship& back)
  {
    const Table* const owners = table_of(collection.owner);
    const Table* const members = table_of(collection.target);
    if (owners == nullptr || members == nullptr) {
      return true;
    }
    const cell::Reply reply =
      run.step("append",
               Value(Value::Dict{{"class", Value(collection.owner)},
                                 {"name", Value(collection.name)},
                                 {"keys", Value(keys_of(*owners))},
                                 {"other", Value(collection.target)},
                                 {"back", Value(back.name)},
                                 {"other_keys", Value(keys_of(*members))}}));
    const std::string outcome = text_at(reply.value, "outcome");
    if (outcome == "shown" || outcome == "hidden") {
      found_.push_back({"append",
                        owners->name,
                        {collection.owner + "." + collection.name, back.owner + "." + back.name},
                        "orm",
                        members->name,
                        outcome,
                        {}});
    }
    return reply.kind != cell::Reply::Kind::ended;
  }

  /// Each role's object that has children, through the ORM.
  bool delete_parents(cell::Run& run)
  {
    for (const auto& [role, entity] : roles_.entities) {
      const auto table = std::ranges::find(schema_.tables, entity.table, &Table::name);
      if (entity.class_name.empty() || table == schema_.tables.end()) {
        continue;
      }
      for (const SeedRow* row : rows_of(*table)) {
        const auto children = children_of(submission_.database(), *table, *row);
        if (!children.empty()) {
          if (!delete_one(run, entity.class_name, *table, *row, children)) {
            return false;
          }
          break;
        }
      }
    }
    return true;
  }

  struct Children {
    const Table* table;
    std::string column;
    Value parent;
    std::int64_t all = 0; ///< rows of the table before
  };

  std::vector<Children> children_of(RunDatabase& client, const Table& table, const SeedRow& row)
  {
    std::vector<Children> found;
    for (const Table& child : schema_.tables) {
      for (const ForeignKey& key : child.foreign_keys) {
        if (key.target_table != table.name || key.columns.size() != 1
            || key.target_columns.size() != 1 || &child == &table) {
          continue;
        }
        const Value* parent = cell_of(row, key.target_columns.front());
        if (parent == nullptr) {
          continue;
        }
        const auto own = count(client, child.name, key.columns.front(), *parent);
        const std::int64_t all = count_rows(client, child.name);
        if (own.value_or(0) > 0 && all >= 0) {
          found.push_back({&child, key.columns.front(), *parent, all});
        }
      }
    }
    return found;
  }

  static std::optional<std::int64_t> count(RunDatabase& client,
                                           const std::string& table,
                                           const std::string& column,
                                           const Value& value)
  {
    return number(client.execute(
      fmt::format("SELECT count(*) FROM {} WHERE {} = ?", client.table(table), sql_name(column)),
      Value::List{value}));
  }

  static std::optional<std::int64_t> number(const Expected<broker::Rows>& rows)
  {
    if (!rows || rows->rows.size() != 1 || rows->rows[0].empty()) {
      return std::nullopt;
    }
    const auto* const value = rows->rows[0][0].get<std::int64_t>();
    return value == nullptr ? std::nullopt : std::optional(*value);
  }

  bool delete_one(cell::Run& run,
                  const std::string& class_name,
                  const Table& table,
                  const SeedRow& row,
                  const std::vector<Children>& children)
  {
    std::string where;
    Value::List values;
    for (const Column& column : table.columns) {
      const Value* value = cell_of(row, column.name);
      if (column.primary_key == Truth::yes && value != nullptr) {
        where += fmt::format("{}{}.{} = :k{}",
                             where.empty() ? "" : " AND ",
                             submission_.database().table(table.name),
                             sql_name(column.name),
                             values.size());
        values.push_back(*value);
      }
    }
    const cell::Reply reply = run.step("delete",
                                       Value(Value::Dict{{"class", Value(class_name)},
                                                         {"where", Value(where)},
                                                         {"values", Value(std::move(values))}}));
    if (reply.kind == cell::Reply::Kind::ended) {
      return false;
    }
    const std::string outcome = text_at(reply.value, "outcome");
    const RunError error = error_at(reply.value, "error");
    const bool refused = outcome == "error" && error.type.ends_with("IntegrityError");
    if (outcome == "deleted" || refused) {
      for (const Children& child : children) {
        note_deletion(
          submission_.database(), table, child, refused ? error.message : std::string());
      }
    }
    return static_cast<bool>(submission_.database().restore(image_));
  }

  /// Judged by the rows that are there now; of the process only that it was refused.
  void note_deletion(RunDatabase& client,
                     const Table& table,
                     const Children& child,
                     const std::string& refused)
  {
    Trial trial{"delete", table.name, {child.column}, "orm", child.table->name, {}, {}};
    const auto own = count(client, child.table->name, child.column, child.parent);
    const std::int64_t all = count_rows(client, child.table->name);
    if (!own || all < 0) {
      return;
    }
    trial.outcome = !refused.empty()  ? "refused"
                    : all < child.all ? "removed"
                    : *own == 0       ? "released"
                                      : "kept";
    trial.detail = refused.substr(0, 200);
    found_.push_back(std::move(trial));
  }

  SubmissionRun& submission_;
  const Rubric& rubric_;
  const Resolution& roles_;
  const std::string_view secret_;
  std::vector<Trial>& found_;
  SchemaFacts schema_;
  Seeds seeds_;
  DatabaseImage image_;
};

} // namespace

void observe_trials(SubmissionRun& submission,
                    const Rubric& rubric,
                    const Resolution& roles,
                    std::string_view secret)
{
  Trials(submission, rubric, roles, secret).observe();
}

} // namespace assay::probe
