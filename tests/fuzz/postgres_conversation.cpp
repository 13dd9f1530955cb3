// SPDX-License-Identifier: MIT
// Both ends of a connection to PostgreSQL, hostile: the input is cut at octet 0xfe into what comes
// from the candidate and, in turn, from the server.
#include "sandbox/broker/postgres/conversation.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  using namespace assay::broker;
  Limits limits;
  limits.max_rows = 10;
  limits.log_records = 50;
  StatementLog log(limits);
  postgres::Conversation talk(log, limits, 1);
  std::string_view left(reinterpret_cast<const char*>(data), size); // NOLINT: octets as they come
  for (bool from_client = true; !left.empty(); from_client = !from_client) {
    const std::size_t end = left.find('\xfe');
    const std::string_view part = left.substr(0, end);
    left.remove_prefix(end == std::string_view::npos ? left.size() : end + 1);
    if (from_client) {
      talk.from_client(part);
    } else {
      talk.from_server(part);
    }
  }
  for (const StatementRecord& record : log.records()) {
    static_cast<void>(to_value(record));
  }
  return 0;
}
