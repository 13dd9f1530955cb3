// SPDX-License-Identifier: MIT
// Requests that run SQL.
#include "sandbox/broker/session.hpp"

#include <sqlite3.h>

#include <array>
#include <utility>

namespace assay::broker {

namespace {

constexpr std::size_t k_max_isolation = 16;

struct Misuse {
  const char* exception;
  const char* text;
};

constexpr Misuse k_several{"multiple", "You can only execute one statement at a time."};
constexpr Misuse k_null{"null", "the query contains a null character"};

} // namespace

bool Session::too_long(std::string_view sql) const
{
  const int most = sqlite3_limit(database_.get(), SQLITE_LIMIT_SQL_LENGTH, -1);
  return sql.size() > static_cast<std::size_t>(most);
}

bool Session::close_handles(wire::Reader& in)
{
  const auto list = in.next(wire::Kind::list);
  for (std::size_t index = 0; list && index < list->count; ++index) {
    const auto handle = in.next(wire::Kind::integer);
    if (!handle) {
      return false;
    }
    if (const auto found = cursors_.find(handle->integer); found != cursors_.end()) {
      if (found->second.running) {
        break_off();
        return false;
      }
      end(found->second);
      cursors_.erase(found);
    }
  }
  return list.has_value();
}

bool Session::read_request(wire::Reader& in, const std::string& message, Request& out)
{
  const auto sql = in.next(wire::Kind::text);
  const std::size_t start = in.position();
  if (!sql || !in.skip()) {
    return false;
  }
  out.sql = sql->text;
  out.parameters = std::string_view(message).substr(start, in.position() - start);
  const auto isolation = in.next();
  const auto flags = in.next(wire::Kind::integer);
  if (!flags) {
    return false;
  }
  if (isolation->kind == wire::Kind::text && isolation->text.size() <= k_max_isolation) {
    out.isolation = std::string(isolation->text);
  }
  out.flags = flags->integer;
  return close_handles(in);
}

std::shared_ptr<Prepared> Session::prepare(std::string_view sql)
{
  if (auto cached = cache_.find(sql)) {
    return cached;
  }
  if (sql.find('\0') != std::string_view::npos) {
    misuse(k_null.exception, k_null.text);
    return nullptr;
  }
  if (too_long(sql)) {
    misuse("DataError", "query string is too large");
    return nullptr;
  }
  auto prepared = std::make_shared<Prepared>();
  prepared->sql = std::string(sql);
  start_clock();
  sqlite3_stmt* statement = nullptr;
  const char* tail = nullptr;
  const int result = sqlite3_prepare_v3(database_.get(),
                                        prepared->sql.c_str(),
                                        static_cast<int>(sql.size()) + 1,
                                        SQLITE_PREPARE_PERSISTENT,
                                        &statement,
                                        &tail);
  prepared->handle.reset(statement);
  prepared->kind = kind_of(sql);
  const std::string_view logged =
    cut_text(sql, static_cast<std::size_t>(host_.limits().log_sql_bytes));
  prepared->logged = std::make_shared<const std::string>(logged);
  prepared->cut = logged.size() != sql.size();
  if (result != SQLITE_OK) {
    StatementRecord* const record =
      host_.log().add(number_, prepared->logged, prepared->cut, prepared->kind, {});
    sql_error(failure(record));
    return nullptr;
  }
  if (!skip_blank(tail).empty()) {
    misuse(k_several.exception, k_several.text);
    return nullptr;
  }
  prepared->opens_transaction = opens_transaction(sql);
  if (statement != nullptr) {
    cache_.add(prepared);
  }
  return prepared;
}

/// Runs a statement of transaction control, logged; the error if there is one.
std::optional<SqlError> Session::run_plain(std::string_view sql, bool implicit)
{
  StatementRecord* const record = host_.log().add(
    number_, std::make_shared<const std::string>(sql), false, StatementKind::transaction, {});
  const auto begun = Clock::now();
  start_clock();
  const std::string text(sql);
  const int result = sqlite3_exec(database_.get(), text.c_str(), nullptr, nullptr, nullptr);
  std::optional<SqlError> error;
  if (result != SQLITE_OK) {
    error = failure(record);
  }
  if (record != nullptr) {
    record->implicit = implicit;
    record->executions = 1;
    record->duration = Clock::now() - begun;
  }
  return error;
}

bool Session::begin_if_needed(const Request& request, const Prepared& prepared)
{
  if (!request.isolation || !prepared.opens_transaction || in_transaction()) {
    return true;
  }
  const std::string sql = request.isolation->empty() ? "BEGIN " : "BEGIN " + *request.isolation;
  if (sql.find(';') != std::string::npos) {
    break_off();
    return false;
  }
  if (const auto error = run_plain(sql, true)) {
    sql_error(*error);
    return false;
  }
  return true;
}

bool Session::bind_one(sqlite3_stmt* statement, int place, const wire::Token& token)
{
  int result = SQLITE_OK;
  switch (token.kind) {
  case wire::Kind::none:
    result = sqlite3_bind_null(statement, place);
    break;
  case wire::Kind::boolean:
    result = sqlite3_bind_int(statement, place, token.truth ? 1 : 0);
    break;
  case wire::Kind::integer:
    result = sqlite3_bind_int64(statement, place, token.integer);
    break;
  case wire::Kind::real:
    result = sqlite3_bind_double(statement, place, token.real);
    break;
  case wire::Kind::text:
    result = sqlite3_bind_text64(
      statement, place, token.text.data(), token.text.size(), SQLITE_STATIC, SQLITE_UTF8);
    break;
  case wire::Kind::bytes:
    result = sqlite3_bind_blob64(statement,
                                 place,
                                 token.text.empty() ? "" : token.text.data(),
                                 token.text.size(),
                                 SQLITE_STATIC);
    break;
  case wire::Kind::list:
  case wire::Kind::dict:
  case wire::Kind::end:
    break_off();
    return false;
  }
  if (result != SQLITE_OK) {
    sql_error(last_error(database_.get()));
    return false;
  }
  return true;
}

bool Session::bind_list(Prepared& prepared, wire::Reader& in, std::size_t count)
{
  sqlite3_stmt* const statement = prepared.handle.get();
  const int wanted = sqlite3_bind_parameter_count(statement);
  if (static_cast<std::size_t>(wanted) != count) {
    misuse("ProgrammingError",
           "Incorrect number of bindings supplied. The current statement uses "
             + std::to_string(wanted) + ", and there are " + std::to_string(count) + " supplied.");
    return false;
  }
  for (int place = 1; place <= wanted; ++place) {
    const auto token = in.next();
    if (!token || !bind_one(statement, place, *token)) {
      return false;
    }
  }
  return true;
}

bool Session::bind_dict(Prepared& prepared, wire::Reader& in)
{
  sqlite3_stmt* const statement = prepared.handle.get();
  std::vector<std::pair<std::string_view, wire::Token>> given;
  for (;;) {
    const auto key = in.next();
    if (!key || key->kind == wire::Kind::end) {
      break;
    }
    const auto value = in.next();
    if (!value || key->kind != wire::Kind::text) {
      break_off();
      return false;
    }
    given.emplace_back(key->text, *value);
  }
  const int wanted = sqlite3_bind_parameter_count(statement);
  for (int place = 1; place <= wanted; ++place) {
    const char* const marked = sqlite3_bind_parameter_name(statement, place);
    if (marked == nullptr) {
      misuse("ProgrammingError",
             "Binding " + std::to_string(place)
               + " has no name, but you supplied a dictionary (which has only "
                 "names).");
      return false;
    }
    const std::string_view name(marked + 1);
    const wire::Token* token = nullptr;
    for (const auto& [key, value] : given) {
      token = key == name ? &value : token;
    }
    if (token == nullptr) {
      misuse("ProgrammingError",
             "You did not supply a value for binding parameter :" + std::string(name) + ".");
      return false;
    }
    if (!bind_one(statement, place, *token)) {
      return false;
    }
  }
  return true;
}

/// Takes one list or dict of parameters and binds it; replies when it does not fit.
bool Session::bind(Prepared& prepared, wire::Reader& in)
{
  const auto container = in.next();
  if (container && container->kind == wire::Kind::list) {
    return bind_list(prepared, in, container->count);
  }
  if (container && container->kind == wire::Kind::dict) {
    return bind_dict(prepared, in);
  }
  break_off();
  return false;
}

void Session::execute(wire::Reader& in, const std::string& message)
{
  Request request;
  if (!read_request(in, message, request)) {
    return;
  }
  const auto prepared = prepare(request.sql);
  if (!prepared) {
    return;
  }
  Cursor cursor;
  if (prepared->handle) {
    wire::Reader parameters(request.parameters, in.limits());
    prepared->in_use = true;
    if (!begin_if_needed(request, *prepared) || !bind(*prepared, parameters)) {
      sqlite3_clear_bindings(prepared->handle.get());
      prepared->in_use = false;
      return;
    }
    cursor.record =
      host_.log().add(number_, prepared->logged, prepared->cut, prepared->kind, request.parameters);
    if (cursor.record != nullptr) {
      cursor.record->executions = 1;
    }
  }
  cursor.prepared = prepared;
  cursor.raw = (request.flags & k_raw_text) != 0;
  write_result(std::move(cursor), request.flags);
}

/// Runs `prepared` once for each of `parameters`; replies and returns false when one of them fails.
bool Session::execute_each(Prepared& prepared,
                           std::string_view parameters,
                           StatementRecord* record,
                           std::int64_t& changed)
{
  sqlite3_stmt* const statement = prepared.handle.get();
  wire::Reader in(parameters, {.max_bytes = parameters.size(), .max_items = parameters.size()});
  const auto list = in.next(wire::Kind::list);
  if (!list) {
    break_off();
    return false;
  }
  for (std::size_t index = 0; index < list->count; ++index) {
    if (!bind(prepared, in)) {
      return false;
    }
    start_clock();
    int result = SQLITE_ROW;
    while (result == SQLITE_ROW) {
      result = sqlite3_step(statement);
    }
    if (result != SQLITE_DONE) {
      sqlite3_reset(statement);
      sql_error(failure(record));
      return false;
    }
    changed += prepared.opens_transaction ? sqlite3_changes64(database_.get()) : 0;
    if (record != nullptr) {
      ++record->executions;
      record->rows_changed += sqlite3_changes64(database_.get());
    }
    sqlite3_reset(statement);
  }
  return true;
}

void Session::many(wire::Reader& in, const std::string& message)
{
  Request request;
  if (!read_request(in, message, request)) {
    return;
  }
  const auto prepared = prepare(request.sql);
  if (!prepared) {
    return;
  }
  std::int64_t changed = prepared->opens_transaction ? 0 : -1;
  if (!prepared->handle || sqlite3_stmt_readonly(prepared->handle.get()) != 0) {
    misuse("ProgrammingError", "executemany() can only execute DML statements.");
    return;
  }
  prepared->in_use = true;
  if (!begin_if_needed(request, *prepared)) {
    prepared->in_use = false;
    return;
  }
  wire::Reader first(request.parameters, in.limits());
  const auto list = first.next(wire::Kind::list);
  std::string_view sample;
  if (list && list->count > 0) {
    const std::size_t start = first.position();
    if (first.skip()) {
      sample = request.parameters.substr(start, first.position() - start);
    }
  }
  StatementRecord* const record =
    host_.log().add(number_, prepared->logged, prepared->cut, prepared->kind, sample);
  const auto begun = Clock::now();
  const bool well = execute_each(*prepared, request.parameters, record, changed);
  sqlite3_reset(prepared->handle.get());
  sqlite3_clear_bindings(prepared->handle.get());
  prepared->in_use = false;
  if (record != nullptr) {
    record->duration = Clock::now() - begun;
  }
  if (well) {
    done(changed);
  }
}

void Session::control(wire::Reader& in)
{
  const auto sql = in.next(wire::Kind::text);
  if (!sql) {
    return;
  }
  if (kind_of(sql->text) != StatementKind::transaction
      || sql->text.find(';') != std::string_view::npos) {
    break_off();
    return;
  }
  if (const auto error = run_plain(sql->text, false)) {
    sql_error(*error);
    return;
  }
  done();
}

void Session::script(wire::Reader& in)
{
  const auto sql = in.next(wire::Kind::text);
  const auto commit = in.next(wire::Kind::boolean);
  if (!commit) {
    return;
  }
  if (too_long(sql->text)) {
    misuse("DataError", "query string is too large");
    return;
  }
  if (commit->truth && in_transaction()) {
    if (const auto error = run_plain("COMMIT", true)) {
      sql_error(*error);
      return;
    }
  }
  const std::string text(sql->text);
  for (const char* rest = text.c_str(); *rest != '\0';) {
    start_clock();
    sqlite3_stmt* statement = nullptr;
    const char* tail = nullptr;
    const auto begun = Clock::now();
    int result = sqlite3_prepare_v2(database_.get(), rest, -1, &statement, &tail);
    const StatementHandle owner(statement);
    StatementRecord* record = nullptr;
    if (statement != nullptr || result != SQLITE_OK) {
      const std::string_view whole =
        statement != nullptr ? std::string_view(sqlite3_sql(statement)) : std::string_view(rest);
      const std::string_view kept =
        cut_text(skip_blank(whole), static_cast<std::size_t>(host_.limits().log_sql_bytes));
      record = host_.log().add(number_,
                               std::make_shared<const std::string>(kept),
                               kept.size() != skip_blank(whole).size(),
                               kind_of(whole),
                               {});
    }
    if (result == SQLITE_OK && statement != nullptr) {
      const std::int64_t before = sqlite3_total_changes64(database_.get());
      result = SQLITE_ROW;
      while (result == SQLITE_ROW) {
        result = sqlite3_step(statement);
      }
      result = sqlite3_reset(statement);
      if (record != nullptr) {
        record->executions = 1;
        record->rows_changed = sqlite3_total_changes64(database_.get()) - before;
        record->duration = Clock::now() - begun;
      }
    }
    if (result != SQLITE_OK) {
      sql_error(failure(record));
      return;
    }
    rest = tail;
  }
  done();
}

void Session::names(wire::Reader& in)
{
  const auto sql = in.next(wire::Kind::text);
  const auto prepared = sql ? prepare(sql->text) : nullptr;
  if (!prepared) {
    return;
  }
  const int count = prepared->handle ? sqlite3_bind_parameter_count(prepared->handle.get()) : 0;
  Reply reply(Status::done, 2);
  reply.writer().boolean(in_transaction());
  reply.writer().list(static_cast<std::size_t>(count));
  for (int place = 1; place <= count; ++place) {
    const char* const name = sqlite3_bind_parameter_name(prepared->handle.get(), place);
    if (name == nullptr) {
      reply.writer().none();
    } else {
      reply.writer().text(name + 1);
    }
  }
  channel_.send(reply.finish());
}

} // namespace assay::broker
