// SPDX-License-Identifier: MIT
// Messages of a hostile candidate to one connection of the broker: the input is cut at octet 0xff
// into messages.
#include "sandbox/broker/memory_files.hpp"
#include "sandbox/broker/session.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

#include <sys/socket.h>

namespace {

using namespace assay;
using namespace assay::broker;

class FuzzHost final : public Host {
public:
  FuzzHost()
    : log_(limits_)
  {
    limits_.statement_time = std::chrono::milliseconds(50);
    limits_.callback_time = std::chrono::milliseconds(1);
    limits_.max_rows = 100;
    limits_.log_records = 100;
  }

  [[nodiscard]] const Limits& limits() const override { return limits_; }

  StatementLog& log() override { return log_; }

  bool serve_others(std::chrono::milliseconds) override { return false; }

  sqlite3* database_of(std::int64_t) override { return nullptr; }

private:
  Limits limits_;
  StatementLog log_;
};

std::string frame(std::string_view message)
{
  std::string out;
  const std::size_t header = wire::open_frame(out);
  out += message;
  wire::close_frame(out, header);
  return out;
}

MemoryFiles& files()
{
  static MemoryFiles& k_files = []() -> MemoryFiles& {
    configure_sqlite({});
    static MemoryFiles made(std::size_t{1} << 20U);
    return made;
  }();
  return k_files;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  files().clear();
  FuzzHost host;
  auto ends = socket_pair(SOCK_STREAM).value();
  Session session(host, 1, std::move(ends[1]));
  const auto say = [&](std::string_view octets) {
    static_cast<void>(
      ::send(ends[0].get(), octets.data(), octets.size(), MSG_DONTWAIT | MSG_NOSIGNAL));
    if (session.channel().receive()) {
      session.handle_messages();
    }
    std::array<char, 65536> replies;
    while (::recv(ends[0].get(), replies.data(), replies.size(), MSG_DONTWAIT) > 0) {
    }
    if (session.channel().stalled() && !session.channel().flush()) {
      session.kill();
    }
  };
  std::string open;
  wire::Writer writer(open);
  writer.value(wire::Value::List{1, "/a", 0, 0});
  say(frame(open));
  std::string_view rest(reinterpret_cast<const char*>(data), size); // NOLINT
  while (!rest.empty() && !session.dead()) {
    const std::size_t cut = std::min(rest.find('\xff'), rest.size());
    say(frame(rest.substr(0, cut)));
    rest.remove_prefix(std::min(cut + 1, rest.size()));
  }
  return 0;
}
