// SPDX-License-Identifier: MIT
// The engine's requests that reach into a database.
#include "sandbox/broker/control_connection.hpp"
#include "sandbox/broker/server.hpp"
#include "sandbox/broker/sql_values.hpp"
#include "sandbox/wire/codec.hpp"

#include <sqlite3.h>

#include <utility>

namespace assay::broker {

namespace {

constexpr std::int64_t k_default_rows = 100'000;
constexpr std::int64_t k_default_bytes = std::int64_t{64} << 20U;

wire::Value value_of(sqlite3_value* value)
{
  const auto octets = [&](const void* start) {
    return std::string(static_cast<const char*>(start),
                       static_cast<std::size_t>(sqlite3_value_bytes(value)));
  };
  switch (sqlite3_value_type(value)) {
  case SQLITE_INTEGER:
    return std::int64_t{sqlite3_value_int64(value)};
  case SQLITE_FLOAT:
    return sqlite3_value_double(value);
  case SQLITE_BLOB: {
    const void* const start = sqlite3_value_blob(value);
    return wire::Bytes{start == nullptr ? std::string() : octets(start)};
  }
  case SQLITE_TEXT:
    return valid_text(octets(sqlite3_value_text(value)));
  default:
    return {};
  }
}

struct Binder {
  sqlite3_stmt* statement;
  int place;

  int operator()(wire::None) const { return sqlite3_bind_null(statement, place); }

  int operator()(bool truth) const { return sqlite3_bind_int(statement, place, truth ? 1 : 0); }

  int operator()(std::int64_t number) const { return sqlite3_bind_int64(statement, place, number); }

  int operator()(double number) const { return sqlite3_bind_double(statement, place, number); }

  int operator()(const std::string& text) const
  {
    return sqlite3_bind_text64(
      statement, place, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
  }

  int operator()(const wire::Bytes& bytes) const
  {
    const char* const start = bytes.octets.empty() ? "" : bytes.octets.data();
    return sqlite3_bind_blob64(statement, place, start, bytes.octets.size(), SQLITE_STATIC);
  }

  int operator()(const wire::Value::List&) const { return SQLITE_MISMATCH; }

  int operator()(const wire::Value::Dict&) const { return SQLITE_MISMATCH; }
};

void bind_all(sqlite3_stmt* statement, const wire::Value& parameters)
{
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
  const int wanted = sqlite3_bind_parameter_count(statement);
  const auto* const list = parameters.get<wire::Value::List>();
  if (list != nullptr && list->size() != static_cast<std::size_t>(wanted)) {
    throw Refusal{"statement takes " + std::to_string(wanted) + " parameters"};
  }
  for (int place = 1; place <= wanted; ++place) {
    const char* const name = sqlite3_bind_parameter_name(statement, place);
    const wire::Value* const value = list != nullptr
                                       ? &(*list)[static_cast<std::size_t>(place) - 1]
                                       : parameters.member(name == nullptr ? "" : name + 1);
    if (value == nullptr || std::visit(Binder{statement, place}, value->held) != SQLITE_OK) {
      throw Refusal{"parameter " + std::to_string(place) + " is missing or no SQL value"};
    }
  }
}

std::string quoted(const std::string& name)
{
  std::string out = "\"";
  for (const char letter : name) {
    out.append(letter == '"' ? 2 : 1, letter);
  }
  return out + '"';
}

} // namespace

Control::Connection& Control::connection(const wire::Value& request)
{
  const auto& name = need<std::string>(request, "database");
  auto& slot = connections_[name];
  if (!slot) {
    auto opened = std::make_unique<Connection>();
    opened->host = &host_;
    if (name.empty() || name.front() == ':') {
      throw Refusal{"a database of the engine's has a name"};
    }
    if (const auto error = open_database(name, Access::create, run_->limits, opened->database)) {
      throw Refusal{error->text, error->code};
    }
    sqlite3_busy_handler(opened->database.get(), Connection::on_busy, opened.get());
    sqlite3_progress_handler(opened->database.get(), 10'000, Connection::on_progress, opened.get());
    sqlite3_set_authorizer(opened->database.get(), Connection::on_authorize, nullptr);
    slot = std::move(opened);
  }
  return *slot;
}

Control::Dict Control::execute(const wire::Value& request)
{
  Connection& on = connection(request);
  const StatementHandle statement = on.prepare(need<std::string>(request, "sql"));
  const std::int64_t max_rows = number(request, "max_rows", k_default_rows);
  const std::int64_t max_bytes = number(request, "max_bytes", k_default_bytes);
  const std::int64_t before = sqlite3_total_changes64(on.database.get());

  if (const auto* const many = find<wire::Value::List>(request, "many")) {
    const bool own = sqlite3_get_autocommit(on.database.get()) != 0;
    if (own
        && sqlite3_exec(on.database.get(), "BEGIN IMMEDIATE", nullptr, nullptr, nullptr)
             != SQLITE_OK) {
      on.refuse();
    }
    try {
      for (const wire::Value& parameters : *many) {
        bind_all(statement.get(), parameters);
        while (on.step(statement.get())) {
        }
      }
      sqlite3_reset(statement.get());
      if (own
          && sqlite3_exec(on.database.get(), "COMMIT", nullptr, nullptr, nullptr) != SQLITE_OK) {
        on.refuse();
      }
    } catch (const Refusal&) {
      sqlite3_reset(statement.get());
      if (own) {
        sqlite3_exec(on.database.get(), "ROLLBACK", nullptr, nullptr, nullptr);
      }
      throw;
    }
    return {{"changes", std::int64_t{sqlite3_total_changes64(on.database.get()) - before}}};
  }

  const wire::Value* const parameters = request.member("parameters");
  // Bound without a copy: the values must outlive the statement's steps.
  const wire::Value none(wire::Value::List{});
  bind_all(statement.get(), parameters == nullptr ? none : *parameters);
  wire::Value::List rows;
  std::int64_t bytes = 0;
  bool more = false;
  while (on.step(statement.get())) {
    if (std::ssize(rows) >= max_rows || bytes >= max_bytes) {
      more = true;
      break;
    }
    wire::Value::List row;
    for (int column = 0; column < sqlite3_data_count(statement.get()); ++column) {
      bytes += sqlite3_column_bytes(statement.get(), column) + 8;
      row.push_back(value_of(sqlite3_column_value(statement.get(), column)));
    }
    rows.emplace_back(std::move(row));
  }
  wire::Value::List columns;
  for (int column = 0; column < sqlite3_column_count(statement.get()); ++column) {
    columns.emplace_back(valid_text(sqlite3_column_name(statement.get(), column)));
  }
  return {
    {"columns", std::move(columns)},
    {"rows", std::move(rows)},
    {"changes", std::int64_t{sqlite3_total_changes64(on.database.get()) - before}},
    {"more", more},
  };
}

Control::Dict Control::script(const wire::Value& request)
{
  Connection& on = connection(request);
  on.start();
  if (sqlite3_exec(
        on.database.get(), need<std::string>(request, "sql").c_str(), nullptr, nullptr, nullptr)
      != SQLITE_OK) {
    const SqlError error = last_error(on.database.get());
    if (sqlite3_get_autocommit(on.database.get()) == 0) {
      sqlite3_exec(on.database.get(), "ROLLBACK", nullptr, nullptr, nullptr);
    }
    throw Refusal{error.text, error.code};
  }
  return {};
}

Control::Dict Control::snapshot(const wire::Value& request)
{
  Connection& on = connection(request);
  on.start();
  sqlite3_int64 size = 0;
  unsigned char* const image = sqlite3_serialize(on.database.get(), "main", &size, 0);
  if (image == nullptr && size != 0) {
    on.refuse();
  }
  wire::Bytes bytes{
    std::string(reinterpret_cast<const char*>(image), static_cast<std::size_t>(size))}; // NOLINT
  sqlite3_free(image);
  return {{"image", std::move(bytes)}};
}

Control::Dict Control::restore(const wire::Value& request)
{
  Connection& on = connection(request);
  const auto& image = need<wire::Bytes>(request, "image").octets;
  if (const auto* const force = find<bool>(request, "force"); force != nullptr && *force) {
    for (const auto& session : run_->sessions) {
      session->drop_statements();
    }
  }
  on.start();
  sqlite3* opened = nullptr;
  sqlite3_open_v2(":memory:", &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
  const DatabaseHandle source(opened);
  std::string copy = image;
  const auto size = static_cast<sqlite3_int64>(copy.size());
  if (opened == nullptr
      || (size > 0
          && sqlite3_deserialize(opened,
                                 "main",
                                 reinterpret_cast<unsigned char*>(copy.data()), // NOLINT
                                 size,
                                 size,
                                 SQLITE_DESERIALIZE_READONLY)
               != SQLITE_OK)) {
    throw Refusal{"image cannot be opened"};
  }
  sqlite3_backup* const moving = sqlite3_backup_init(on.database.get(), "main", opened, "main");
  if (moving == nullptr) {
    on.refuse();
  }
  int result = sqlite3_backup_step(moving, -1);
  const auto until = Clock::now() + k_lock_wait;
  while ((result == SQLITE_BUSY || result == SQLITE_LOCKED) && Clock::now() < until
         && host_.serve_others(std::chrono::milliseconds(20))) {
    result = sqlite3_backup_step(moving, -1);
  }
  const int ended = sqlite3_backup_finish(moving);
  if (result != SQLITE_DONE || ended != SQLITE_OK) {
    const int code = ended != SQLITE_OK ? ended : result;
    throw Refusal{sqlite3_errstr(code), code};
  }
  return {};
}

Control::Dict Control::checksum(const wire::Value& request)
{
  Connection& on = connection(request);
  std::vector<std::string> names;
  const StatementHandle list =
    on.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' "
               "ESCAPE '\\' ORDER BY name");
  while (on.step(list.get())) {
    names.push_back(
      valid_text(std::get<std::string>(value_of(sqlite3_column_value(list.get(), 0)).held)));
  }
  Dict tables;
  for (const std::string& name : names) {
    const StatementHandle rows = on.prepare("SELECT * FROM " + quoted(name));
    RowDigest digest(key_);
    std::string encoded;
    while (on.step(rows.get())) {
      encoded.clear();
      wire::Writer writer(encoded);
      for (int column = 0; column < sqlite3_data_count(rows.get()); ++column) {
        write_value(writer, sqlite3_column_value(rows.get(), column), false);
      }
      digest.add(encoded);
    }
    tables.emplace_back(name,
                        Dict{{"rows", digest.rows()}, {"digest", wire::Bytes{digest.octets()}}});
  }
  return {{"tables", std::move(tables)}};
}

} // namespace assay::broker
