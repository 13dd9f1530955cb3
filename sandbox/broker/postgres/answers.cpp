// SPDX-License-Identifier: MIT
// The server's half of a conversation: what each answer says of the request it is for.
#include "sandbox/broker/postgres/conversation.hpp"
#include "sandbox/broker/postgres/statement_kind.hpp"
#include "sandbox/wire/codec.hpp"

namespace assay::broker::postgres {

namespace {

constexpr std::size_t k_longest_error = 500;

/// One field of an ErrorResponse or NoticeResponse.
std::string_view field_of(std::string_view payload, char wanted)
{
  FieldReader fields(payload);
  while (fields.ok() && !fields.empty()) {
    const std::string_view code = fields.octets(1);
    if (code.empty() || code.front() == '\0') {
      break;
    }
    const std::string_view value = fields.text();
    if (code.front() == wanted) {
      return value;
    }
  }
  return {};
}

std::string valid_text(std::string_view text)
{
  const std::string_view cut = cut_text(text, k_longest_error);
  return wire::is_utf8(cut) ? std::string(cut) : "an error whose text is not UTF-8";
}

} // namespace

void Conversation::from_server(std::string_view octets)
{
  server_.add(octets);
  while (exceeded_ == Exceeded::nothing) {
    const auto message = server_.next();
    if (!message) {
      break;
    }
    answer(*message);
    if (exceeded_ == Exceeded::nothing) {
      to_client_.append(message->whole);
    }
  }
  if (server_.broken() && phase_ != Phase::over) {
    break_off("the server's answer is too long");
  }
}

void Conversation::answer(const Message& message)
{
  switch (message.type) {
  case 'K': { // BackendKeyData
    FieldReader fields(message.payload);
    const std::int32_t process = fields.int32();
    backend_ = BackendKey{process, fields.int32()};
    break;
  }
  case '1':
    pop(Asked::parse);
    break;
  case '2':
    pop(Asked::bind);
    break;
  case '3':
    pop(Asked::close);
    break;
  case 'n': // no data
    pop(Asked::describe);
    break;
  case 'T': // row description: of a query's rows, or the answer to a describe
    if (!requests_.empty() && requests_.front().asked == Asked::describe) {
      requests_.pop_front();
    }
    break;
  case 'D':
  case 'd': // a row of a COPY
    answer_row(message.payload.size());
    break;
  case 'C':
    complete(FieldReader(message.payload).text());
    break;
  case 'I': // an empty statement
  case 's': // more rows later
    if (!requests_.empty() && requests_.front().asked == Asked::execute) {
      if (message.type == 's') {
        const StatementRecord* const record = requests_.front().record;
        for (auto& [name, portal] : portals_) {
          if (record != nullptr && portal.text.sql == requests_.front().text.sql) {
            portal.suspended = requests_.front().record;
            break;
          }
        }
      }
      requests_.pop_front();
    }
    break;
  case 'E':
    answer_error(message.payload);
    break;
  case 'Z':
    // What came before it without an answer was skipped by the server.
    while (!requests_.empty()) {
      const Asked asked = requests_.front().asked;
      requests_.pop_front();
      if (asked == Asked::sync || asked == Asked::query) {
        break;
      }
    }
    break;
  default:
    break;
  }
}

void Conversation::pop(Asked asked)
{
  if (!requests_.empty() && requests_.front().asked == asked) {
    requests_.pop_front();
  }
}

void Conversation::answer_row(std::size_t bytes)
{
  if (requests_.empty()) {
    return;
  }
  Request& request = requests_.front();
  if (request.record == nullptr && request.more) {
    request.record = begin(request.text, {});
  }
  request.bytes += static_cast<std::int64_t>(bytes);
  const std::int64_t rows = request.record == nullptr ? 0 : ++request.record->rows_returned;
  if (rows > limits_.max_rows) {
    exceed(Exceeded::rows);
  } else if (request.bytes > limits_.max_result_bytes) {
    exceed(Exceeded::bytes);
  }
}

void Conversation::complete(std::string_view tag)
{
  if (requests_.empty()) {
    return;
  }
  Request& request = requests_.front();
  if (request.record == nullptr && request.more) {
    // The second and every later statement of one text.
    request.text.kind = kind_of_tag(tag);
    request.record = begin(request.text, {});
  }
  if (request.record != nullptr) {
    request.record->rows_changed += rows_in_tag(tag);
    request.record->duration += Clock::now() - request.since;
  }
  if (request.asked == Asked::execute) {
    requests_.pop_front();
  } else if (request.asked == Asked::query) {
    request.record = nullptr;
    request.more = true;
    request.bytes = 0;
    request.since = Clock::now();
  }
}

void Conversation::answer_error(std::string_view payload)
{
  if (requests_.empty()) {
    return;
  }
  Request& request = requests_.front();
  // Of a statement that is refused when it is parsed the execution may be asked for already.
  StatementRecord* record = request.record;
  for (const Request& later : requests_) {
    if (record != nullptr || later.asked == Asked::sync) {
      break;
    }
    record = later.record;
  }
  if (record == nullptr) {
    record = begin(request.text, {});
  }
  if (record != nullptr) {
    record->error = valid_text(field_of(payload, 'M'));
    record->error_code = sqlite_code_of(field_of(payload, 'C'));
    record->duration += Clock::now() - request.since;
  }
  if (request.asked == Asked::query || request.asked == Asked::sync) {
    request.record = nullptr;
    request.text = {};
    return;
  }
  while (!requests_.empty() && requests_.front().asked != Asked::sync) {
    requests_.pop_front();
  }
}

std::optional<Conversation::Clock::time_point> Conversation::running_since() const
{
  for (const Request& request : requests_) {
    if (request.record != nullptr || request.asked == Asked::query) {
      return request.since;
    }
  }
  return std::nullopt;
}

void Conversation::exceed(Exceeded limit)
{
  exceeded_ = limit;
  for (const Request& request : requests_) {
    if (request.record != nullptr) {
      request.record->exceeded = limit;
      request.record->duration += Clock::now() - request.since;
      break;
    }
  }
  const std::string text =
    limit == Exceeded::rows
      ? "statement returned more than " + std::to_string(limits_.max_rows) + " rows"
    : limit == Exceeded::bytes
      ? "statement returned more than " + std::to_string(limits_.max_result_bytes) + " bytes"
      : "statement ran longer than " + std::to_string(limits_.statement_time.count()) + " ms";
  to_client_ += fatal_error("57014", text);
  phase_ = Phase::over;
}

} // namespace assay::broker::postgres
