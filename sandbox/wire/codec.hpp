// SPDX-License-Identifier: MIT
// The encoding of Values.
//
// The layout is the part of Python's marshal format, version 2, that plain values need: one tag
// octet, then little-endian fixed fields. Python's end therefore encodes in C at no cost per value,
// and reads what we send with its own reader; this end trusts nothing and accepts these tags only:
//
//   N T F            None, True, False
//   i <int32>        integer
//   l <int32 n> n x <uint16 below 2^15>   integer, |n| digits of 15 bits, least first; the sign is
//   the sign of n g <float64>      real u|t <uint32 n> n octets               text, UTF-8 without
//   surrogates s <uint32 n> n octets                 bytes
//   [|( <uint32 n> n values               list
//   { (text value)* 0                     dict, each key once
//
// A format of our own was the alternative: the same code here, and some 5 microseconds more per
// statement in Python.
#pragma once

#include "sandbox/wire/value.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace assay::wire {

struct Limits {
  std::size_t max_bytes = 256 * 1024; ///< of the whole encoding
  std::size_t max_items = 100'000;    ///< values, however nested
  int max_depth = 16;                 ///< containers inside containers; a plain value has depth 0
};

enum class Fault {
  too_long,  ///< more than max_bytes
  truncated, ///< ends inside a value
  trailing,  ///< octets after the value
  tag,       ///< a tag that is not in the table
  depth,     ///< more than max_depth
  items,     ///< more than max_items
  number,    ///< an integer outside 64 bits or not in its one form
  text,      ///< not UTF-8
  key,       ///< a dict key that is no text or occurs twice
};

/// One clear line for `fault`.
std::string_view describe(Fault fault);

enum class Kind { none, boolean, integer, real, text, bytes, list, dict, end };

/// One step through an encoding. `text` views the buffer being read.
struct Token {
  Kind kind = Kind::none;
  bool truth = false;
  std::int64_t integer = 0;
  double real = 0;
  std::string_view text; ///< of text and bytes
  std::size_t count = 0; ///< of a list: values that follow
};

/// Reads an encoding value by value without allocating; for messages too frequent to build a Value
/// of each.
///
/// After a list token follow `count` values, after a dict token key and value tokens up to an end
/// token. The reader counts items and bytes; depth is the business of whoever recurses (see skip()
/// and decode()).
class Reader {
public:
  Reader(std::string_view bytes, const Limits& limits);

  /// The next token, or nothing when the encoding is at fault (then fault() says why, for good).
  std::optional<Token> next();

  /// The next token if it is of `kind`; any other token is a fault.
  std::optional<Token> next(Kind kind);

  /// Passes over one value and all inside it.
  bool skip();

  /// Everything read and nothing wrong; octets left over are a fault.
  bool finish();

  [[nodiscard]] std::optional<Fault> fault() const { return fault_; }

  [[nodiscard]] std::size_t position() const { return position_; }

  [[nodiscard]] const Limits& limits() const { return limits_; }

  /// Ends the reading with `fault`.
  std::nullopt_t refuse(Fault fault);

private:
  std::optional<Token> long_integer();
  std::optional<Token> octets(Kind kind);
  bool skip(int depth);
  template<class T>
  std::optional<T> fixed();

  std::string_view bytes_;
  Limits limits_;
  std::size_t position_ = 0;
  std::size_t items_ = 0;
  std::optional<Fault> fault_;
};

/// One value from exactly `bytes`.
std::variant<Value, Fault> decode(std::string_view bytes, const Limits& limits);

/// Appends values to a buffer; lists and tuples are announced with their count.
class Writer {
public:
  explicit Writer(std::string& out)
    : out_(&out)
  {
  }

  void none() { out_->push_back('N'); }

  void boolean(bool truth) { out_->push_back(truth ? 'T' : 'F'); }

  void integer(std::int64_t number);
  void real(double number);
  /// `text` must be valid UTF-8.
  void text(std::string_view text);
  void bytes(std::string_view octets);
  void list(std::size_t count);
  /// What Python reads as a tuple.
  void tuple(std::size_t count);

  void dict() { out_->push_back('{'); }

  void end_dict() { out_->push_back('0'); }

  void value(const Value& value);

private:
  void count(char tag, std::size_t count);

  std::string* out_;
};

/// The encoding of `value`. Text must be valid UTF-8.
std::string encode(const Value& value);

/// Whether `text` is UTF-8 as RFC 3629 has it: no surrogates, nothing overlong.
bool is_utf8(std::string_view text);

} // namespace assay::wire
