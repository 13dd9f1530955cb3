// SPDX-License-Identifier: MIT
#include "sandbox/cell/cell.hpp"
#include "sandbox/wire/codec.hpp"

#include <array>
#include <cerrno>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace assay::cell {

using Clock = std::chrono::steady_clock;

namespace {

/// How often the folder of a candidate is measured that no file system bounds.
constexpr std::chrono::milliseconds k_measure_every{50};

/// Takes `folder` out of all text: a path says the same as in a box with a root of its own, run
/// after run.
void forget(wire::Value& value, const std::string& folder)
{
  if (auto* const text = std::get_if<std::string>(&value.held)) {
    for (std::size_t at = text->find(folder); at != std::string::npos;
         at = text->find(folder, at)) {
      text->erase(at, folder.size());
    }
  } else if (auto* const list = std::get_if<wire::Value::List>(&value.held)) {
    for (wire::Value& item : *list) {
      forget(item, folder);
    }
  } else if (auto* const dict = std::get_if<wire::Value::Dict>(&value.held)) {
    for (auto& [key, item] : *dict) {
      forget(item, folder);
    }
  }
}

} // namespace

Candidate::Candidate(Cell& cell, Limits limits)
  : cell_(cell),
    limits_(limits)
{
}

Candidate::~Candidate()
{
  if (!ending_) {
    stop(EndingKind::engine_fault);
    cell_.reap(*this);
  }
}

void Candidate::stop(EndingKind why)
{
  if (seen_.stopped == EndingKind::finished) {
    seen_.stopped = why;
  }
  ::syscall(SYS_pidfd_send_signal, pidfd_.get(), SIGKILL, nullptr, 0);
}

/// Takes what was printed. False if it was too much.
bool Candidate::drain(Descriptor& pipe, std::string& kept)
{
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): read fills it
  std::array<char, 16384> buffer;
  for (;;) {
    const ssize_t got = ::read(pipe.get(), buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got == 0) {
      pipe.reset();
    }
    if (got <= 0) {
      return true;
    }
    printed_ += static_cast<std::size_t>(got);
    const std::size_t room = limits_.output_kept - std::min(limits_.output_kept, kept.size());
    kept.append(buffer.data(), std::min(room, static_cast<std::size_t>(got)));
    if (printed_ > limits_.output_bytes) {
      return false;
    }
  }
}

/// Takes the answer that has come. `ended` if it is none.
Reply Candidate::read_reply(int step)
{
  auto message = receive_message(steps_.get(), limits_.reply_bytes + 1, 0);
  if (!message || message->closed) {
    return {};
  }
  const std::string_view bytes(reinterpret_cast<const char*>(message->bytes.data()), // NOLINT
                               message->bytes.size());
  wire::Limits bounds;
  bounds.max_bytes = limits_.reply_bytes;
  const auto decoded = wire::decode(bytes, bounds);
  const auto* const answer = std::get_if<wire::Value>(&decoded);
  const auto* const number = answer == nullptr || answer->member("step") == nullptr
                               ? nullptr
                               : answer->member("step")->get<std::int64_t>();
  const wire::Value* const value = answer == nullptr ? nullptr : answer->member("value");
  const wire::Value* const error = answer == nullptr ? nullptr : answer->member("error");
  if (message->truncated || !message->descriptors.empty() || number == nullptr || *number != step
      || (value == nullptr) == (error == nullptr)) {
    stop(EndingKind::invalid_reply);
    return {};
  }
  Reply reply;
  reply.kind = value != nullptr ? Reply::Kind::value : Reply::Kind::error;
  reply.value = value != nullptr ? *value : *error;
  if (cell_.work_ != nullptr) {
    forget(reply.value, cell_.work_->path());
  }
  return reply;
}

/// Whether it takes more room than it may; always false where the kernel counts.
bool Candidate::fills_its_folder()
{
  const auto now = Clock::now();
  if (cell_.work_ == nullptr || now < measured_ + k_measure_every) {
    return false;
  }
  measured_ = now;
  return cell_.work_->exceeds(2 * (std::uint64_t{limits_.scratch_megabytes} << 20),
                              2 * std::uint64_t{limits_.inodes});
}

Reply Candidate::wait_for_reply(int step)
{
  const auto start = Clock::now();
  const auto deadline = start + std::chrono::seconds(limits_.step_seconds);
  bool over = false;
  for (;;) {
    const auto left =
      std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
    if (left.count() <= 0 && !over) {
      stop(EndingKind::wall_limit);
      over = true;
    }
    std::array<pollfd, 4> waiting{{{steps_.get(), POLLIN, 0},
                                   {out_.get(), POLLIN, 0},
                                   {err_.get(), POLLIN, 0},
                                   {pidfd_.get(), POLLIN, 0}}};
    const auto most = cell_.work_ == nullptr ? left : std::min(left, k_measure_every);
    const int timeout = over ? 5000 : static_cast<int>(std::max<std::int64_t>(most.count(), 1));
    const int ready = ::poll(waiting.data(), waiting.size(), timeout);
    if (ready < 0 && errno == EINTR) {
      continue;
    }
    if ((out_ && !drain(out_, output_)) || (err_ && !drain(err_, errors_))) {
      stop(EndingKind::output_limit);
      over = true;
    }
    if (!over && fills_its_folder()) {
      stop(EndingKind::space_limit);
      over = true;
    }
    if (waiting[0].revents != 0 && !over) {
      Reply reply = read_reply(step);
      reply.took = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start);
      return reply;
    }
    if (waiting[3].revents != 0 || (over && ready == 0)) {
      return {};
    }
  }
}

Reply Candidate::step(std::string_view operation, const wire::Value& arguments)
{
  if (ending_ || seen_.stopped != EndingKind::finished) {
    return {};
  }
  ++step_;
  seen_.step = step_;
  const std::string request =
    wire::encode(wire::Value(wire::Value::Dict{{"step", wire::Value(step_)},
                                               {"op", wire::Value(std::string(operation))},
                                               {"args", arguments}}));
  // A second answer to the last step, or one before this request, is a breach of the protocol.
  pollfd early{steps_.get(), POLLIN, 0};
  if (::poll(&early, 1, 0) > 0 && (early.revents & POLLIN) != 0 && (early.revents & POLLHUP) == 0) {
    stop(EndingKind::invalid_reply);
    return {};
  }
  if (!send_message(steps_.get(), std::as_bytes(std::span(request)), {})) {
    return {};
  }
  return wait_for_reply(step_);
}

Ending Candidate::finish()
{
  if (ending_) {
    return *ending_;
  }
  const Reply reply = step("bye", wire::Value());
  seen_.goodbye = reply.kind == Reply::Kind::value;
  if (seen_.goodbye) {
    // It leaves by itself now; what does not is killed.
    pollfd gone{pidfd_.get(), POLLIN, 0};
    if (::poll(&gone, 1, 2000) <= 0) {
      stop(EndingKind::wall_limit);
    }
  }
  cell_.reap(*this);
  if (out_) {
    drain(out_, output_);
  }
  if (err_) {
    drain(err_, errors_);
  }
  ending_ = judge(seen_, limits_);
  return *ending_;
}

} // namespace assay::cell
