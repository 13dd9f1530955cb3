// SPDX-License-Identifier: MIT
#include "engine/facts/resolve/names.hpp"

#include "engine/base/text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace assay::facts {

namespace {

constexpr std::array<std::string_view, 20> k_affixes = {
  "model",  "modelo", "entity", "entidad", "entidade", "orm", "db",   "table", "tabla", "tabela",
  "record", "base",   "tbl",    "t",       "blog",     "app", "data", "sql",   "my",    "dto"};

constexpr std::array<double, 3> k_tiers = {1.0, 0.9, 0.7};

// Compounds whose last word fits: "BlogComment". Romance languages put the head first:
// "ComentarioArticulo".
constexpr double k_head = 0.8;
constexpr double k_first = 0.7;

/// Letters with accents as they appear in Spanish and Portuguese identifiers, folded to ASCII.
std::string fold_accents(std::string_view text)
{
  constexpr std::array<std::pair<std::string_view, char>, 28> k_folds = {{
    {"á", 'a'}, {"à", 'a'}, {"â", 'a'}, {"ã", 'a'}, {"ä", 'a'}, {"é", 'e'}, {"è", 'e'},
    {"ê", 'e'}, {"ë", 'e'}, {"í", 'i'}, {"î", 'i'}, {"ï", 'i'}, {"ó", 'o'}, {"ô", 'o'},
    {"õ", 'o'}, {"ö", 'o'}, {"ú", 'u'}, {"û", 'u'}, {"ü", 'u'}, {"ç", 'c'}, {"ñ", 'n'},
    {"Á", 'A'}, {"É", 'E'}, {"Í", 'I'}, {"Ó", 'O'}, {"Ú", 'U'}, {"Ç", 'C'}, {"Ñ", 'N'},
  }};
  const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  if (std::ranges::all_of(text, is_ascii)) {
    return std::string(text);
  }
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto fold = std::ranges::find_if(
      k_folds, [&](const auto& entry) { return text.substr(i).starts_with(entry.first); });
    if (fold != k_folds.end()) {
      out += fold->second;
      i += fold->first.size();
    } else {
      out += text[i++];
    }
  }
  return out;
}

std::vector<std::string> words_of(std::string_view identifier)
{
  std::vector<std::string> words = identifier_words(fold_accents(identifier));
  for (std::string& word : words) {
    word = singular(word);
  }
  return words;
}

std::string squeezed(const std::vector<std::string>& words)
{
  return join(words, "");
}

/// Best tier in which `word` stands.
double tier_score(const EntitySpec& role, std::string_view word)
{
  for (std::size_t tier = 0; tier < role.names.size() && tier < k_tiers.size(); ++tier) {
    for (const std::string& name : role.names[tier]) {
      if (squeezed(words_of(name)) == word) {
        return k_tiers[tier];
      }
    }
  }
  return 0;
}

double identifier_score(const EntitySpec& role, std::string_view identifier)
{
  const std::vector<std::string> words = domain_words(identifier);
  if (words.empty()) {
    return tier_score(role, squeezed(words_of(identifier)));
  }
  const double whole =
    std::max(tier_score(role, squeezed(words)), tier_score(role, squeezed(words_of(identifier))));
  if (words.size() == 1) {
    return whole;
  }
  const double head = k_head * tier_score(role, words.back());
  const double first = k_first * tier_score(role, words.front());
  return std::max({whole, head, first});
}

} // namespace

std::vector<std::string> domain_words(std::string_view identifier)
{
  std::vector<std::string> words = words_of(identifier);
  const auto is_affix = [](const std::string& word) {
    return std::ranges::find(k_affixes, word) != k_affixes.end();
  };
  std::vector<std::string> kept;
  std::ranges::copy_if(
    words, std::back_inserter(kept), [&](const std::string& word) { return !is_affix(word); });
  return kept;
}

double name_score(const EntitySpec& role, std::string_view class_name, std::string_view table_name)
{
  const double by_class = class_name.empty() ? 0 : identifier_score(role, class_name);
  const double by_table = table_name.empty() ? 0 : identifier_score(role, table_name);
  return std::max(by_class, by_table);
}

int column_rank(const std::vector<std::string>& synonyms, std::string_view column)
{
  const std::vector<std::string> words = words_of(column);
  const std::string whole = squeezed(words);
  const std::string plain = squeezed(identifier_words(fold_accents(column)));
  for (std::size_t i = 0; i < synonyms.size(); ++i) {
    if (squeezed(words_of(synonyms[i])) == whole
        || squeezed(identifier_words(synonyms[i])) == plain) {
      return static_cast<int>(i);
    }
  }
  for (std::size_t i = 0; i < synonyms.size(); ++i) {
    const std::vector<std::string> wanted = words_of(synonyms[i]);
    const bool contained = std::ranges::all_of(wanted, [&](const std::string& word) {
      return std::ranges::find(words, word) != words.end();
    });
    if (contained && words.size() == wanted.size() + 1) {
      return static_cast<int>(synonyms.size() + i);
    }
  }
  return -1;
}

} // namespace assay::facts
