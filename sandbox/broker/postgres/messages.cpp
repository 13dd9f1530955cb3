// SPDX-License-Identifier: MIT
#include "sandbox/broker/postgres/messages.hpp"

namespace assay::broker::postgres {

namespace {

constexpr std::size_t k_length_octets = 4;

std::uint32_t big_endian(std::string_view octets)
{
  std::uint32_t number = 0;
  for (const char octet : octets) {
    number = (number << 8U) | static_cast<unsigned char>(octet);
  }
  return number;
}

} // namespace

std::string_view FieldReader::octets(std::size_t count)
{
  if (!ok_ || count > left_.size()) {
    ok_ = false;
    return {};
  }
  const std::string_view taken = left_.substr(0, count);
  left_.remove_prefix(count);
  return taken;
}

std::int32_t FieldReader::int32()
{
  return static_cast<std::int32_t>(big_endian(octets(4)));
}

std::int16_t FieldReader::int16()
{
  return static_cast<std::int16_t>(big_endian(octets(2)));
}

std::string_view FieldReader::text()
{
  const std::size_t end = left_.find('\0');
  if (!ok_ || end == std::string_view::npos) {
    ok_ = false;
    return {};
  }
  const std::string_view found = left_.substr(0, end);
  left_.remove_prefix(end + 1);
  return found;
}

void MessageStream::add(std::string_view octets)
{
  buffer_.erase(0, taken_);
  taken_ = 0;
  buffer_.append(octets);
}

std::optional<Message> MessageStream::next()
{
  const std::string_view left = std::string_view(buffer_).substr(taken_);
  const std::size_t head = (typed_ ? 1 : 0) + k_length_octets;
  if (broken_ || left.size() < head) {
    return std::nullopt;
  }
  const std::size_t length = big_endian(left.substr(head - k_length_octets, k_length_octets));
  // The length counts itself.
  if (length < k_length_octets || length > most_) {
    broken_ = true;
    return std::nullopt;
  }
  const std::size_t size = length + (typed_ ? 1 : 0);
  if (left.size() < size) {
    return std::nullopt;
  }
  taken_ += size;
  const std::string_view whole = left.substr(0, size);
  return Message{typed_ ? whole.front() : '\0', whole, whole.substr(head)};
}

void append_int32(std::string& out, std::int32_t number)
{
  const auto bits = static_cast<std::uint32_t>(number);
  for (const unsigned shift : {24U, 16U, 8U, 0U}) {
    out.push_back(static_cast<char>((bits >> shift) & 0xFFU));
  }
}

void append_text(std::string& out, std::string_view text)
{
  out.append(text.substr(0, text.find('\0')));
  out.push_back('\0');
}

void append_message(std::string& out, char type, std::string_view payload)
{
  if (type != '\0') {
    out.push_back(type);
  }
  append_int32(out, static_cast<std::int32_t>(payload.size() + k_length_octets));
  out.append(payload);
}

std::string fatal_error(std::string_view sqlstate, std::string_view text)
{
  std::string fields;
  for (const auto& [code, value] : {std::pair<char, std::string_view>{'S', "FATAL"},
                                    {'V', "FATAL"},
                                    {'C', sqlstate},
                                    {'M', text}}) {
    fields.push_back(code);
    append_text(fields, value);
  }
  fields.push_back('\0');
  std::string out;
  append_message(out, 'E', fields);
  return out;
}

} // namespace assay::broker::postgres
