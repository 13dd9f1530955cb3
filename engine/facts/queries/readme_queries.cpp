// SPDX-License-Identifier: MIT
#include "engine/facts/queries/readme_queries.hpp"

#include "engine/base/text.hpp"
#include "engine/facts/classify.hpp"

#include <algorithm>
#include <cctype>

namespace assay::facts::queries {

namespace {

bool is_word(char c)
{
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

bool is_document(std::string_view path)
{
  const std::string lower = to_lower(path);
  const bool text = lower.ends_with(".md") || lower.ends_with(".rst") || lower.ends_with(".txt")
                    || lower.ends_with(".markdown") || lower.ends_with("readme");
  return text && !is_vendored(path) && lower.find("requirements") == std::string::npos;
}

bool is_readme(std::string_view path)
{
  const auto slash = path.rfind('/');
  return to_lower(slash == std::string_view::npos ? path : path.substr(slash + 1))
    .starts_with("readme");
}

/// Fenced blocks, and runs of lines indented by four.
std::vector<std::string> code_blocks(std::string_view text)
{
  std::vector<std::string> blocks;
  bool fenced = false;
  bool indented = false;
  for (const std::string_view line : split(text, '\n')) {
    const std::string_view bare = trim(line);
    if (bare.starts_with("```") || bare.starts_with("~~~")) {
      fenced = !fenced;
      indented = false;
      if (fenced) {
        blocks.emplace_back();
      }
      continue;
    }
    const bool inside = line.starts_with("    ") || line.starts_with("\t");
    if (!fenced && inside && !indented) {
      blocks.emplace_back();
    }
    indented = !fenced && (inside || (indented && bare.empty()));
    if (fenced || (indented && !bare.empty())) {
      blocks.back() += std::string(line) + "\n";
    }
  }
  return blocks;
}

bool queries_entity(const std::string& block, const SchemaFacts& schema)
{
  const std::string lower = to_lower(block);
  const bool python = lower.find("select(") != std::string::npos
                      || lower.find(".query(") != std::string::npos
                      || lower.find(".query.") != std::string::npos;
  const bool sql =
    lower.find("select ") != std::string::npos && lower.find(" from ") != std::string::npos;
  if (!python && !sql) {
    return false;
  }
  const bool names_class = std::ranges::any_of(schema.classes, [&](const MappedClass& mapped) {
    return mentions_word(block, short_name(mapped.name));
  });
  const bool names_table = sql && std::ranges::any_of(schema.tables, [&](const Table& table) {
                             return mentions_word(lower, to_lower(table.name));
                           });
  return names_class || names_table;
}

} // namespace

bool mentions_word(std::string_view text, std::string_view name)
{
  if (name.empty()) {
    return false;
  }
  for (auto at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
    const bool open = at == 0 || !is_word(text[at - 1]);
    const auto end = at + name.size();
    const bool close = end == text.size() || !is_word(text[end]);
    if (open && close) {
      return true;
    }
  }
  return false;
}

std::string readme_text(const Snapshot& snapshot)
{
  std::string text;
  for (const auto& [path, blob] : snapshot.files) {
    if (is_readme(path) && is_document(path) && blob.content) {
      text += decode(*blob.content).text + "\n";
    }
  }
  return text;
}

std::vector<std::string> readme_queries(const Snapshot& snapshot, const SchemaFacts& schema)
{
  constexpr std::size_t k_max_length = 500;
  std::vector<std::string> found;
  for (const auto& [path, blob] : snapshot.files) {
    if (!is_document(path) || !blob.content) {
      continue;
    }
    for (const std::string& block : code_blocks(decode(*blob.content).text)) {
      if (queries_entity(block, schema)) {
        const std::string_view bare = trim(block);
        found.push_back(bare.size() > k_max_length ? to_utf8_lossy(bare.substr(0, k_max_length))
                                                   : std::string(bare));
      }
    }
  }
  return found;
}

} // namespace assay::facts::queries
