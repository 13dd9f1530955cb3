// SPDX-License-Identifier: MIT
#include "sandbox/broker/control.hpp"

#include "sandbox/broker/control_connection.hpp"
#include "sandbox/broker/server.hpp"
#include "sandbox/wire/codec.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace assay::broker {

namespace {

constexpr wire::Limits k_request_limits{std::size_t{256} << 20U, 20'000'000, 16};
constexpr std::int64_t k_log_batch = 2'000;

} // namespace

Control::Control(Host& host, MemoryFiles& files, std::unique_ptr<Run>& run)
  : host_(host),
    files_(files),
    run_(run)
{
}

Control::~Control() = default;

std::string Control::handle(const std::string& message, std::vector<Descriptor>& descriptors)
{
  Dict reply;
  auto decoded = wire::decode(message, k_request_limits);
  if (const auto* const fault = std::get_if<wire::Fault>(&decoded)) {
    reply = {{"error", std::string(wire::describe(*fault))}, {"code", 0}};
  } else {
    try {
      reply = answer(std::get<wire::Value>(decoded), descriptors);
    } catch (const Refusal& refusal) {
      reply = {{"error", refusal.text}, {"code", refusal.code}};
    }
  }
  descriptors.clear();
  std::string out;
  const std::size_t header = wire::open_frame(out);
  wire::Writer(out).value(std::move(reply));
  wire::close_frame(out, header);
  return out;
}

Control::Dict Control::answer(const wire::Value& request, std::vector<Descriptor>& descriptors)
{
  const auto& op = need<std::string>(request, "op");
  if (op == "begin_run") {
    return begin_run(request, descriptors);
  }
  if (op == "end_run") {
    return end_run();
  }
  if (!run_) {
    throw Refusal{"there is no run"};
  }
  if (op == "begin_step") {
    return begin_step(request);
  }
  if (op == "end_step") {
    return end_step();
  }
  if (op == "status") {
    return status();
  }
  if (op == "log") {
    return log(request);
  }
  if (op == "execute") {
    return execute(request);
  }
  if (op == "script") {
    return script(request);
  }
  if (op == "snapshot") {
    return snapshot(request);
  }
  if (op == "restore") {
    return restore(request);
  }
  if (op == "checksum") {
    return checksum(request);
  }
  if (op == "databases") {
    return databases();
  }
  throw Refusal{"unknown request " + op};
}

Control::Dict Control::begin_run(const wire::Value& request, std::vector<Descriptor>& descriptors)
{
  constexpr std::size_t k_with_postgres = 3;
  if (descriptors.size() != 1 && descriptors.size() != k_with_postgres) {
    throw Refusal{"a run needs the one socket of its candidate, and two more for PostgreSQL"};
  }
  const auto& key = need<wire::Bytes>(request, "key");
  if (key.octets.size() != sizeof key_) {
    throw Refusal{"a key has 16 bytes"};
  }
  end_run();
  std::memcpy(key_.data(), key.octets.data(), sizeof key_);
  const wire::Value* const limits = request.member("limits");
  const Limits wanted = limits_from(limits == nullptr ? wire::Value() : *limits);
  files_.set_max_bytes(static_cast<std::size_t>(wanted.max_database_bytes));
  bound_heap(wanted);
  run_ = std::make_unique<Run>(wanted, std::move(descriptors.front()));
  if (descriptors.size() == k_with_postgres) {
    run_->gate = std::make_unique<postgres::Gate>(
      run_->log,
      run_->limits,
      postgres::GateCounts{&run_->connections, &run_->refused, &run_->broken},
      std::move(descriptors[1]),
      std::move(descriptors[2]));
  }
  return {};
}

Control::Dict Control::end_run()
{
  connections_.clear();
  if (run_) {
    run_->gate.reset();
    run_->sessions.clear(); // they look at the run's limits
  }
  run_.reset();
  files_.clear();
  return {};
}

Control::Dict Control::begin_step(const wire::Value& request)
{
  run_->log.restart_step(need<std::int64_t>(request, "step"));
  return {};
}

Control::Dict Control::end_step()
{
  const std::int64_t step = run_->log.step();
  const std::int64_t statements = run_->log.in_step();
  run_->log.restart_step(0);
  return {{"step", step}, {"statements", statements}};
}

Control::Dict Control::status()
{
  std::int64_t open = 0;
  std::int64_t transactions = 0;
  for (const auto& session : run_->sessions) {
    if (!session->dead() && session->database() != nullptr) {
      ++open;
      transactions += sqlite3_get_autocommit(session->database()) == 0 ? 1 : 0;
    }
  }
  open += run_->gate ? run_->gate->open() : 0;
  return {
    {"connections", run_->connections},
    {"open", open},
    {"transactions", transactions},
    {"refused", run_->refused},
    {"broken", run_->broken},
    {"statements", run_->log.total()},
    {"file_bytes", static_cast<std::int64_t>(files_.bytes())},
    {"heap_bytes", std::int64_t{sqlite3_memory_used()}},
  };
}

Control::Dict Control::log(const wire::Value& request)
{
  const std::int64_t after = number(request, "after", 0);
  const std::int64_t most =
    std::clamp<std::int64_t>(number(request, "most", k_log_batch), 1, k_log_batch);
  const auto& records = run_->log.records();
  auto next = std::ranges::upper_bound(records, after, {}, &StatementRecord::sequence);
  wire::Value::List list;
  for (; next != records.end() && std::ssize(list) < most; ++next) {
    list.push_back(to_value(*next));
  }
  return {
    {"records", std::move(list)},
    {"more", next != records.end()},
    {"total", run_->log.total()},
    {"unrecorded", run_->log.unrecorded()},
  };
}

Control::Dict Control::databases()
{
  wire::Value::List names;
  for (const std::string& name : files_.names()) {
    names.emplace_back(name);
  }
  return {{"names", std::move(names)}};
}

} // namespace assay::broker
