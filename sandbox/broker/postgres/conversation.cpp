// SPDX-License-Identifier: MIT
#include "sandbox/broker/postgres/conversation.hpp"

#include "sandbox/broker/postgres/statement_kind.hpp"
#include "sandbox/wire/codec.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace assay::broker::postgres {

namespace {

constexpr std::size_t k_longest_greeting = 10'000; // MAX_STARTUP_PACKET_LENGTH of the server
constexpr int k_most_greetings = 4;
constexpr std::size_t k_longest_answer = std::size_t{64} << 20U;
constexpr std::size_t k_most_requests = 20'000;
constexpr std::size_t k_most_names = 5'000;
constexpr std::size_t k_most_kept_bytes = std::size_t{32} << 20U;

constexpr std::int32_t k_cancel_request = 80877102;
constexpr std::int32_t k_ssl_request = 80877103;
constexpr std::int32_t k_gss_request = 80877104;
constexpr std::int32_t k_version_3 = 3;

void write_value(wire::Writer& out, std::string_view octets, bool binary)
{
  if (!binary && wire::is_utf8(octets)) {
    out.text(octets);
  } else {
    out.bytes(octets);
  }
}

} // namespace

Conversation::Conversation(StatementLog& log, const Limits& limits, std::int64_t connection)
  : log_(log),
    limits_(limits),
    connection_(connection),
    client_(k_longest_greeting, false),
    server_(k_longest_answer, true)
{
}

void Conversation::break_off(std::string_view why)
{
  to_client_ += fatal_error("08P01", why);
  broken_ = true;
  phase_ = Phase::over;
}

void Conversation::from_client(std::string_view octets)
{
  client_.add(octets);
  while (phase_ != Phase::over && phase_ != Phase::cancelled) {
    const auto message = client_.next();
    if (!message) {
      break;
    }
    if (phase_ == Phase::greeting) {
      greet(*message);
    } else {
      ask(*message);
    }
  }
  if (client_.broken() && phase_ != Phase::over) {
    break_off("a message has a length that is not allowed");
  }
}

void Conversation::greet(const Message& message)
{
  FieldReader fields(message.payload);
  const std::int32_t code = fields.int32();
  if (++greetings_ > k_most_greetings || !fields.ok()) {
    break_off("this is no beginning of a connection");
    return;
  }
  if (code == k_ssl_request || code == k_gss_request) {
    to_client_ += 'N';
    return;
  }
  if (code == k_cancel_request) {
    cancels_ = {fields.int32(), fields.int32()};
    phase_ = fields.ok() ? Phase::cancelled : Phase::over;
    return;
  }
  if ((code >> 16) != k_version_3) {
    break_off("only version 3 of the protocol is spoken here");
    return;
  }
  start(message.payload);
}

/// Who it is and what it wants are ours to say; settings are its own.
void Conversation::start(std::string_view payload)
{
  const SlotIdentity identity;
  FieldReader fields(payload);
  std::string out(fields.octets(4)); // the version
  for (const auto& [name, value] :
       {std::pair<std::string_view, std::string_view>{"user", identity.user},
        {"database", identity.database}}) {
    append_text(out, name);
    append_text(out, value);
  }
  for (;;) {
    const std::string_view name = fields.text();
    if (!fields.ok() || name.empty()) {
      break;
    }
    const std::string_view value = fields.text();
    if (name != "user" && name != "database" && name != "replication") {
      append_text(out, name);
      append_text(out, value);
    }
  }
  if (!fields.ok()) {
    break_off("the beginning of the connection is not whole");
    return;
  }
  out.push_back('\0');
  append_message(to_server_, '\0', out);
  client_.begin_types(static_cast<std::size_t>(limits_.max_message_bytes));
  phase_ = Phase::ready;
}

void Conversation::ask(const Message& message)
{
  if (requests_.size() >= k_most_requests || statements_.size() + portals_.size() >= k_most_names
      || kept_bytes_ > k_most_kept_bytes) {
    break_off("too many requests without an end");
    return;
  }
  switch (message.type) {
  case 'P':
    parse(message.payload);
    break;
  case 'B':
    bind(message.payload);
    break;
  case 'D':
    push(Asked::describe);
    break;
  case 'E':
    execute(message.payload);
    break;
  case 'C':
    close(message.payload);
    break;
  case 'Q':
    query(message.payload);
    break;
  case 'S':
    push(Asked::sync);
    break;
  case 'H': // flush
  case 'd': // data, end and failure of a COPY
  case 'c':
  case 'f':
    break;
  case 'X':
    phase_ = Phase::over;
    break;
  default: // fast-path calls, passwords that nobody asked for
    break_off("this kind of message is not taken");
    break;
  }
  if (!broken_) {
    to_server_.append(message.whole);
  }
}

Conversation::Text Conversation::text_of(std::string_view sql) const
{
  const std::string_view kept = cut_text(sql, static_cast<std::size_t>(limits_.log_sql_bytes));
  // The log is text; what is none is shown as far as it is.
  std::string shown(kept);
  if (!wire::is_utf8(shown)) {
    std::ranges::replace_if(
      shown, [](char letter) { return (static_cast<unsigned char>(letter) & 0x80U) != 0; }, '?');
  }
  return {std::make_shared<const std::string>(std::move(shown)),
          kept.size() != sql.size(),
          kind_of_statement(sql)};
}

void Conversation::push(Asked asked, Text text, StatementRecord* record)
{
  requests_.push_back({asked, std::move(text), record, false, 0, Clock::now()});
}

void Conversation::parse(std::string_view payload)
{
  FieldReader fields(payload);
  const std::string name(fields.text());
  const std::string_view sql = fields.text();
  if (!fields.ok() || sql.size() > static_cast<std::size_t>(limits_.max_sql_bytes)) {
    break_off("a statement is not whole or too long");
    return;
  }
  Text text = text_of(sql);
  kept_bytes_ += text.sql->size() + name.size();
  statements_[name] = text;
  push(Asked::parse, std::move(text), nullptr);
}

void Conversation::bind(std::string_view payload)
{
  FieldReader fields(payload);
  const std::string portal(fields.text());
  const std::string_view statement = fields.text();
  std::vector<bool> binary;
  for (int left = fields.int16() & 0xFFFF; left > 0 && fields.ok(); --left) {
    binary.push_back(fields.int16() != 0);
  }
  const int count = fields.int16() & 0xFFFF;
  std::string values;
  int written = 0;
  wire::Writer out(values);
  for (int i = 0; i < count && fields.ok(); ++i) {
    const std::int32_t size = fields.int32();
    const std::string_view value =
      size < 0 ? std::string_view() : fields.octets(static_cast<std::size_t>(size));
    const auto place = static_cast<std::size_t>(i);
    const bool in_binary =
      binary.size() == 1 ? binary.front() : place < binary.size() && binary[place];
    if (values.size() > static_cast<std::size_t>(limits_.log_parameter_bytes)) {
      continue; // what follows would be cut anyway
    }
    if (size < 0) {
      out.none();
    } else {
      write_value(out, value, in_binary);
    }
    ++written;
  }
  if (!fields.ok()) {
    break_off("parameters are not whole");
    return;
  }
  Portal& made = portals_[portal];
  made = {};
  const auto found = statements_.find(statement);
  if (found != statements_.end()) {
    made.text = found->second;
  }
  if (count > 0) {
    wire::Writer(made.parameters).list(static_cast<std::size_t>(written));
    made.parameters += values;
  }
  push(Asked::bind, made.text, nullptr);
}

StatementRecord* Conversation::begin(const Text& text, std::string_view parameters)
{
  if (text.sql == nullptr) {
    return nullptr;
  }
  StatementRecord* const record = log_.add(connection_, text.sql, text.cut, text.kind, parameters);
  if (record != nullptr) {
    record->executions = 1;
  }
  return record;
}

void Conversation::execute(std::string_view payload)
{
  FieldReader fields(payload);
  const std::string_view name = fields.text();
  const auto portal = portals_.find(name);
  if (!fields.ok()) {
    break_off("a request is not whole");
    return;
  }
  if (portal == portals_.end()) {
    push(Asked::execute);
    return;
  }
  StatementRecord* record = std::exchange(portal->second.suspended, nullptr);
  if (record == nullptr) {
    record = begin(portal->second.text, portal->second.parameters);
  }
  push(Asked::execute, portal->second.text, record);
}

void Conversation::close(std::string_view payload)
{
  FieldReader fields(payload);
  const std::string_view what = fields.octets(1);
  const std::string name(fields.text());
  if (!fields.ok()) {
    break_off("a request is not whole");
    return;
  }
  if (what == "S") {
    statements_.erase(name);
  } else {
    portals_.erase(name);
  }
  push(Asked::close);
}

void Conversation::query(std::string_view payload)
{
  FieldReader fields(payload);
  const std::string_view sql = fields.text();
  if (!fields.ok() || sql.size() > static_cast<std::size_t>(limits_.max_sql_bytes)) {
    break_off("a statement is not whole or too long");
    return;
  }
  Text text = text_of(sql);
  StatementRecord* const record = begin(text, {});
  push(Asked::query, std::move(text), record);
}

} // namespace assay::broker::postgres
