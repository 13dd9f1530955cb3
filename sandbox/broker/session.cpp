// SPDX-License-Identifier: MIT
#include "sandbox/broker/session.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <utility>

namespace assay::broker {

namespace {

constexpr int k_progress_operations = 1000;
constexpr std::chrono::milliseconds k_look_every{20};
constexpr std::chrono::milliseconds k_slice{50};
constexpr std::chrono::seconds k_roll_back_time{5};
constexpr std::chrono::milliseconds k_longest_lock_wait{30'000};
constexpr std::size_t k_max_items = 1'000'000;
constexpr std::size_t k_max_path = 900;

Session& session_of(void* context)
{
  return *static_cast<Session*>(context);
}

int on_busy(void* context, int attempt)
{
  return session_of(context).wait_for_lock(attempt);
}

int on_progress(void* context)
{
  return session_of(context).progress();
}

int on_authorize(void* context,
                 int action,
                 const char* first,
                 const char* second,
                 const char* third,
                 const char* fourth)
{
  const int verdict = authorize(action, first, second);
  return verdict == SQLITE_OK
           ? session_of(context).ask_authorizer(action, first, second, third, fourth)
           : verdict;
}

} // namespace

Reply::Reply(Status status, std::size_t count)
  : header_(0),
    writer_(octets_)
{
  octets_.reserve(512);
  header_ = wire::open_frame(octets_);
  writer_.tuple(count + 1);
  writer_.integer(static_cast<std::int64_t>(status));
}

std::string_view Reply::finish()
{
  wire::close_frame(octets_, header_);
  return octets_;
}

Session::Session(Host& host, std::int64_t number, Descriptor socket)
  : host_(host),
    number_(number),
    channel_(std::move(socket),
             static_cast<std::size_t>(host.limits().max_message_bytes),
             Descriptors::drop)
{
}

Session::~Session()
{
  release();
}

void Session::release()
{
  dead_ = true;
  drop_statements();
  for (const auto& [handle, blob] : blobs_) {
    sqlite3_blob_close(blob);
  }
  blobs_.clear();
  cache_.clear();
  if (database_) { // a copy into it may keep it alive a little longer than us
    sqlite3_busy_handler(database_.get(), nullptr, nullptr);
    sqlite3_progress_handler(database_.get(), 0, nullptr, nullptr);
    sqlite3_set_authorizer(database_.get(), nullptr, nullptr);
    sqlite3_trace_v2(database_.get(), 0, nullptr, nullptr);
  }
  database_.reset();
}

bool Session::in_transaction() const
{
  return database_ && sqlite3_get_autocommit(database_.get()) == 0;
}

void Session::done()
{
  Reply reply(Status::done, 1);
  reply.writer().boolean(in_transaction());
  channel_.send(reply.finish());
}

void Session::done(std::int64_t value)
{
  Reply reply(Status::done, 2);
  reply.writer().boolean(in_transaction());
  reply.writer().integer(value);
  channel_.send(reply.finish());
}

void Session::sql_error(const SqlError& error)
{
  Reply reply(Status::sql_error, 3);
  reply.writer().boolean(in_transaction());
  reply.writer().integer(error.code);
  reply.writer().text(error.text);
  channel_.send(reply.finish());
}

void Session::misuse(std::string_view exception, std::string_view text)
{
  Reply reply(Status::misuse, 3);
  reply.writer().boolean(in_transaction());
  reply.writer().text(exception);
  reply.writer().text(valid_text(text));
  channel_.send(reply.finish());
}

void Session::start_clock()
{
  deadline_ = Clock::now() + host_.limits().statement_time;
  timed_out_ = false;
}

void Session::handle_messages()
{
  while (!dead_ && !channel_.stalled()) {
    const auto message = channel_.take();
    if (!message) {
      if (channel_.overlong()) {
        break_off();
      }
      return;
    }
    dispatch(*message);
  }
}

void Session::dispatch(const std::string& message)
{
  const wire::Limits bounds{.max_bytes = message.size(), .max_items = k_max_items};
  wire::Reader in(message, bounds);
  const auto list = in.next(wire::Kind::list);
  const auto operation = list && list->count > 0 ? in.next(wire::Kind::integer) : std::nullopt;
  if (!operation) {
    break_off();
    return;
  }
  const auto code = static_cast<Operation>(operation->integer);
  if (code == Operation::interrupt) {
    interrupted_ = phase_ != Phase::idle;
    if (interrupted_) {
      sqlite3_interrupt(database_.get());
    }
    return;
  }
  if (code == Operation::answer) {
    take_answer(in);
    return;
  }
  if (phase_ == Phase::working || phase_ == Phase::asking
      || (code == Operation::open) == (database_ != nullptr)) {
    break_off();
    return;
  }
  const Phase before = std::exchange(phase_, Phase::working);
  const Clock::time_point deadline = deadline_;
  if (code == Operation::execute) {
    execute(in, message);
  } else if (code == Operation::many) {
    many(in, message);
  } else if (!route(code, in)) {
    break_off();
  }
  phase_ = before;
  if (before == Phase::calling) {
    deadline_ = deadline;
  }
  if (in.fault()) {
    if (*in.fault() == wire::Fault::number || *in.fault() == wire::Fault::text) {
      misuse(*in.fault() == wire::Fault::number ? "OverflowError" : "UnicodeEncodeError",
             *in.fault() == wire::Fault::number
               ? "Python int too large to convert to SQLite INTEGER"
               : wire::describe(*in.fault()));
    } else {
      break_off();
    }
  }
  if (phase_ == Phase::idle) {
    interrupted_ = false;
  }
}

bool Session::route(Operation operation, wire::Reader& in)
{
  switch (operation) {
  case Operation::open:
    open(in);
    return true;
  case Operation::fetch:
    fetch(in);
    return true;
  case Operation::close:
    return close_handles(in);
  case Operation::script:
    script(in);
    return true;
  case Operation::control:
    control(in);
    return true;
  case Operation::define:
    define(in);
    return true;
  case Operation::limit:
    limit(in);
    return true;
  case Operation::backup:
    backup(in);
    return true;
  case Operation::serialize:
    serialize(in);
    return true;
  case Operation::deserialize:
    deserialize(in);
    return true;
  case Operation::blob:
    blob(in);
    return true;
  case Operation::total:
    done(sqlite3_total_changes64(database_.get()));
    return true;
  case Operation::names:
    names(in);
    return true;
  case Operation::configure:
    configure(in);
    return true;
  case Operation::wait:
    if (const auto wait = in.next(wire::Kind::integer)) {
      lock_wait_ = std::clamp(std::chrono::milliseconds(wait->integer), {}, k_longest_lock_wait);
      done();
    }
    return true;
  case Operation::execute:
  case Operation::many:
  case Operation::answer:
  case Operation::interrupt:
    break;
  }
  return false;
}

void Session::open(wire::Reader& in)
{
  const auto path = in.next(wire::Kind::text);
  const auto access = in.next(wire::Kind::integer);
  const auto wait = in.next(wire::Kind::integer);
  if (!wait) {
    return;
  }
  const bool usable = path->text.size() <= k_max_path
                      && path->text.find('\0') == std::string_view::npos
                      && !path->text.ends_with("-journal") && !path->text.ends_with("-wal");
  const Access wanted = access->integer == 1   ? Access::read_only
                        : access->integer == 2 ? Access::read_write
                                               : Access::create;
  std::optional<SqlError> error =
    usable ? open_database(std::string(path->text), wanted, host_.limits(), database_)
           : SqlError{SQLITE_CANTOPEN, "unable to open database file"};
  if (error) {
    sql_error(*error);
    return;
  }
  lock_wait_ = std::clamp(std::chrono::milliseconds(wait->integer), {}, k_longest_lock_wait);
  sqlite3_busy_handler(database_.get(), on_busy, this);
  sqlite3_progress_handler(database_.get(), k_progress_operations, on_progress, this);
  guard();
  Reply reply(Status::done, 3);
  reply.writer().boolean(false);
  reply.writer().text(sqlite3_libversion());
  reply.writer().integer(number_);
  channel_.send(reply.finish());
}

void Session::guard()
{
  sqlite3_set_authorizer(database_.get(), on_authorize, this);
}

int Session::wait_for_lock(int attempt)
{
  const auto now = Clock::now();
  if (attempt == 0) {
    lock_deadline_ = now + lock_wait_;
  }
  if (now >= lock_deadline_ || dead_ || interrupted_) {
    return 0;
  }
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(lock_deadline_ - now);
  const Clock::time_point deadline = lock_deadline_;
  const bool served = host_.serve_others(std::min(left, k_slice));
  lock_deadline_ = deadline;
  deadline_ += Clock::now() - now;
  return served && !dead_ && !interrupted_ ? 1 : 0;
}

int Session::progress()
{
  const auto now = Clock::now();
  if (now >= deadline_) {
    timed_out_ = true;
    return 1;
  }
  if (now - last_look_ >= k_look_every) {
    last_look_ = now;
    dead_ = !channel_.receive() || dead_;
    handle_messages();
  }
  if (progress_ >= 0 && (progress_ticks_ += k_progress_operations) >= progress_every_) {
    progress_ticks_ = 0;
    const auto answer = call(Nested::no, progress_, "progress", 0, [](wire::Writer&) {});
    const auto* const stop = answer ? answer->value.get<bool>() : nullptr;
    return stop == nullptr || *stop ? 1 : 0;
  }
  return dead_ || interrupted_ ? 1 : 0;
}

void Session::drop_statements()
{
  for (auto& [handle, cursor] : cursors_) {
    end(cursor);
  }
  cursors_.clear();
  if (in_transaction()) {
    deadline_ = Clock::now() + k_roll_back_time;
    sqlite3_exec(database_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
  }
}

} // namespace assay::broker
