// SPDX-License-Identifier: MIT
#include "sandbox/cell/slot.hpp"

#include <sys/random.h>
#include <sys/socket.h>

namespace assay::cell {

namespace {

/// Candidates of one zygote before it is replaced: what leaks slowly never gets far.
constexpr int k_most_boxes = 500;

/// A key for checksums that nobody can aim at: they are only compared within one run.
broker::Client::Key own_key()
{
  broker::Client::Key key{};
  if (::getrandom(key.data(), sizeof key, 0) != static_cast<ssize_t>(sizeof key)) {
    key = {}; // never for so few octets, getrandom(2)
  }
  return key;
}

} // namespace

Run::Run(std::unique_ptr<Candidate> candidate, broker::Client& client, bool& broker_serves)
  : candidate_(std::move(candidate)),
    client_(client),
    broker_serves_(broker_serves)
{
}

Run::~Run()
{
  candidate_.reset();
  broker_serves_ = broker_serves_ && static_cast<bool>(client_.end_run());
}

Reply Run::step(std::string_view operation, const wire::Value& arguments)
{
  ++number_;
  const auto begun = client_.begin_step(number_);
  Reply reply = begun ? candidate_->step(operation, arguments) : Reply{};
  broker_serves_ = begun && static_cast<bool>(client_.end_step());
  return reply;
}

Expected<Run::Log> Run::log()
{
  Log log;
  std::int64_t after = 0;
  for (bool more = true; more;) {
    auto part = client_.log(after);
    if (!part) {
      return part.failure();
    }
    log.unrecorded = part->unrecorded;
    more = part->more && !part->statements.empty();
    for (broker::LoggedStatement& statement : part->statements) {
      after = statement.sequence;
      log.statements.push_back(std::move(statement));
    }
  }
  return log;
}

Ending Run::finish()
{
  Ending ending = candidate_->finish();
  if (!broker_serves_) {
    ending.kind = EndingKind::engine_fault;
    ending.fault = "the database process is gone";
  }
  return ending;
}

Slot::Slot(SlotPlan plan)
  : plan_(std::move(plan))
{
}

Expected<std::unique_ptr<Slot>> Slot::open(SlotPlan plan, std::unique_ptr<Cell> cell)
{
  std::unique_ptr<Slot> slot(new Slot(std::move(plan))); // NOLINT: private constructor
  slot->cell_ = std::move(cell);
  if (auto renewed = slot->renew(); !renewed) {
    return renewed.failure();
  }
  return slot;
}

Expected<void> Slot::renew()
{
  if (cell_ == nullptr || !cell_->usable() || cell_->started() >= k_most_boxes) {
    cell_.reset();
    auto opened = Cell::open(plan_.cell);
    if (!opened) {
      return opened.failure();
    }
    cell_ = std::move(*opened);
  }
  if (!broker_serves_) {
    client_.reset();
    broker_.reset();
    auto started = BrokerProcess::start(plan_.broker, plan_.cell.cpu);
    if (!started) {
      return started.failure();
    }
    broker_ = std::make_unique<BrokerProcess>(std::move(*started));
    client_ = std::make_unique<broker::Client>(broker_->control().get());
    broker_serves_ = true;
  }
  return {};
}

Expected<PostgresCell*> Slot::postgres()
{
  if (postgres_ == nullptr || !postgres_->serves()) {
    postgres_.reset();
    auto opened = PostgresCell::open({plan_.cell, plan_.cluster, {}});
    if (!opened) {
      return opened.failure();
    }
    postgres_ = std::move(*opened);
  }
  return postgres_.get();
}

Expected<std::unique_ptr<Run>>
Slot::start(const Archive& files, const Limits& limits, WithPostgres with_postgres)
{
  if (auto renewed = renew(); !renewed) {
    return renewed.failure();
  }
  auto socket = socket_pair(SOCK_SEQPACKET);
  if (!socket) {
    return socket.failure();
  }
  broker::Client::PostgresEnds postgres;
  if (with_postgres == WithPostgres::yes) {
    if (postgres_ == nullptr) {
      return Failure{"PostgreSQL", 0, "it was not started"};
    }
    postgres = {cell_->listener().get(), postgres_->connections().get()};
  }
  if (auto begun = client_->begin_run({}, own_key(), (*socket)[0].get(), postgres); !begun) {
    broker_serves_ = false;
    return begun.failure();
  }
  (*socket)[0].reset();
  auto candidate = cell_->start(files, (*socket)[1], limits, with_postgres);
  if (!candidate) {
    return candidate.failure();
  }
  return std::unique_ptr<Run>(
    new Run(std::move(*candidate), *client_, broker_serves_)); // NOLINT: private constructor
}

} // namespace assay::cell
