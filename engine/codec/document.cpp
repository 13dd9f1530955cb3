// SPDX-License-Identifier: MIT
#include "engine/codec/document.hpp"

#include "engine/base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <vector>

namespace assay::codec {

namespace {

/// How deep lists and records nest; counted before parsing so that a hostile text costs one pass
/// and no memory.
std::size_t nesting(std::string_view text)
{
  std::size_t depth = 0;
  std::size_t deepest = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char letter = text[i];
    if (in_string) {
      if (letter == '\\') {
        ++i;
      } else if (letter == '"') {
        in_string = false;
      }
    } else if (letter == '"') {
      in_string = true;
    } else if (letter == '[' || letter == '{') {
      deepest = std::max(deepest, ++depth);
    } else if ((letter == ']' || letter == '}') && depth > 0) {
      --depth;
    }
  }
  return deepest;
}

/// Remembers the first member that a record has twice; the library would keep one of them silently.
class Duplicates {
public:
  bool operator()(int, Document::parse_event_t event, Document& parsed)
  {
    switch (event) {
    case Document::parse_event_t::object_start:
      open_.emplace_back();
      break;
    case Document::parse_event_t::object_end:
      open_.pop_back();
      break;
    case Document::parse_event_t::key:
      note(parsed.get_ref<const std::string&>());
      break;
    case Document::parse_event_t::array_start:
    case Document::parse_event_t::array_end:
    case Document::parse_event_t::value:
      break;
    }
    return true;
  }

  [[nodiscard]] const std::string& first() const { return first_; }

private:
  void note(const std::string& name)
  {
    if (!open_.empty() && !open_.back().insert(name).second && first_.empty()) {
      first_ = name;
    }
  }

  std::vector<std::set<std::string>> open_;
  std::string first_;
};

/// `json` with \u escapes for characters that are not seen or turn what is; it means the same.
std::string visible(const std::string& json)
{
  if (printable(json, KeepNewlines::yes) == json) {
    return json;
  }
  std::string shown;
  for (std::size_t at = 0; at < json.size();) {
    const auto lead = static_cast<unsigned char>(json[at]);
    const std::size_t length = lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    const std::string point = json.substr(at, length);
    if (printable(point, KeepNewlines::yes) == point) {
      shown += point;
    } else {
      const std::string quoted = Document(point).dump(-1, ' ', true);
      shown += quoted.substr(1, quoted.size() - 2);
    }
    at += length;
  }
  return shown;
}

} // namespace

Result<Document> parse(std::string_view text, const ReadOptions& options)
{
  if (text.size() > options.max_bytes) {
    return Error{
      ErrorCode::limit_exceeded,
      fmt::format("the JSON text has {} bytes, more than {}", text.size(), options.max_bytes)};
  }
  if (const std::size_t depth = nesting(text); depth > options.max_depth) {
    return Error{
      ErrorCode::limit_exceeded,
      fmt::format("the JSON text nests {} levels, more than {}", depth, options.max_depth)};
  }
  Duplicates duplicates;
  try {
    auto document = Document::parse(text.begin(), text.end(), std::ref(duplicates));
    if (!duplicates.first().empty()) {
      return Error{
        ErrorCode::invalid_input,
        fmt::format("the JSON text has the member \"{}\" twice in one record", duplicates.first())};
    }
    return document;
  } catch (const Document::parse_error& error) {
    return Error{ErrorCode::invalid_input, fmt::format("not JSON (byte {})", error.byte)};
  } catch (const Document::exception& error) {
    return Error{ErrorCode::invalid_input, fmt::format("not JSON: {}", error.what())};
  }
}

std::string dump(const Document& document)
{
  return document.dump(-1, ' ', false, Document::error_handler_t::replace);
}

std::string dump_indented(const Document& document)
{
  return visible(document.dump(2, ' ', false, Document::error_handler_t::replace)) + "\n";
}

} // namespace assay::codec
