// SPDX-License-Identifier: MIT
#include "sandbox/runtimes/definition.hpp"

#include "sandbox/runtimes/digest.hpp"
#include "sandbox/runtimes/fields.hpp"
#include "sandbox/runtimes/tree.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>

namespace assay::runtimes {

namespace {

namespace fs = std::filesystem;

/// Raised when the builder makes another tree of the same definition.
constexpr int k_builder_version = 1;

constexpr std::string_view k_suffix = ".runtime";

bool only(std::string_view text, std::string_view extra)
{
  return std::ranges::all_of(text, [&](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9')
           || extra.find(letter) != std::string_view::npos;
  });
}

bool is_package(std::string_view text)
{
  return text.size() >= 2 && only(text, "+-.") && only(text.substr(0, 1), "");
}

bool is_word(std::string_view text)
{
  return !text.empty() && only(text, "-") && !text.starts_with('-');
}

bool is_clean_path(std::string_view text)
{
  return text.starts_with('/') && text.find("..") == std::string_view::npos;
}

bool is_requirement(std::string_view text)
{
  const std::size_t equals = text.find("==");
  constexpr std::string_view k_capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ._-";
  return equals != std::string_view::npos && equals > 0 && equals + 2 < text.size()
         && !text.starts_with('-') && only(text.substr(0, equals), k_capitals)
         && only(text.substr(equals + 2), ".+!_-");
}

bool is_https(std::string_view text)
{
  return text.starts_with("https://") && text.find('@') == std::string_view::npos;
}

struct Key {
  std::string_view name;
  std::string Definition::*text; ///< or
  std::vector<std::string> Definition::*list;
  bool (*valid)(std::string_view item);
  std::string_view expected;
  bool required;
};

bool is_summary(std::string_view text)
{
  return !text.empty() && text.size() <= 120;
}

constexpr std::array k_keys{
  Key{
    "summary", &Definition::summary, nullptr, is_summary, "one line of at most 120 letters", true},
  Key{"suite", &Definition::suite, nullptr, is_word, "a Debian codename", true},
  Key{"components", nullptr, &Definition::components, is_word, "component names", true},
  Key{"packages", nullptr, &Definition::packages, is_package, "Debian package names", true},
  Key{
    "exclude", nullptr, &Definition::excluded, is_clean_path, "absolute paths, '*' allowed", false},
  Key{"python", &Definition::python, nullptr, is_clean_path, "an absolute path", true},
  Key{"wheels", nullptr, &Definition::wheels, is_requirement, "name==version", false},
  Key{"wheel-folder", &Definition::wheel_folder, nullptr, is_clean_path, "an absolute path", false},
  Key{"wheel-index", &Definition::wheel_index, nullptr, is_https, "an https URL", false},
};

Expected<void> take(const Field& field, const Key& key, std::string_view origin, Definition& into)
{
  const auto refused = [&](std::string_view item) {
    return field_failure(
      origin, field.line, fmt::format("{}: expected {}, not \"{}\"", key.name, key.expected, item));
  };
  if (key.text != nullptr) {
    if (!key.valid(field.value)) {
      return refused(field.value);
    }
    into.*key.text = field.value;
    return {};
  }
  auto& list = into.*key.list;
  list = field.items;
  const auto wrong = std::ranges::find_if_not(list, key.valid);
  if (list.empty() || wrong != list.end()) {
    return refused(list.empty() ? std::string_view() : *wrong);
  }
  std::ranges::sort(list);
  if (const auto twice = std::ranges::adjacent_find(list); twice != list.end()) {
    return field_failure(
      origin, field.line, fmt::format("{}: \"{}\" comes twice", key.name, *twice));
  }
  return {};
}

/// The wheels of a local folder shape the tree as much as their names do.
Expected<std::string> wheel_digests(const std::string& folder)
{
  std::vector<std::string> lines;
  std::error_code code;
  for (fs::directory_iterator next(folder, code), end; !code && next != end; next.increment(code)) {
    if (next->path().extension() == ".whl") {
      auto digest = file_digest(next->path());
      if (!digest) {
        return digest.failure();
      }
      lines.push_back(fmt::format("wheel {} {}\n", next->path().filename().string(), *digest));
    }
  }
  if (code) {
    return Failure{"wheel-folder " + folder, code.value(), {}};
  }
  std::ranges::sort(lines);
  return fmt::format("{}", fmt::join(lines, ""));
}

Expected<void> set_digest(Definition& definition)
{
  std::string canonical = fmt::format("assay runtime, builder {}\n", k_builder_version);
  for (const Key& key : k_keys) {
    if (key.text == &Definition::summary) {
      continue;
    }
    canonical +=
      fmt::format("{}: {}\n",
                  key.name,
                  key.text != nullptr ? definition.*key.text
                                      : fmt::format("{}", fmt::join(definition.*key.list, " ")));
  }
  if (!definition.wheel_folder.empty()) {
    auto wheels = wheel_digests(definition.wheel_folder);
    if (!wheels) {
      return wheels.failure();
    }
    canonical += *wheels;
  }
  definition.digest = sha256(canonical);
  return {};
}

} // namespace

bool is_runtime_name(std::string_view name)
{
  return !name.empty() && name.size() <= 64 && only(name, ".-") && only(name.substr(0, 1), "");
}

Expected<Definition> parse_definition(std::string_view text, std::string_view name)
{
  const std::string origin = fmt::format("{}{}", name, k_suffix);
  if (!is_runtime_name(name)) {
    return Failure{origin, 0, "a runtime's name is made of a-z, 0-9, '.' and '-'"};
  }
  auto fields = parse_fields(text, origin);
  if (!fields) {
    return fields.failure();
  }
  Definition definition;
  definition.name = name;
  for (const Field& field : *fields) {
    const auto key = std::ranges::find(k_keys, field.key, &Key::name);
    if (key == k_keys.end()) {
      return field_failure(origin, field.line, fmt::format("unknown key \"{}\"", field.key));
    }
    if (const auto taken = take(field, *key, origin, definition); !taken) {
      return taken.failure();
    }
  }
  for (const Key& key : k_keys) {
    if (key.required && std::ranges::find(*fields, key.name, &Field::key) == fields->end()) {
      return Failure{origin, 0, fmt::format("\"{}\" is missing", key.name)};
    }
  }
  if (definition.wheels.empty()
      && !(definition.wheel_folder.empty() && definition.wheel_index.empty())) {
    return Failure{origin, 0, "names a source of wheels but no wheels"};
  }
  if (const auto done = set_digest(definition); !done) {
    return done.failure();
  }
  return definition;
}

Expected<Definition> load_definition(const fs::path& file)
{
  const auto text = read_small_file(file, std::size_t{1} << 20);
  if (!text) {
    return text.failure();
  }
  return parse_definition(*text, file.stem().string());
}

Expected<std::vector<Definition>> load_definitions(const fs::path& folder)
{
  std::vector<fs::path> files;
  std::error_code code;
  for (fs::directory_iterator next(folder, code), end; !code && next != end; next.increment(code)) {
    if (next->path().extension() == k_suffix) {
      files.push_back(next->path());
    }
  }
  if (code) {
    return Failure{folder.string(), code.value(), {}};
  }
  std::ranges::sort(files);
  std::vector<Definition> definitions;
  for (const fs::path& file : files) {
    auto definition = load_definition(file);
    if (!definition) {
      return definition.failure();
    }
    definitions.push_back(std::move(*definition));
  }
  return definitions;
}

} // namespace assay::runtimes
