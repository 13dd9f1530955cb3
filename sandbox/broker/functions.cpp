// SPDX-License-Identifier: MIT
// Functions of the candidate's that SQLite calls: they run in the candidate's process, over the
// session's channel.
#include "sandbox/broker/session.hpp"
#include "sandbox/broker/sql_values.hpp"

#include <sqlite3.h>

#include <memory>

namespace assay::broker {

namespace {

struct Function {
  Session* session;
  std::int64_t number;
  std::int64_t instances = 0;
};

constexpr std::size_t k_max_name = 255;
constexpr const char* k_raised = "user-defined function raised exception";

void forget(void* function)
{
  delete static_cast<Function*>(function); // NOLINT: SQLite owned it
}

Function& function_of(sqlite3_context* context)
{
  return *static_cast<Function*>(sqlite3_user_data(context));
}

void write_arguments(wire::Writer& writer, int count, sqlite3_value** values)
{
  writer.tuple(static_cast<std::size_t>(count));
  for (int index = 0; index < count; ++index) {
    write_value(writer, values[index], false);
  }
}

void finish(sqlite3_context* context,
            const std::optional<Session::Answer>& answer,
            const char* fallback)
{
  if (!answer) {
    sqlite3_result_error(context, "user-defined function did not answer in time", -1);
    return;
  }
  const auto* const kind = answer->value.get<std::string>();
  if (!answer->went_well && kind != nullptr && *kind == "toobig") {
    sqlite3_result_error_toobig(context);
  } else if (!answer->went_well && kind != nullptr && *kind == "nomem") {
    sqlite3_result_error_nomem(context);
  } else if (!answer->went_well) {
    sqlite3_result_error(context, kind != nullptr ? kind->c_str() : fallback, -1);
  } else if (!set_result(context, answer->value)) {
    sqlite3_result_error(context, fallback, -1);
  }
}

void on_function(sqlite3_context* context, int count, sqlite3_value** values)
{
  const Function& function = function_of(context);
  const auto answer = function.session->call(
    Session::Nested::yes, function.number, "call", 1, [&](wire::Writer& writer) {
      write_arguments(writer, count, values);
    });
  finish(context, answer, k_raised);
}

/// The number of this aggregate's instance, made on first use; 0 when there is none.
std::int64_t instance_of(sqlite3_context* context, int bytes)
{
  auto* const slot = static_cast<std::int64_t*>(sqlite3_aggregate_context(context, bytes));
  if (slot == nullptr) {
    return 0;
  }
  if (*slot == 0) {
    *slot = ++function_of(context).instances;
  }
  return *slot;
}

void aggregate_step(sqlite3_context* context, int count, sqlite3_value** values, const char* what)
{
  const std::int64_t instance = instance_of(context, sizeof(std::int64_t));
  const Function& function = function_of(context);
  const auto answer = function.session->call(
    Session::Nested::yes, function.number, what, 2, [&](wire::Writer& writer) {
      writer.integer(instance);
      write_arguments(writer, count, values);
    });
  if (!answer || !answer->went_well) {
    finish(context, answer, "user-defined aggregate's 'step' method raised error");
  }
}

void on_step(sqlite3_context* context, int count, sqlite3_value** values)
{
  aggregate_step(context, count, values, "step");
}

void on_inverse(sqlite3_context* context, int count, sqlite3_value** values)
{
  aggregate_step(context, count, values, "inverse");
}

void aggregate_result(sqlite3_context* context, const char* what, const char* fallback)
{
  const std::int64_t instance = instance_of(context, 0);
  if (instance == 0) {
    return;
  }
  const Function& function = function_of(context);
  finish(context,
         function.session->call(Session::Nested::yes,
                                function.number,
                                what,
                                1,
                                [&](wire::Writer& writer) { writer.integer(instance); }),
         fallback);
}

void on_final(sqlite3_context* context)
{
  aggregate_result(context, "final", "user-defined aggregate's 'finalize' method raised error");
}

void on_value(sqlite3_context* context)
{
  aggregate_result(context, "value", "user-defined aggregate's 'value' method raised error");
}

int on_compare(void* context, int left_size, const void* left, int right_size, const void* right)
{
  const Function& function = *static_cast<Function*>(context);
  const auto text = [](int size, const void* start) {
    return valid_text(
      std::string_view(static_cast<const char*>(start), static_cast<std::size_t>(size)));
  };
  const auto answer = function.session->call(
    Session::Nested::no, function.number, "compare", 2, [&](wire::Writer& writer) {
      writer.text(text(left_size, left));
      writer.text(text(right_size, right));
    });
  const auto* const order = answer ? answer->value.get<std::int64_t>() : nullptr;
  return order == nullptr || *order == 0 ? 0 : *order < 0 ? -1 : 1;
}

int on_trace(unsigned, void* context, void* statement, void* text)
{
  auto& session = *static_cast<Session*>(context);
  const auto* const given = static_cast<const char*>(text);
  if (given != nullptr && std::string_view(given).starts_with("--")) {
    session.trace(given);
    return 0;
  }
  char* const expanded = sqlite3_expanded_sql(static_cast<sqlite3_stmt*>(statement));
  if (expanded != nullptr) {
    session.trace(expanded);
    sqlite3_free(expanded);
  }
  return 0;
}

} // namespace

std::optional<Session::Answer> Session::call(Nested nested,
                                             std::int64_t number,
                                             std::string_view what,
                                             std::size_t count,
                                             const std::function<void(wire::Writer&)>& arguments)
{
  if (dead_) {
    return std::nullopt;
  }
  Reply request(Status::call, count + 2);
  request.writer().integer(number);
  request.writer().text(what);
  arguments(request.writer());
  channel_.send(request.finish());

  const Phase before =
    std::exchange(phase_, nested == Nested::yes ? Phase::calling : Phase::asking);
  const auto until = Clock::now() + host_.limits().callback_time;
  answer_.reset();
  bool served = true;
  while (!answer_ && !dead_ && served && Clock::now() < until) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now());
    served = host_.serve_others(std::max(left, std::chrono::milliseconds(1)));
  }
  phase_ = before;
  if (!answer_) {
    dead_ = true; // an answer that comes later would be taken for another question's
  }
  return std::exchange(answer_, std::nullopt);
}

void Session::take_answer(wire::Reader& in)
{
  const auto well = in.next(wire::Kind::boolean);
  const std::size_t start = in.position();
  const bool awaited = phase_ == Phase::calling || phase_ == Phase::asking;
  if (!well || !awaited || answer_) {
    break_off();
    return;
  }
  const auto value = in.next();
  Answer answer{well->truth, {}};
  if (!value) {
    answer = {false, wire::Value(k_raised)};
  } else if (value->kind == wire::Kind::boolean) {
    answer.value = value->truth;
  } else if (value->kind == wire::Kind::integer) {
    answer.value = value->integer;
  } else if (value->kind == wire::Kind::real) {
    answer.value = value->real;
  } else if (value->kind == wire::Kind::text) {
    answer.value = std::string(value->text);
  } else if (value->kind == wire::Kind::bytes) {
    answer.value = wire::Bytes{std::string(value->text)};
  } else if (value->kind != wire::Kind::none || start == 0) {
    answer = {false, wire::Value(k_raised)};
  }
  answer_ = std::move(answer);
}

int Session::ask_authorizer(
  int action, const char* first, const char* second, const char* third, const char* fourth)
{
  if (authorizer_ < 0) {
    return SQLITE_OK;
  }
  const auto answer = call(Nested::no, authorizer_, "authorize", 5, [&](wire::Writer& writer) {
    writer.integer(action);
    for (const char* text : {first, second, third, fourth}) {
      if (text == nullptr) {
        writer.none();
      } else {
        writer.text(valid_text(text));
      }
    }
  });
  const auto* const verdict = answer ? answer->value.get<std::int64_t>() : nullptr;
  return verdict == nullptr ? SQLITE_DENY : static_cast<int>(*verdict);
}

void Session::trace(std::string_view sql)
{
  call(
    Nested::no, tracer_, "trace", 1, [&](wire::Writer& writer) { writer.text(valid_text(sql)); });
}

std::optional<SqlError> Session::define_function(
  Definition what, const std::string& name, int arguments, int flags, std::int64_t number)
{
  auto function = std::make_unique<Function>(Function{this, number});
  const bool gone = number < 0;
  sqlite3* const database = database_.get();
  int result = SQLITE_OK;
  if (what == Definition::collation) {
    result = sqlite3_create_collation_v2(database,
                                         name.c_str(),
                                         SQLITE_UTF8,
                                         gone ? nullptr : function.get(),
                                         gone ? nullptr : on_compare,
                                         gone ? nullptr : forget);
  } else {
    const bool plain = what == Definition::function;
    const bool window = what == Definition::window;
    const int all_flags = SQLITE_UTF8 | SQLITE_INNOCUOUS | (flags != 0 ? SQLITE_DETERMINISTIC : 0);
    if (gone) {
      result = sqlite3_create_function_v2(database,
                                          name.c_str(),
                                          arguments,
                                          SQLITE_UTF8,
                                          nullptr,
                                          nullptr,
                                          nullptr,
                                          nullptr,
                                          nullptr);
    } else if (window) {
      result = sqlite3_create_window_function(database,
                                              name.c_str(),
                                              arguments,
                                              all_flags,
                                              function.get(),
                                              on_step,
                                              on_final,
                                              on_value,
                                              on_inverse,
                                              forget);
    } else {
      result = sqlite3_create_function_v2(database,
                                          name.c_str(),
                                          arguments,
                                          all_flags,
                                          function.get(),
                                          plain ? on_function : nullptr,
                                          plain ? nullptr : on_step,
                                          plain ? nullptr : on_final,
                                          forget);
    }
  }
  if (!gone && (result == SQLITE_OK || what != Definition::collation)) {
    static_cast<void>(
      function.release()); // SQLite forgets a refused function itself, a refused collation not
  }
  if (result == SQLITE_OK) {
    return std::nullopt;
  }
  const SqlError error = last_error(database);
  return error.code == result ? error : SqlError{result, sqlite3_errstr(result)};
}

void Session::define(wire::Reader& in)
{
  const auto what = in.next(wire::Kind::integer);
  const auto name = in.next(wire::Kind::text);
  const auto arguments = in.next(wire::Kind::integer);
  const auto flags = in.next(wire::Kind::integer);
  const auto number = in.next(wire::Kind::integer);
  if (!number) {
    return;
  }
  if (++functions_ > host_.limits().max_functions || name->text.size() > k_max_name) {
    misuse("OperationalError", "too many functions");
    return;
  }
  switch (static_cast<Definition>(what->integer)) {
  case Definition::function:
  case Definition::aggregate:
  case Definition::window:
  case Definition::collation:
    if (const auto error =
          define_function(static_cast<Definition>(what->integer),
                          std::string(name->text),
                          static_cast<int>(std::clamp<std::int64_t>(arguments->integer, -2, 1000)),
                          static_cast<int>(flags->integer & 1),
                          number->integer)) {
      sql_error(*error);
      return;
    }
    break;
  case Definition::authorizer:
    authorizer_ = number->integer;
    guard(); // statements prepared before are prepared again
    break;
  case Definition::progress:
    progress_ = number->integer;
    progress_every_ = arguments->integer;
    progress_ticks_ = 0;
    break;
  case Definition::trace:
    tracer_ = number->integer;
    sqlite3_trace_v2(
      database_.get(), tracer_ < 0 ? 0 : SQLITE_TRACE_STMT, tracer_ < 0 ? nullptr : on_trace, this);
    break;
  default:
    break_off();
    return;
  }
  done();
}

} // namespace assay::broker
