// SPDX-License-Identifier: MIT
// Private to this module: model values as documents.
#pragma once

#include "engine/base/clock.hpp"
#include "engine/codec/document.hpp"
#include "engine/codec/enums.hpp"
#include "engine/codec/members.hpp"
#include "engine/codec/time.hpp"

#include <cmath>
#include <concepts>
#include <map>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

namespace assay::codec {

struct Writer {
  static Document written(const std::string& value) { return value; }

  static Document written(Points value) { return value.hundredths; }

  static Document written(Instant value) { return time_text(value); }

  template<class T>
  static Document written(const std::optional<T>& value)
  {
    return value ? written(*value) : Document(nullptr);
  }

  template<class T>
  static Document written(const std::vector<T>& values)
  {
    Document list = Document::array();
    for (const T& value : values) {
      list.push_back(written(value));
    }
    return list;
  }

  template<class T>
  static Document written(const std::map<std::string, T>& values)
  {
    Document record = Document::object();
    for (const auto& [name, value] : values) {
      record[name] = written(value);
    }
    return record;
  }

  template<class T>
  static Document written(const std::pair<std::string, T>& value)
  {
    return Document::array({written(value.first), written(value.second)});
  }

  template<class T>
  static Document written(const T& value)
  {
    if constexpr (std::is_enum_v<T>) {
      return Document(std::string(word(value)));
    } else if constexpr (std::same_as<T, bool> || std::integral<T>) {
      return Document(value);
    } else if constexpr (std::floating_point<T>) {
      return Document(std::isfinite(value) ? value : T{0});
    } else {
      Document record = Document::object();
      members(Of<T>{},
              [&](const char* name, auto member) { record[name] = written(value.*member); });
      return record;
    }
  }
};

} // namespace assay::codec
