// SPDX-License-Identifier: MIT
#include "sandbox/runtimes/tar.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <vector>

namespace assay::runtimes {

namespace {

constexpr std::size_t k_block = 512;
constexpr std::uint64_t k_max_extension = 64 * 1024;
constexpr std::size_t k_max_name = 4096;

Failure malformed(std::string_view why)
{
  return Failure{"archive", 0, std::string(why)};
}

using Header = std::array<std::byte, k_block>;

std::string_view bytes_of(const Header& header, std::size_t offset, std::size_t length)
{
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): a char view of bytes
  return {reinterpret_cast<const char*>(header.data()) + offset, length};
}

std::string_view text_of(const Header& header, std::size_t offset, std::size_t length)
{
  const std::string_view field = bytes_of(header, offset, length);
  return field.substr(0, field.find('\0'));
}

/// Octal digits, or GNU's base 256 for what octal cannot hold.
std::optional<std::uint64_t> number_of(const Header& header, std::size_t offset, std::size_t length)
{
  std::string_view field = bytes_of(header, offset, length);
  if ((static_cast<unsigned char>(field.front()) & 0x80U) != 0) {
    std::uint64_t value = static_cast<unsigned char>(field.front()) & 0x7FU;
    for (const char part : field.substr(1)) {
      if ((value >> 55) != 0) {
        return std::nullopt;
      }
      value = (value << 8) | static_cast<unsigned char>(part);
    }
    return value;
  }
  field = field.substr(0, field.find('\0'));
  field.remove_prefix(std::min(field.find_first_not_of(' '), field.size()));
  field = field.substr(0, field.find(' '));
  if (field.empty()) {
    return 0;
  }
  std::uint64_t value = 0;
  const auto [end, code] = std::from_chars(field.data(), field.data() + field.size(), value, 8);
  if (code != std::errc() || end != field.data() + field.size()) {
    return std::nullopt;
  }
  return value;
}

bool checksum_fits(const Header& header)
{
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < header.size(); ++i) {
    sum += i >= 148 && i < 156 ? std::uint64_t{' '} : std::to_integer<std::uint64_t>(header[i]);
  }
  return number_of(header, 148, 8) == sum;
}

/// What extended headers say about the next entry.
struct Overrides {
  std::optional<std::string> path;
  std::optional<std::string> link;
  std::optional<std::uint64_t> size;
};

Expected<void> apply_pax(std::string_view records, Overrides& overrides)
{
  while (!records.empty()) {
    std::size_t length = 0;
    const auto [end, code] =
      std::from_chars(records.data(), records.data() + records.size(), length);
    const auto digits = static_cast<std::size_t>(end - records.data());
    if (code != std::errc() || length > records.size() || length < digits + 3
        || records[digits] != ' ' || records[length - 1] != '\n') {
      return malformed("has a malformed extended header");
    }
    const std::string_view record = records.substr(digits + 1, length - digits - 2);
    records.remove_prefix(length);
    const std::size_t equals = record.find('=');
    if (equals == std::string_view::npos) {
      return malformed("has a malformed extended header");
    }
    const std::string_view key = record.substr(0, equals);
    const std::string_view value = record.substr(equals + 1);
    if (key == "path") {
      overrides.path = value;
    } else if (key == "linkpath") {
      overrides.link = value;
    } else if (key == "size") {
      std::uint64_t size = 0;
      const auto [stop, wrong] = std::from_chars(value.data(), value.data() + value.size(), size);
      if (wrong != std::errc() || stop != value.data() + value.size()) {
        return malformed("has a malformed size");
      }
      overrides.size = size;
    } else if (key.starts_with("GNU.sparse")) {
      return malformed("has sparse files, which are not supported");
    }
  }
  return {};
}

std::optional<TarKind> kind_of(char type)
{
  switch (type) {
  case '0':
  case '\0':
  case '7':
    return TarKind::file;
  case '1':
    return TarKind::hard_link;
  case '2':
    return TarKind::symbolic_link;
  case '3':
  case '4':
  case '6':
    return TarKind::device;
  case '5':
    return TarKind::directory;
  default:
    return std::nullopt;
  }
}

std::string header_path(const Header& header)
{
  std::string path(text_of(header, 0, 100));
  const bool ustar = bytes_of(header, 257, 6) == std::string_view("ustar\0", 6);
  if (const auto prefix = text_of(header, 345, 155); ustar && !prefix.empty()) {
    path = std::string(prefix) + "/" + path;
  }
  return path;
}

bool usable_name(std::string_view name)
{
  return name.size() <= k_max_name && name.find('\0') == std::string_view::npos;
}

} // namespace

Expected<std::size_t> TarReader::fill(std::span<std::byte> into)
{
  std::size_t have = 0;
  while (have < into.size()) {
    const auto got = source_(into.subspan(have));
    if (!got) {
      return got.failure();
    }
    if (*got == 0) {
      break;
    }
    have += *got;
  }
  return have;
}

Expected<void> TarReader::skip(std::uint64_t bytes)
{
  std::vector<std::byte> buffer(std::min<std::uint64_t>(bytes, 64 * 1024));
  while (bytes > 0) {
    const auto part = std::span(buffer).first(std::min<std::uint64_t>(bytes, buffer.size()));
    const auto got = fill(part);
    if (!got) {
      return got.failure();
    }
    if (*got != part.size()) {
      return malformed("ends in the middle of an entry");
    }
    bytes -= part.size();
  }
  return {};
}

Expected<std::string> TarReader::extension(std::uint64_t size)
{
  if (size > k_max_extension) {
    return malformed("has an extended header of more than 64 KiB");
  }
  std::string text(size, '\0');
  const auto got = fill(std::as_writable_bytes(std::span(text)));
  if (!got) {
    return got.failure();
  }
  if (*got != text.size()) {
    return malformed("ends in the middle of an entry");
  }
  if (const auto skipped = skip((k_block - size % k_block) % k_block); !skipped) {
    return skipped.failure();
  }
  return text;
}

// NOLINTNEXTLINE(readability-function-cognitive-complexity): one branch for each kind of entry
Expected<std::optional<TarEntry>> TarReader::next()
{
  if (ended_) {
    return std::optional<TarEntry>();
  }
  if (const auto skipped = skip(left_ + padding_); !skipped) {
    return skipped.failure();
  }
  left_ = padding_ = 0;

  Overrides overrides;
  for (int extensions = 0; extensions < 8; ++extensions) {
    Header header{};
    const auto got = fill(header);
    if (!got) {
      return got.failure();
    }
    if (*got != header.size()) {
      return malformed("is cut off");
    }
    if (std::ranges::all_of(header, [](std::byte part) { return part == std::byte{0}; })) {
      ended_ = true;
      return std::optional<TarEntry>();
    }
    const auto size = number_of(header, 124, 12);
    if (!checksum_fits(header) || !size) {
      return malformed("is no tar archive, or damaged");
    }
    const char type = bytes_of(header, 156, 1).front();
    if (type == 'L' || type == 'K' || type == 'x' || type == 'g') {
      const auto text = extension(*size);
      if (!text) {
        return text.failure();
      }
      if (type == 'x') {
        if (const auto applied = apply_pax(*text, overrides); !applied) {
          return applied.failure();
        }
      } else if (type != 'g') {
        (type == 'L' ? overrides.path : overrides.link) = text->substr(0, text->find('\0'));
      }
      continue;
    }
    const auto kind = kind_of(type);
    if (!kind) {
      return malformed(std::string("has an entry of the unknown kind '") + type + "'");
    }
    TarEntry entry;
    entry.kind = *kind;
    entry.path = overrides.path.value_or(header_path(header));
    entry.link = overrides.link.value_or(std::string(text_of(header, 157, 100)));
    entry.mode = static_cast<std::uint32_t>(number_of(header, 100, 8).value_or(0) & 07777U);
    entry.modified = static_cast<std::int64_t>(number_of(header, 136, 12).value_or(0));
    if (!usable_name(entry.path) || !usable_name(entry.link)) {
      return malformed("has a name that is too long or holds a NUL");
    }
    const std::uint64_t stored = overrides.size.value_or(*size);
    if (stored > (std::uint64_t{1} << 50)) {
      return malformed("has an entry of impossible size");
    }
    entry.size = entry.kind == TarKind::file ? stored : 0;
    left_ = entry.kind == TarKind::hard_link || entry.kind == TarKind::symbolic_link ? 0 : stored;
    padding_ = (k_block - left_ % k_block) % k_block;
    return std::optional<TarEntry>(std::move(entry));
  }
  return malformed("has too many extended headers in a row");
}

Expected<std::size_t> TarReader::read(std::span<std::byte> into)
{
  const auto part = into.first(std::min<std::uint64_t>(into.size(), left_));
  const auto got = fill(part);
  if (!got) {
    return got.failure();
  }
  if (*got != part.size()) {
    return malformed("ends in the middle of an entry");
  }
  left_ -= part.size();
  return part.size();
}

Expected<void> TarReader::drain()
{
  std::vector<std::byte> buffer(64 * 1024);
  while (true) {
    const auto got = source_(buffer);
    if (!got) {
      return got.failure();
    }
    if (*got == 0) {
      return {};
    }
  }
}

} // namespace assay::runtimes
