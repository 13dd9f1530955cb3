// SPDX-License-Identifier: MIT
// Messages of PostgreSQL's protocol 3: how they are framed and what their fields are made of. Both
// ends are hostile: the candidate speaks as it likes, and the server holds what it was told.
// Source: https://www.postgresql.org/docs/17/protocol-message-formats.html
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace assay::broker::postgres {

/// Reads the fields of one message; after the first one that is not there all are empty or 0 and
/// ok() is false.
class FieldReader {
public:
  explicit FieldReader(std::string_view octets)
    : left_(octets)
  {
  }

  std::int32_t int32();
  std::int16_t int16();
  /// Up to the next zero, which is taken too.
  std::string_view text();
  std::string_view octets(std::size_t count);

  [[nodiscard]] bool ok() const { return ok_; }

  [[nodiscard]] bool empty() const { return left_.empty(); }

private:
  std::string_view left_;
  bool ok_ = true;
};

/// One message: its type (0 for those at the start of a connection, which have none), the whole of
/// its octets and what follows its length.
struct Message {
  char type = 0;
  std::string_view whole;
  std::string_view payload;
};

/// Cuts a stream of octets into messages.
class MessageStream {
public:
  /// `typed`: whether messages begin with a type, see begin_types(). Messages above `most` octets
  /// are refused.
  MessageStream(std::size_t most, bool typed)
    : most_(most),
      typed_(typed)
  {
  }

  void add(std::string_view octets);

  /// The next whole message; it is valid until more is added. Nothing where it has not come whole,
  /// or broken().
  std::optional<Message> next();

  /// From now on messages have a type.
  void begin_types(std::size_t most)
  {
    typed_ = true;
    most_ = most;
  }

  /// A length that no message has.
  [[nodiscard]] bool broken() const { return broken_; }

private:
  std::string buffer_;
  std::size_t taken_ = 0;
  std::size_t most_;
  bool typed_;
  bool broken_ = false;
};

/// Appends one message; `type` 0 writes none.
void append_message(std::string& out, char type, std::string_view payload);

void append_int32(std::string& out, std::int32_t number);

/// `text` and a zero; `text` ends before its first zero.
void append_text(std::string& out, std::string_view text);

/// A FATAL ErrorResponse: what the server sends before it closes a connection.
std::string fatal_error(std::string_view sqlstate, std::string_view text);

} // namespace assay::broker::postgres
