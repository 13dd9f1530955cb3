// SPDX-License-Identifier: MIT
// Private to this module: documents as model values, strictly.
#pragma once

#include "engine/base/clock.hpp"
#include "engine/codec/document.hpp"
#include "engine/codec/enums.hpp"
#include "engine/codec/members.hpp"

#include <fmt/format.h>

#include <concepts>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace assay::codec {

/// Thrown by Reader, caught where reading starts; never leaves the module.
struct Mismatch {
  std::string message;
};

/// Reads one document; `path` names where it stands, for messages.
class Reader {
public:
  Reader(Missing missing, std::string path)
    : missing_(missing),
      path_(std::move(path))
  {
  }

  void read(const Document& from, std::string& to)
  {
    require(from.is_string(), from, "text");
    to = from.get<std::string>();
  }

  void read(const Document& from, bool& to)
  {
    require(from.is_boolean(), from, "true or false");
    to = from.get<bool>();
  }

  void read(const Document& from, double& to)
  {
    require(from.is_number(), from, "a number");
    to = from.get<double>();
  }

  void read(const Document& from, Points& to) { read(from, to.hundredths); }

  void read(const Document& from, Instant& to)
  {
    require(from.is_string(), from, "a time");
    const auto instant = parse_instant(from.get<std::string>());
    require(instant.has_value(), from, "a time");
    to = *instant;
  }

  template<class T>
  void read(const Document& from, std::optional<T>& to)
  {
    if (from.is_null()) {
      to.reset();
      return;
    }
    read(from, to.emplace());
  }

  template<class T>
  void read(const Document& from, std::vector<T>& to)
  {
    require(from.is_array(), from, "a list");
    to.clear();
    to.reserve(from.size());
    for (std::size_t i = 0; i < from.size(); ++i) {
      within(fmt::format("[{}]", i), [&] { read(from[i], to.emplace_back()); });
    }
  }

  template<class T>
  void read(const Document& from, std::map<std::string, T>& to)
  {
    require(from.is_object(), from, "a record");
    to.clear();
    for (const auto& item : from.items()) {
      within("." + item.key(), [&] { read(item.value(), to[item.key()]); });
    }
  }

  template<class T>
  void read(const Document& from, std::pair<std::string, T>& to)
  {
    require(from.is_array() && from.size() == 2, from, "a pair");
    within("[0]", [&] { read(from[0], to.first); });
    within("[1]", [&] { read(from[1], to.second); });
  }

  template<class T>
  void read(const Document& from, T& to)
  {
    if constexpr (std::is_enum_v<T>) {
      read_word(from, to);
    } else if constexpr (std::integral<T>) {
      read_integer(from, to);
    } else {
      read_record(from, to);
    }
  }

private:
  template<class T>
  void read_word(const Document& from, T& to)
  {
    require(from.is_string(), from, "a word");
    const auto text = from.get<std::string>();
    const auto value = from_word<T>(text);
    if (!value) {
      throw Mismatch{fmt::format("{}: unknown value \"{}\"", path_, text)};
    }
    to = *value;
  }

  template<class T>
  void read_integer(const Document& from, T& to)
  {
    require(from.is_number_integer(), from, "a whole number");
    const bool too_large =
      from.is_number_unsigned() && !std::in_range<T>(from.get<std::uint64_t>());
    if (too_large || !std::in_range<T>(from.get<std::int64_t>())) {
      throw Mismatch{fmt::format("{}: {} is out of range", path_, from.dump())};
    }
    to = from.get<T>();
  }

  template<class T>
  void read_record(const Document& from, T& to)
  {
    require(from.is_object(), from, "a record");
    std::size_t found = 0;
    members(Of<T>{}, [&](const char* name, auto member) {
      const auto item = from.find(name);
      if (item != from.end()) {
        ++found;
        within(std::string(".") + name, [&] { read(*item, to.*member); });
      } else if (missing_ == Missing::refused) {
        throw Mismatch{fmt::format("{}: no member \"{}\"", path_, name)};
      }
    });
    if (found != from.size()) {
      refuse_unknown<T>(from);
    }
  }

  template<class T>
  void refuse_unknown(const Document& from) const
  {
    for (const auto& item : from.items()) {
      bool known = false;
      members(Of<T>{}, [&](const char* name, auto) { known = known || item.key() == name; });
      if (!known) {
        throw Mismatch{fmt::format("{}: unknown member \"{}\"", path_, item.key())};
      }
    }
  }

  void require(bool fits, const Document& from, std::string_view wanted) const
  {
    if (!fits) {
      throw Mismatch{fmt::format("{}: {} is wanted, not {}", path_, wanted, from.type_name())};
    }
  }

  template<class Action>
  void within(const std::string& step, Action action)
  {
    const std::size_t length = path_.size();
    path_ += step;
    action();
    path_.resize(length);
  }

  Missing missing_;
  std::string path_;
};

} // namespace assay::codec
