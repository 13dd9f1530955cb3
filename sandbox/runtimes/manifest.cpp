// SPDX-License-Identifier: MIT
#include "sandbox/runtimes/manifest.hpp"

#include "sandbox/runtimes/fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace assay::runtimes {

namespace {

constexpr std::string_view k_origin = "manifest";

struct Key {
  std::string_view name;
  std::string Manifest::*text;
};

constexpr std::array k_keys = {Key{"name", &Manifest::name},
                               Key{"definition", &Manifest::definition},
                               Key{"origin", &Manifest::origin},
                               Key{"tree", &Manifest::tree},
                               Key{"built", &Manifest::built},
                               Key{"python", &Manifest::python},
                               Key{"python-version", &Manifest::python_version}};

std::string write_versions(std::string_view key, const std::map<std::string, std::string>& versions)
{
  std::string text = fmt::format("{}:\n", key);
  for (const auto& [name, version] : versions) {
    text += fmt::format("  {} {}\n", name, version);
  }
  return text;
}

Expected<void> read_versions(const Field& field, std::map<std::string, std::string>& into)
{
  if (field.items.size() % 2 != 0) {
    return field_failure(k_origin, field.line, "a name without version");
  }
  for (std::size_t i = 0; i < field.items.size(); i += 2) {
    into[field.items[i]] = field.items[i + 1];
  }
  return {};
}

} // namespace

std::string write_manifest(const Manifest& manifest)
{
  std::string text;
  for (const Key& key : k_keys) {
    text += fmt::format("{}: {}\n", key.name, manifest.*key.text);
  }
  text += fmt::format("bytes: {}\n", manifest.bytes);
  return text + write_versions("packages", manifest.packages)
         + write_versions("distributions", manifest.distributions);
}

Expected<Manifest> parse_manifest(std::string_view text)
{
  const auto fields = parse_fields(text, k_origin);
  if (!fields) {
    return fields.failure();
  }
  Manifest manifest;
  for (const Field& field : *fields) {
    if (const auto key = std::ranges::find(k_keys, field.key, &Key::name); key != k_keys.end()) {
      manifest.*key->text = field.value;
    } else if (field.key == "bytes") {
      const char* const end = field.value.data() + field.value.size();
      if (std::from_chars(field.value.data(), end, manifest.bytes).ptr != end) {
        return field_failure(k_origin, field.line, "bytes: expected a number");
      }
    } else if (field.key == "packages" || field.key == "distributions") {
      auto& versions = field.key == "packages" ? manifest.packages : manifest.distributions;
      if (const auto read = read_versions(field, versions); !read) {
        return read.failure();
      }
    } else {
      return field_failure(k_origin, field.line, fmt::format("unknown key \"{}\"", field.key));
    }
  }
  for (const Key& key : k_keys) {
    if ((manifest.*key.text).empty()) {
      return Failure{std::string(k_origin), 0, fmt::format("\"{}\" is missing", key.name)};
    }
  }
  return manifest;
}

} // namespace assay::runtimes
