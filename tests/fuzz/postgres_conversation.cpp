// SPDX-License-Identifier: MIT
// Both ends of a connection to PostgreSQL, hostile: the input is cut at octet 0xfe into what comes
// from the candidate and, in turn, from the server. If it begins with "m", each part is one message
// (its type and its fields) that is framed here, and the connection is greeted already: so the
// statements are reached without guessing lengths.
#include "sandbox/broker/postgres/conversation.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using namespace assay::broker;
using postgres::Conversation;

void require(bool held)
{
  if (!held) {
    std::abort();
  }
}

/// Whatever was said, the server hears whole messages only, the first of which names the slot.
void check_heard(const std::string& heard)
{
  if (heard.empty()) {
    return;
  }
  postgres::MessageStream messages(1 << 20, false);
  messages.add(heard);
  const auto start = messages.next();
  require(start.has_value());
  postgres::FieldReader fields(start->payload);
  require(fields.int32() == 196608);
  bool named = false;
  while (fields.ok() && !fields.empty()) {
    const std::string_view name = fields.text();
    const std::string_view value = name.empty() ? std::string_view() : fields.text();
    require(name != "user" || value == "candidate");
    require(name != "database" || value == "assay");
    named = named || name == "user";
  }
  require(named);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  Limits limits;
  limits.max_rows = 10;
  limits.log_records = 50;
  StatementLog log(limits);
  Conversation talk(log, limits, 1);
  std::string_view left(reinterpret_cast<const char*>(data), size); // NOLINT: octets as they come
  const bool framed = left.starts_with('m');
  std::string heard;
  const auto hear = [&] {
    heard += talk.to_server();
    talk.to_server().clear();
    talk.to_client().clear();
  };
  if (framed) {
    left.remove_prefix(1);
    std::string start;
    postgres::append_int32(start, 196608);
    postgres::append_text(start, "user");
    postgres::append_text(start, "blog");
    start += '\0';
    std::string message;
    postgres::append_message(message, 0, start);
    talk.from_client(message);
    hear();
  }
  for (bool from_client = true; !left.empty(); from_client = !from_client) {
    const std::size_t end = left.find('\xfe');
    const std::string_view part = left.substr(0, end);
    left.remove_prefix(end == std::string_view::npos ? left.size() : end + 1);
    std::string message(part);
    if (framed) {
      message.clear();
      if (!part.empty()) {
        postgres::append_message(message, part.front(), part.substr(1));
      }
    }
    if (from_client) {
      talk.from_client(message);
    } else {
      talk.from_server(message);
    }
    hear();
  }
  check_heard(heard);
  require(log.records().size() <= static_cast<std::size_t>(limits.log_records));
  for (const StatementRecord& record : log.records()) {
    static_cast<void>(to_value(record));
  }
  return 0;
}
