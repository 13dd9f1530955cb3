// SPDX-License-Identifier: MIT
#include "sandbox/broker/client.hpp"

#include "sandbox/base/descriptor.hpp"
#include "sandbox/wire/codec.hpp"
#include "sandbox/wire/frame.hpp"

#include <cerrno>
#include <cstring>
#include <span>
#include <utility>

#include <poll.h>
#include <sys/socket.h>

namespace assay::broker {

namespace {

constexpr wire::Limits k_answer_limits{std::size_t{256} << 20U, 20'000'000, 16};

std::int64_t integer(const wire::Value& value, const char* name)
{
  const wire::Value* const member = value.member(name);
  const auto* const number = member == nullptr ? nullptr : member->get<std::int64_t>();
  return number == nullptr ? 0 : *number;
}

bool truth(const wire::Value& value, const char* name)
{
  const wire::Value* const member = value.member(name);
  const auto* const flag = member == nullptr ? nullptr : member->get<bool>();
  return flag != nullptr && *flag;
}

std::string text(const wire::Value& value, const char* name)
{
  const wire::Value* const member = value.member(name);
  const auto* const found = member == nullptr ? nullptr : member->get<std::string>();
  return found == nullptr ? std::string() : *found;
}

std::string octets(const wire::Value& value, const char* name)
{
  const wire::Value* const member = value.member(name);
  const auto* const found = member == nullptr ? nullptr : member->get<wire::Bytes>();
  return found == nullptr ? std::string() : found->octets;
}

wire::Value::List list(const wire::Value& value, const char* name)
{
  const wire::Value* const member = value.member(name);
  const auto* const found = member == nullptr ? nullptr : member->get<wire::Value::List>();
  return found == nullptr ? wire::Value::List() : *found;
}

std::vector<std::string> texts(const wire::Value::List& values)
{
  std::vector<std::string> found;
  for (const wire::Value& value : values) {
    if (const auto* const item = value.get<std::string>()) {
      found.push_back(*item);
    }
  }
  return found;
}

LoggedStatement statement_from(const wire::Value& value)
{
  LoggedStatement statement;
  statement.sequence = integer(value, "sequence");
  statement.connection = integer(value, "connection");
  statement.step = integer(value, "step");
  statement.kind = text(value, "kind");
  statement.sql = text(value, "sql");
  statement.sql_cut = truth(value, "sql_cut");
  if (const wire::Value* const parameters = value.member("parameters")) {
    statement.parameters = *parameters;
  }
  statement.parameters_cut = truth(value, "parameters_cut");
  statement.implicit = truth(value, "implicit");
  statement.executions = integer(value, "executions");
  statement.rows_returned = integer(value, "rows_returned");
  statement.rows_changed = integer(value, "rows_changed");
  statement.duration = std::chrono::microseconds(integer(value, "microseconds"));
  statement.error_code = integer(value, "error_code");
  statement.error = text(value, "error");
  statement.exceeded = text(value, "exceeded");
  return statement;
}

Expected<void> done(const Expected<wire::Value>& answer)
{
  if (!answer) {
    return answer.failure();
  }
  return {};
}

} // namespace

Expected<void> Client::send(const std::string& frame, std::span<const int> descriptors) const
{
  std::string_view left = frame;
  if (!descriptors.empty()) {
    if (auto sent = send_message(control_, std::as_bytes(std::span(frame)), descriptors); !sent) {
      return sent.failure();
    }
    return {};
  }
  while (!left.empty()) {
    const ssize_t sent = ::send(control_, left.data(), left.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno != EINTR) {
      return system_failure("broker: send");
    }
    left.remove_prefix(sent < 0 ? 0 : static_cast<std::size_t>(sent));
  }
  return {};
}

Expected<std::string> Client::receive() const
{
  wire::FrameBuffer buffer(k_answer_limits.max_bytes);
  std::string piece(65536, '\0');
  const auto until = std::chrono::steady_clock::now() + patience_;
  for (;;) {
    if (const auto message = buffer.take()) {
      return std::string(*message);
    }
    const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    pollfd waiting{control_, POLLIN, 0};
    const int ready = left.count() <= 0 ? 0 : ::poll(&waiting, 1, static_cast<int>(left.count()));
    if (ready == 0) {
      return Failure{"broker: answer", ETIMEDOUT, {}};
    }
    const ssize_t got = ready < 0 ? -1 : ::recv(control_, piece.data(), piece.size(), 0);
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got <= 0 || buffer.overlong()) {
      return Failure{"broker: answer", got < 0 ? errno : ECONNRESET, {}};
    }
    buffer.append(std::string_view(piece.data(), static_cast<std::size_t>(got)));
  }
}

Expected<wire::Value>
Client::ask(const char* operation, wire::Value::Dict members, std::span<const int> descriptors)
{
  sql_code_ = 0;
  members.emplace_back("op", operation);
  std::string frame;
  const std::size_t header = wire::open_frame(frame);
  wire::Writer(frame).value(std::move(members));
  wire::close_frame(frame, header);
  if (auto sent = send(frame, descriptors); !sent) {
    return sent.failure();
  }
  const auto answer = receive();
  if (!answer) {
    return answer.failure();
  }
  auto decoded = wire::decode(*answer, k_answer_limits);
  if (const auto* const fault = std::get_if<wire::Fault>(&decoded)) {
    return Failure{"broker: answer", 0, std::string(wire::describe(*fault))};
  }
  auto& value = std::get<wire::Value>(decoded);
  if (const wire::Value* const error = value.member("error")) {
    sql_code_ = integer(value, "code");
    const auto* const line = error->get<std::string>();
    return Failure{std::string("broker: ") + operation, 0, line == nullptr ? "refused" : *line};
  }
  return std::move(value);
}

Expected<void>
Client::begin_run(const Limits& limits, const Key& key, int candidate, PostgresEnds postgres)
{
  const std::array<int, 3> ends{candidate, postgres.listener, postgres.server};
  wire::Bytes bytes{std::string(sizeof key, '\0')};
  std::memcpy(bytes.octets.data(), key.data(), sizeof key);
  return done(
    ask("begin_run",
        {{"limits", to_value(limits)}, {"key", std::move(bytes)}},
        std::span(ends).first(postgres.listener < 0 || postgres.server < 0 ? 1 : ends.size())));
}

Expected<void> Client::end_run()
{
  return done(ask("end_run", {}));
}

Expected<void> Client::begin_step(std::int64_t step)
{
  return done(ask("begin_step", {{"step", step}}));
}

Expected<std::int64_t> Client::end_step()
{
  const auto answer = ask("end_step", {});
  if (!answer) {
    return answer.failure();
  }
  return integer(*answer, "statements");
}

Expected<Rows> Client::execute(const std::string& database,
                               const std::string& sql,
                               wire::Value parameters,
                               std::int64_t max_rows)
{
  const auto answer = ask("execute",
                          {{"database", database},
                           {"sql", sql},
                           {"parameters", std::move(parameters)},
                           {"max_rows", max_rows}});
  if (!answer) {
    return answer.failure();
  }
  Rows rows;
  rows.columns = texts(list(*answer, "columns"));
  for (wire::Value& row : list(*answer, "rows")) {
    if (auto* const cells = std::get_if<wire::Value::List>(&row.held)) {
      rows.rows.push_back(std::move(*cells));
    }
  }
  rows.changes = integer(*answer, "changes");
  rows.more = truth(*answer, "more");
  return rows;
}

Expected<std::int64_t>
Client::execute_many(const std::string& database, const std::string& sql, wire::Value::List rows)
{
  const auto answer =
    ask("execute", {{"database", database}, {"sql", sql}, {"many", std::move(rows)}});
  if (!answer) {
    return answer.failure();
  }
  return integer(*answer, "changes");
}

Expected<void> Client::script(const std::string& database, const std::string& sql)
{
  return done(ask("script", {{"database", database}, {"sql", sql}}));
}

Expected<std::string> Client::snapshot(const std::string& database)
{
  const auto answer = ask("snapshot", {{"database", database}});
  if (!answer) {
    return answer.failure();
  }
  return octets(*answer, "image");
}

Expected<void> Client::restore(const std::string& database, const std::string& image, Force force)
{
  return done(
    ask("restore",
        {{"database", database}, {"image", wire::Bytes{image}}, {"force", force == Force::yes}}));
}

Expected<std::vector<TableChecksum>> Client::checksum(const std::string& database)
{
  const auto answer = ask("checksum", {{"database", database}});
  if (!answer) {
    return answer.failure();
  }
  std::vector<TableChecksum> found;
  const wire::Value* const tables = answer->member("tables");
  if (const auto* const dict = tables == nullptr ? nullptr : tables->get<wire::Value::Dict>()) {
    for (const auto& [name, value] : *dict) {
      found.push_back({name, integer(value, "rows"), octets(value, "digest")});
    }
  }
  return found;
}

Expected<std::vector<std::string>> Client::databases()
{
  const auto answer = ask("databases", {});
  if (!answer) {
    return answer.failure();
  }
  return texts(list(*answer, "names"));
}

Expected<LogPart> Client::log(std::int64_t after)
{
  const auto answer = ask("log", {{"after", after}});
  if (!answer) {
    return answer.failure();
  }
  LogPart part;
  for (const wire::Value& record : list(*answer, "records")) {
    part.statements.push_back(statement_from(record));
  }
  part.more = truth(*answer, "more");
  part.total = integer(*answer, "total");
  part.unrecorded = integer(*answer, "unrecorded");
  return part;
}

Expected<BrokerStatus> Client::status()
{
  const auto answer = ask("status", {});
  if (!answer) {
    return answer.failure();
  }
  BrokerStatus status;
  status.connections = integer(*answer, "connections");
  status.open = integer(*answer, "open");
  status.transactions = integer(*answer, "transactions");
  status.refused = integer(*answer, "refused");
  status.broken = integer(*answer, "broken");
  status.statements = integer(*answer, "statements");
  status.file_bytes = integer(*answer, "file_bytes");
  status.heap_bytes = integer(*answer, "heap_bytes");
  return status;
}

} // namespace assay::broker
