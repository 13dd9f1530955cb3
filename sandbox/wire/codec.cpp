// SPDX-License-Identifier: MIT
#include "sandbox/wire/codec.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <utility>

namespace assay::wire {

static_assert(std::endian::native == std::endian::little, "fixed fields are copied as they are");

namespace {

constexpr int k_digit_bits = 15;
constexpr std::int32_t k_most_digits = 5; // 75 bits: the first count that holds 64

bool is_continuation(char octet)
{
  return (static_cast<unsigned char>(octet) & 0xC0U) == 0x80U;
}

/// Octets of the UTF-8 sequence at the start of `text`, 0 when there is none.
std::size_t sequence(std::string_view text)
{
  const auto at = [&](std::size_t index) { return static_cast<unsigned char>(text[index]); };
  const unsigned lead = at(0);
  if (lead < 0x80) {
    return 1;
  }
  const std::size_t size = lead < 0xC2   ? 0
                           : lead < 0xE0 ? 2
                           : lead < 0xF0 ? 3
                           : lead < 0xF5 ? 4
                                         : 0;
  if (size == 0 || text.size() < size) {
    return 0;
  }
  for (std::size_t index = 1; index < size; ++index) {
    if (!is_continuation(text[index])) {
      return 0;
    }
  }
  const bool overlong = (lead == 0xE0 && at(1) < 0xA0) || (lead == 0xF0 && at(1) < 0x90);
  const bool outside = (lead == 0xED && at(1) > 0x9F) || (lead == 0xF4 && at(1) > 0x8F);
  return overlong || outside ? 0 : size;
}

std::optional<Value> read_value(Reader& reader, int depth);

std::optional<Value> read_list(Reader& reader, std::size_t count, int depth)
{
  Value::List list;
  for (std::size_t index = 0; index < count; ++index) {
    auto item = read_value(reader, depth);
    if (!item) {
      return std::nullopt;
    }
    list.push_back(std::move(*item));
  }
  return Value(std::move(list));
}

std::optional<Value> read_dict(Reader& reader, int depth)
{
  Value::Dict dict;
  std::vector<std::string_view> keys;
  for (;;) {
    const auto key = reader.next();
    if (!key) {
      return std::nullopt;
    }
    if (key->kind == Kind::end) {
      break;
    }
    if (key->kind != Kind::text) {
      return reader.refuse(Fault::key);
    }
    auto item = read_value(reader, depth);
    if (!item) {
      return std::nullopt;
    }
    keys.push_back(key->text);
    dict.emplace_back(std::string(key->text), std::move(*item));
  }
  std::ranges::sort(keys);
  if (std::ranges::adjacent_find(keys) != keys.end()) {
    return reader.refuse(Fault::key);
  }
  return Value(std::move(dict));
}

std::optional<Value> read_value(Reader& reader, int depth)
{
  const auto token = reader.next();
  if (!token) {
    return std::nullopt;
  }
  const bool container = token->kind == Kind::list || token->kind == Kind::dict;
  if (container && depth >= reader.limits().max_depth) {
    return reader.refuse(Fault::depth);
  }
  switch (token->kind) {
  case Kind::none:
    return Value();
  case Kind::boolean:
    return Value(token->truth);
  case Kind::integer:
    return Value(token->integer);
  case Kind::real:
    return Value(token->real);
  case Kind::text:
    return Value(std::string(token->text));
  case Kind::bytes:
    return Value(Bytes{std::string(token->text)});
  case Kind::list:
    return read_list(reader, token->count, depth + 1);
  case Kind::dict:
    return read_dict(reader, depth + 1);
  case Kind::end:
    break;
  }
  return reader.refuse(Fault::tag);
}

} // namespace

std::string_view describe(Fault fault)
{
  switch (fault) {
  case Fault::too_long:
    return "message is longer than its limit";
  case Fault::truncated:
    return "message ends inside a value";
  case Fault::trailing:
    return "message goes on after its value";
  case Fault::tag:
    return "message holds something that is no plain value";
  case Fault::depth:
    return "message nests too deep";
  case Fault::items:
    return "message holds too many values";
  case Fault::number:
    return "message holds an integer outside 64 bits";
  case Fault::text:
    return "message holds text that is not UTF-8";
  case Fault::key:
    return "message holds a dict key that is no text or occurs twice";
  }
  return "message is broken";
}

bool is_utf8(std::string_view text)
{
  while (!text.empty()) {
    std::uint64_t word = 0;
    if (text.size() >= sizeof word) {
      std::memcpy(&word, text.data(), sizeof word);
      if ((word & 0x8080808080808080U) == 0) {
        text.remove_prefix(sizeof word);
        continue;
      }
    }
    const std::size_t size = sequence(text);
    if (size == 0) {
      return false;
    }
    text.remove_prefix(size);
  }
  return true;
}

Reader::Reader(std::string_view bytes, const Limits& limits)
  : bytes_(bytes),
    limits_(limits)
{
  if (bytes.size() > limits.max_bytes) {
    fault_ = Fault::too_long;
  }
}

std::nullopt_t Reader::refuse(Fault fault)
{
  if (!fault_) {
    fault_ = fault;
  }
  return std::nullopt;
}

template<class T>
std::optional<T> Reader::fixed()
{
  if (bytes_.size() - position_ < sizeof(T)) {
    return refuse(Fault::truncated);
  }
  T number;
  std::memcpy(&number, bytes_.data() + position_, sizeof number);
  position_ += sizeof number;
  return number;
}

std::optional<Token> Reader::long_integer()
{
  const auto size = fixed<std::int32_t>();
  if (!size) {
    return std::nullopt;
  }
  if (*size == 0 || *size > k_most_digits || *size < -k_most_digits) {
    return refuse(Fault::number);
  }
  const int digits = *size < 0 ? -*size : *size;
  std::uint64_t magnitude = 0;
  for (int index = 0; index < digits; ++index) {
    const auto digit = fixed<std::uint16_t>();
    if (!digit) {
      return std::nullopt;
    }
    const int place = k_digit_bits * index;
    const bool leading_zero = index == digits - 1 && *digit == 0;
    if (*digit >> std::min(k_digit_bits, 64 - place) != 0 || leading_zero) {
      return refuse(Fault::number);
    }
    magnitude |= static_cast<std::uint64_t>(*digit) << place;
  }
  const std::uint64_t most = std::numeric_limits<std::int64_t>::max();
  if (magnitude > most + (*size < 0 ? 1 : 0)) {
    return refuse(Fault::number);
  }
  Token token;
  token.kind = Kind::integer;
  token.integer = static_cast<std::int64_t>(*size < 0 ? std::uint64_t{0} - magnitude : magnitude);
  return token;
}

std::optional<Token> Reader::octets(Kind kind)
{
  const auto size = fixed<std::uint32_t>();
  if (!size) {
    return std::nullopt;
  }
  if (*size > bytes_.size() - position_) {
    return refuse(Fault::truncated);
  }
  Token token;
  token.kind = kind;
  token.text = bytes_.substr(position_, *size);
  position_ += *size;
  if (kind == Kind::text && !is_utf8(token.text)) {
    return refuse(Fault::text);
  }
  return token;
}

std::optional<Token> Reader::next()
{
  if (fault_) {
    return std::nullopt;
  }
  if (position_ >= bytes_.size()) {
    return refuse(Fault::truncated);
  }
  if (++items_ > limits_.max_items) {
    return refuse(Fault::items);
  }
  Token token;
  switch (bytes_[position_++]) {
  case 'N':
    return token;
  case 'T':
  case 'F':
    token.kind = Kind::boolean;
    token.truth = bytes_[position_ - 1] == 'T';
    return token;
  case 'i':
    if (const auto number = fixed<std::int32_t>()) {
      token.kind = Kind::integer;
      token.integer = *number;
      return token;
    }
    return std::nullopt;
  case 'l':
    return long_integer();
  case 'g':
    if (const auto number = fixed<double>()) {
      token.kind = Kind::real;
      token.real = *number;
      return token;
    }
    return std::nullopt;
  case 'u':
  case 't':
    return octets(Kind::text);
  case 's':
    return octets(Kind::bytes);
  case '[':
  case '(':
    if (const auto count = fixed<std::uint32_t>()) {
      if (*count > bytes_.size() - position_) {
        return refuse(Fault::truncated);
      }
      token.kind = Kind::list;
      token.count = *count;
      return token;
    }
    return std::nullopt;
  case '{':
    token.kind = Kind::dict;
    return token;
  case '0':
    token.kind = Kind::end;
    return token;
  default:
    return refuse(Fault::tag);
  }
}

std::optional<Token> Reader::next(Kind kind)
{
  auto token = next();
  if (token && token->kind != kind) {
    return refuse(Fault::tag);
  }
  return token;
}

bool Reader::skip()
{
  return skip(0);
}

bool Reader::skip(int depth)
{
  const auto token = next();
  if (!token || token->kind == Kind::end) {
    refuse(Fault::tag);
    return false;
  }
  if (token->kind != Kind::list && token->kind != Kind::dict) {
    return true;
  }
  if (depth >= limits_.max_depth) {
    refuse(Fault::depth);
    return false;
  }
  if (token->kind == Kind::list) {
    for (std::size_t index = 0; index < token->count; ++index) {
      if (!skip(depth + 1)) {
        return false;
      }
    }
    return true;
  }
  for (;;) {
    const auto key = next();
    if (!key || key->kind == Kind::end) {
      return key.has_value();
    }
    if (key->kind != Kind::text) {
      refuse(Fault::key);
      return false;
    }
    if (!skip(depth + 1)) {
      return false;
    }
  }
}

bool Reader::finish()
{
  if (!fault_ && position_ != bytes_.size()) {
    fault_ = Fault::trailing;
  }
  return !fault_;
}

std::variant<Value, Fault> decode(std::string_view bytes, const Limits& limits)
{
  Reader reader(bytes, limits);
  auto value = read_value(reader, 0);
  if (!value || !reader.finish()) {
    return *reader.fault();
  }
  return std::move(*value);
}

namespace {

template<class T>
void append(std::string& out, T number)
{
  char octets[sizeof(T)];
  std::memcpy(octets, &number, sizeof number);
  out.append(octets, sizeof number);
}

} // namespace

void Writer::integer(std::int64_t number)
{
  if (std::in_range<std::int32_t>(number)) {
    out_->push_back('i');
    append(*out_, static_cast<std::int32_t>(number));
    return;
  }
  std::uint64_t magnitude = number < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(number)
                                       : static_cast<std::uint64_t>(number);
  std::uint16_t digits[k_most_digits];
  std::int32_t size = 0;
  for (; magnitude != 0; magnitude >>= k_digit_bits) {
    digits[size++] = static_cast<std::uint16_t>(magnitude & ((1U << k_digit_bits) - 1));
  }
  out_->push_back('l');
  append(*out_, number < 0 ? -size : size);
  for (std::int32_t index = 0; index < size; ++index) {
    append(*out_, digits[index]);
  }
}

void Writer::real(double number)
{
  out_->push_back('g');
  append(*out_, number);
}

void Writer::count(char tag, std::size_t count)
{
  out_->push_back(tag);
  append(*out_, static_cast<std::uint32_t>(count));
}

void Writer::text(std::string_view text)
{
  count('u', text.size());
  out_->append(text);
}

void Writer::bytes(std::string_view octets)
{
  count('s', octets.size());
  out_->append(octets);
}

void Writer::list(std::size_t count_of_values)
{
  count('[', count_of_values);
}

void Writer::tuple(std::size_t count_of_values)
{
  count('(', count_of_values);
}

void Writer::value(const Value& value)
{
  struct Visitor {
    Writer* self;

    void operator()(None) const { self->none(); }

    void operator()(bool truth) const { self->boolean(truth); }

    void operator()(std::int64_t number) const { self->integer(number); }

    void operator()(double number) const { self->real(number); }

    void operator()(const std::string& text) const { self->text(text); }

    void operator()(const Bytes& bytes) const { self->bytes(bytes.octets); }

    void operator()(const Value::List& list) const
    {
      self->list(list.size());
      for (const Value& item : list) {
        self->value(item);
      }
    }

    void operator()(const Value::Dict& dict) const
    {
      self->dict();
      for (const auto& [key, item] : dict) {
        self->text(key);
        self->value(item);
      }
      self->end_dict();
    }
  };

  std::visit(Visitor{this}, value.held);
}

std::string encode(const Value& value)
{
  std::string out;
  Writer(out).value(value);
  return out;
}

} // namespace assay::wire
