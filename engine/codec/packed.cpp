// SPDX-License-Identifier: MIT
#include "engine/codec/packed.hpp"

#include "engine/base/clock.hpp"
#include "engine/base/digest.hpp"
#include "engine/base/text.hpp"
#include "engine/codec/enums.hpp"
#include "engine/codec/members.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <map>
#include <optional>
#include <set>
#include <type_traits>
#include <typeindex>
#include <utility>
#include <vector>

namespace assay::codec {

namespace {

class PackWriter {
public:
  void write(const std::string& text)
  {
    if (!is_utf8(text)) {
      write(to_utf8_lossy(text)); // as JSON has it
      return;
    }
    write_size(text.size());
    bytes_ += text;
  }

  void write(Points points) { write(points.hundredths); }

  void write(Instant instant) { write(std::int64_t{instant.time_since_epoch().count()}); }

  template<class T>
  void write(const std::optional<T>& value)
  {
    write(value.has_value());
    if (value) {
      write(*value);
    }
  }

  template<class T>
  void write(const std::vector<T>& values)
  {
    write_size(values.size());
    for (const T& value : values) {
      write(value);
    }
  }

  template<class T>
  void write(const std::map<std::string, T>& values)
  {
    write_size(values.size());
    for (const auto& [name, value] : values) {
      write(name);
      write(value);
    }
  }

  template<class T>
  void write(const std::pair<std::string, T>& value)
  {
    write(value.first);
    write(value.second);
  }

  template<class T>
  void write(const T& value)
  {
    if constexpr (std::is_enum_v<T>) {
      write_size(static_cast<std::uint64_t>(value));
    } else if constexpr (std::same_as<T, bool>) {
      bytes_ += value ? '\1' : '\0';
    } else if constexpr (std::integral<T>) {
      const auto number = static_cast<std::int64_t>(value);
      write_size((static_cast<std::uint64_t>(number) << 1U)
                 ^ static_cast<std::uint64_t>(number >> 63));
    } else if constexpr (std::floating_point<T>) {
      const double number = std::isfinite(value) ? static_cast<double>(value) : 0.0;
      const auto bits = std::bit_cast<std::array<char, sizeof(double)>>(number);
      bytes_.append(bits.data(), bits.size());
    } else {
      members(Of<T>{}, [&](const char*, auto member) { write(value.*member); });
    }
  }

  std::string take() { return std::move(bytes_); }

private:
  void write_size(std::uint64_t number)
  {
    while (number >= 0x80) {
      bytes_ += static_cast<char>(number | 0x80U);
      number >>= 7U;
    }
    bytes_ += static_cast<char>(number);
  }

  std::string bytes_;
};

/// Thrown by PackReader, caught where reading starts; never leaves this file.
struct DamagedPack {};

class PackReader {
public:
  explicit PackReader(std::string_view bytes)
    : rest_(bytes)
  {
  }

  void read(std::string& text) { text = take(read_size()); }

  void read(Points& points) { read(points.hundredths); }

  void read(Instant& instant)
  {
    std::int64_t seconds = 0;
    read(seconds);
    instant = Instant{std::chrono::seconds{seconds}};
  }

  template<class T>
  void read(std::optional<T>& value)
  {
    bool present = false;
    read(present);
    value.reset();
    if (present) {
      read(value.emplace());
    }
  }

  template<class T>
  void read(std::vector<T>& values)
  {
    const std::uint64_t size = read_size();
    if (size > rest_.size()) {
      throw DamagedPack{}; // every item takes a byte or more
    }
    values.clear();
    values.reserve(size);
    for (std::uint64_t i = 0; i < size; ++i) {
      read(values.emplace_back());
    }
  }

  template<class T>
  void read(std::map<std::string, T>& values)
  {
    values.clear();
    for (std::uint64_t left = read_size(); left > 0; --left) {
      std::string name;
      read(name);
      read(values.emplace_hint(values.end(), std::move(name), T{})->second);
    }
  }

  template<class T>
  void read(std::pair<std::string, T>& value)
  {
    read(value.first);
    read(value.second);
  }

  template<class T>
  void read(T& value)
  {
    if constexpr (std::is_enum_v<T>) {
      const std::uint64_t number = read_size();
      if (number >= Words<T>::list.size()) {
        throw DamagedPack{};
      }
      value = static_cast<T>(number);
    } else if constexpr (std::same_as<T, bool>) {
      value = take(1).front() != '\0';
    } else if constexpr (std::integral<T>) {
      const std::uint64_t number = read_size();
      const auto whole = static_cast<std::int64_t>((number >> 1U) ^ (~(number & 1U) + 1U));
      if (!std::in_range<T>(whole)) {
        throw DamagedPack{};
      }
      value = static_cast<T>(whole);
    } else if constexpr (std::floating_point<T>) {
      std::array<char, sizeof(double)> bits{};
      std::memcpy(bits.data(), take(bits.size()).data(), bits.size());
      value = static_cast<T>(std::bit_cast<double>(bits));
    } else {
      members(Of<T>{}, [&](const char*, auto member) { read(value.*member); });
    }
  }

  [[nodiscard]] bool finished() const { return rest_.empty(); }

private:
  std::string_view take(std::uint64_t size)
  {
    if (size > rest_.size()) {
      throw DamagedPack{};
    }
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  std::uint64_t read_size()
  {
    std::uint64_t number = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const auto byte = static_cast<unsigned char>(take(1).front());
      number |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
      if ((byte & 0x80U) == 0) {
        return number;
      }
    }
    throw DamagedPack{};
  }

  std::string_view rest_;
};

/// Spells out a type, each record once.
class LayoutText {
public:
  template<class T>
  void add(const T*)
  {
    if constexpr (std::is_enum_v<T>) {
      text_ += "enum(";
      for (const std::string_view each : Words<T>::list) {
        text_ += std::string(each) + ",";
      }
      text_ += ")";
    } else if constexpr (
      std::same_as<
        T,
        bool> || std::same_as<T, std::string> || std::same_as<T, Points> || std::same_as<T, Instant>) {
      text_ += std::string("plain ") + typeid(T).name();
    } else if constexpr (std::is_arithmetic_v<T>) {
      text_ += std::floating_point<T> ? "real" : "whole";
    } else if (seen_.insert(std::type_index(typeid(T))).second) {
      text_ += "{";
      members(Of<T>{}, [&](const char* name, auto member) {
        text_ += std::string(name) + ":";
        using Member = std::remove_cvref_t<decltype(std::declval<T&>().*member)>;
        add(static_cast<const Member*>(nullptr));
        text_ += ";";
      });
      text_ += "}";
    } else {
      text_ += typeid(T).name();
    }
  }

  template<class T>
  void add(const std::optional<T>*)
  {
    text_ += "?";
    add(static_cast<const T*>(nullptr));
  }

  template<class T>
  void add(const std::vector<T>*)
  {
    text_ += "*";
    add(static_cast<const T*>(nullptr));
  }

  template<class T>
  void add(const std::map<std::string, T>*)
  {
    text_ += "map ";
    add(static_cast<const T*>(nullptr));
  }

  template<class T>
  void add(const std::pair<std::string, T>*)
  {
    text_ += "pair ";
    add(static_cast<const T*>(nullptr));
  }

  [[nodiscard]] const std::string& text() const { return text_; }

private:
  std::string text_;
  std::set<std::type_index> seen_;
};

template<typename T>
std::string packed(const T& value)
{
  PackWriter writer;
  writer.write(value);
  return writer.take();
}

template<class T>
Result<T> unpack(std::string_view bytes, const char* damaged)
{
  try {
    PackReader reader(bytes);
    T value;
    reader.read(value);
    if (reader.finished()) {
      return value;
    }
  } catch (const DamagedPack&) { // NOLINT(bugprone-empty-catch): answered below
  }
  return Error{ErrorCode::invalid_input, damaged};
}

} // namespace

const std::string& packed_layout()
{
  static const std::string k_layout = [] {
    LayoutText layout;
    layout.add(static_cast<const Facts*>(nullptr));
    return sha256(layout.text());
  }();
  return k_layout;
}

std::string pack(const Facts& facts)
{
  return packed(facts);
}

Result<Facts> unpack_facts(std::string_view bytes)
{
  return unpack<Facts>(bytes, "the packed facts are damaged");
}

std::string pack(const TreeFingerprints& tree)
{
  return packed(tree);
}

Result<TreeFingerprints> unpack_fingerprints(std::string_view bytes)
{
  return unpack<TreeFingerprints>(bytes, "the packed fingerprints are damaged");
}

} // namespace assay::codec
