// SPDX-License-Identifier: MIT
#include "sandbox/broker/client.hpp"

#include "sandbox/wire/codec.hpp"

#include <cerrno>
#include <cstring>

#include <poll.h>
#include <sys/socket.h>

namespace assay::broker {

namespace {

constexpr std::size_t k_answer_bytes = std::size_t{256} << 20U;

template<class T>
T member(const wire::Value& value, const char* name, T fallback = {})
{
  const wire::Value* const found = value.member(name);
  const T* const held = found == nullptr ? nullptr : found->get<T>();
  return held == nullptr ? fallback : *held;
}

Statement statement_from(const wire::Value& record)
{
  Statement statement;
  statement.sequence = member<std::int64_t>(record, "sequence");
  statement.connection = member<std::int64_t>(record, "connection");
  statement.step = member<std::int64_t>(record, "step");
  statement.kind = member<std::string>(record, "kind");
  statement.sql = member<std::string>(record, "sql");
  statement.implicit = member<bool>(record, "implicit");
  statement.executions = member<std::int64_t>(record, "executions");
  statement.rows_returned = member<std::int64_t>(record, "rows_returned");
  statement.rows_changed = member<std::int64_t>(record, "rows_changed");
  statement.error = member<std::string>(record, "error");
  return statement;
}

} // namespace

Client::Client(Descriptor control, std::chrono::milliseconds patience)
  : control_(std::move(control)),
    patience_(patience),
    frames_(k_answer_bytes)
{
}

Outcome<wire::Value>
Client::ask(std::string_view operation, wire::Value::Dict members, int attached)
{
  const std::string stage = "broker: " + std::string(operation);
  if (!usable_) {
    return Failure{stage, 0, "it does not answer any more"};
  }
  usable_ = false; // until a whole answer is there
  members.emplace_back("op", wire::Value(std::string(operation)));
  std::string request;
  const std::size_t header = wire::open_frame(request);
  wire::Writer(request).value(wire::Value(std::move(members)));
  wire::close_frame(request, header);

  std::string_view left = request;
  if (attached >= 0) {
    // Descriptors travel with the first octets; such requests are small.
    if (auto sent =
          send_message(control_.get(), std::as_bytes(std::span(left)), std::span(&attached, 1));
        !sent) {
      return Failure{stage, sent.failure().error_number, sent.failure().text};
    }
    left = {};
  }
  const auto deadline = std::chrono::steady_clock::now() + patience_;
  std::string buffer(1 << 16, '\0');
  for (;;) {
    if (const auto message = frames_.take()) {
      wire::Limits limits;
      limits.max_bytes = k_answer_bytes;
      limits.max_items = 50'000'000;
      auto decoded = wire::decode(*message, limits);
      auto* const answer = std::get_if<wire::Value>(&decoded);
      if (answer == nullptr) {
        return Failure{stage, 0, std::string(wire::describe(std::get<wire::Fault>(decoded)))};
      }
      usable_ = true;
      if (const wire::Value* const error = answer->member("error")) {
        return Failure{
          stage, 0, error->get<std::string>() == nullptr ? "refused" : *error->get<std::string>()};
      }
      return std::move(*answer);
    }
    const auto rest = std::chrono::duration_cast<std::chrono::milliseconds>(
      deadline - std::chrono::steady_clock::now());
    const short wanted = left.empty() ? POLLIN : POLLIN | POLLOUT;
    pollfd waiting{control_.get(), wanted, 0};
    const int ready = rest.count() <= 0 ? 0 : ::poll(&waiting, 1, static_cast<int>(rest.count()));
    if (ready < 0 && errno == EINTR) {
      continue;
    }
    if (ready <= 0) {
      return Failure{stage, ETIMEDOUT, {}};
    }
    if (!left.empty() && (waiting.revents & POLLOUT) != 0) {
      const ssize_t sent =
        ::send(control_.get(), left.data(), left.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
      if (sent > 0) {
        left.remove_prefix(static_cast<std::size_t>(sent));
      } else if (errno != EAGAIN && errno != EINTR) {
        return system_failure(stage);
      }
    }
    if ((waiting.revents & (POLLIN | POLLHUP | POLLERR)) != 0) {
      const ssize_t got = ::recv(control_.get(), buffer.data(), buffer.size(), MSG_DONTWAIT);
      if (got == 0) {
        return Failure{stage, 0, "it has ended"};
      }
      if (got > 0) {
        frames_.append(std::string_view(buffer.data(), static_cast<std::size_t>(got)));
      } else if (errno != EAGAIN && errno != EINTR) {
        return system_failure(stage);
      }
    }
  }
}

Outcome<void> Client::begin_run(const Limits& limits, const RunKey& key, const Descriptor& socket)
{
  std::string octets(key.size(), '\0');
  std::memcpy(octets.data(), key.data(), key.size());
  auto answer = ask("begin_run",
                    {{"limits", to_value(limits)}, {"key", wire::Bytes{std::move(octets)}}},
                    socket.get());
  return answer ? Outcome<void>() : Outcome<void>(answer.failure());
}

Outcome<void> Client::end_run()
{
  auto answer = ask("end_run", {});
  return answer ? Outcome<void>() : Outcome<void>(answer.failure());
}

Outcome<void> Client::begin_step(std::int64_t step)
{
  auto answer = ask("begin_step", {{"step", step}});
  return answer ? Outcome<void>() : Outcome<void>(answer.failure());
}

Outcome<std::int64_t> Client::end_step()
{
  auto answer = ask("end_step", {});
  if (!answer) {
    return answer.failure();
  }
  return member<std::int64_t>(*answer, "statements");
}

Outcome<Log> Client::log(std::int64_t after)
{
  Log log;
  for (bool more = true; more;) {
    auto answer = ask("log", {{"after", after}});
    if (!answer) {
      return answer.failure();
    }
    const auto records = member<wire::Value::List>(*answer, "records");
    for (const wire::Value& record : records) {
      log.statements.push_back(statement_from(record));
      after = log.statements.back().sequence;
    }
    log.unrecorded = member<std::int64_t>(*answer, "unrecorded");
    more = member<bool>(*answer, "more") && !records.empty();
  }
  return log;
}

Outcome<Rows> Client::execute(std::string_view database,
                              std::string_view sql,
                              wire::Value::List parameters,
                              std::int64_t max_rows)
{
  auto answer = ask("execute",
                    {{"database", std::string(database)},
                     {"sql", std::string(sql)},
                     {"parameters", std::move(parameters)},
                     {"max_rows", max_rows}});
  if (!answer) {
    return answer.failure();
  }
  Rows rows;
  for (const wire::Value& name : member<wire::Value::List>(*answer, "columns")) {
    rows.columns.push_back(name.get<std::string>() == nullptr ? std::string()
                                                              : *name.get<std::string>());
  }
  for (const wire::Value& row : member<wire::Value::List>(*answer, "rows")) {
    rows.rows.push_back(row.get<wire::Value::List>() == nullptr ? wire::Value::List()
                                                                : *row.get<wire::Value::List>());
  }
  rows.changes = member<std::int64_t>(*answer, "changes");
  rows.more = member<bool>(*answer, "more");
  return rows;
}

Outcome<void>
Client::execute_many(std::string_view database, std::string_view sql, wire::Value::List parameters)
{
  auto answer = ask("execute",
                    {{"database", std::string(database)},
                     {"sql", std::string(sql)},
                     {"many", std::move(parameters)}});
  return answer ? Outcome<void>() : Outcome<void>(answer.failure());
}

Outcome<void> Client::script(std::string_view database, std::string_view sql)
{
  auto answer = ask("script", {{"database", std::string(database)}, {"sql", std::string(sql)}});
  return answer ? Outcome<void>() : Outcome<void>(answer.failure());
}

Outcome<std::string> Client::snapshot(std::string_view database)
{
  auto answer = ask("snapshot", {{"database", std::string(database)}});
  if (!answer) {
    return answer.failure();
  }
  return member<wire::Bytes>(*answer, "image").octets;
}

Outcome<void> Client::restore(std::string_view database, std::string image)
{
  auto answer = ask("restore",
                    {{"database", std::string(database)},
                     {"image", wire::Bytes{std::move(image)}},
                     {"force", true}});
  return answer ? Outcome<void>() : Outcome<void>(answer.failure());
}

Outcome<std::vector<std::string>> Client::databases()
{
  auto answer = ask("databases", {});
  if (!answer) {
    return answer.failure();
  }
  std::vector<std::string> names;
  for (const wire::Value& name : member<wire::Value::List>(*answer, "names")) {
    if (const auto* const text = name.get<std::string>()) {
      names.push_back(*text);
    }
  }
  return names;
}

} // namespace assay::broker
