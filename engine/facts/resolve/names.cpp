// SPDX-License-Identifier: MIT
#include "engine/facts/resolve/names.hpp"

#include "engine/base/text.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <memory>
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

/// An identifier taken apart.
struct Name {
  std::vector<std::string> words; ///< lower case, singular, without accents
  std::string whole;              ///< the words without anything between them
  std::string plain;              ///< the same before they were made singular
};

Name read_name(std::string_view identifier)
{
  Name name;
  name.words = identifier_words(fold_accents(identifier));
  name.plain = join(name.words, "");
  for (std::string& word : name.words) {
    word = singular(word);
  }
  name.whole = join(name.words, "");
  return name;
}

/// The names of a rubric are asked for again and again, so the last few thousand are kept.
std::shared_ptr<const Name> name_of(std::string_view identifier)
{
  constexpr std::size_t k_max_names = 4096;
  constexpr std::size_t k_max_bytes = 100;
  thread_local std::map<std::string, std::shared_ptr<const Name>, std::less<>> known;
  const auto found = known.find(identifier);
  if (found != known.end()) {
    return found->second;
  }
  auto name = std::make_shared<const Name>(read_name(identifier));
  if (identifier.size() <= k_max_bytes) {
    if (known.size() >= k_max_names) {
      known.clear();
    }
    known.emplace(identifier, name);
  }
  return name;
}

/// Best tier in which `word` stands.
double tier_score(const EntitySpec& role, std::string_view word)
{
  for (std::size_t tier = 0; tier < role.names.size() && tier < k_tiers.size(); ++tier) {
    for (const std::string& name : role.names[tier]) {
      if (name_of(name)->whole == word) {
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
    return tier_score(role, name_of(identifier)->whole);
  }
  const double whole =
    std::max(tier_score(role, join(words, "")), tier_score(role, name_of(identifier)->whole));
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
  const auto name = name_of(identifier);
  const auto is_affix = [](const std::string& word) {
    return std::ranges::find(k_affixes, word) != k_affixes.end();
  };
  std::vector<std::string> kept;
  std::ranges::copy_if(name->words, std::back_inserter(kept), [&](const std::string& word) {
    return !is_affix(word);
  });
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
  const auto name = name_of(column);
  for (std::size_t i = 0; i < synonyms.size(); ++i) {
    const auto synonym = name_of(synonyms[i]);
    if (synonym->whole == name->whole || synonym->plain == name->plain) {
      return static_cast<int>(i);
    }
  }
  for (std::size_t i = 0; i < synonyms.size(); ++i) {
    const auto wanted = name_of(synonyms[i]);
    const bool contained = std::ranges::all_of(wanted->words, [&](const std::string& word) {
      return std::ranges::find(name->words, word) != name->words.end();
    });
    const bool is_key = name->words.size() > 1 && name->words.back() == "id";
    if (contained && !is_key && name->words.size() == wanted->words.size() + 1) {
      return static_cast<int>(synonyms.size() + i);
    }
  }
  return -1;
}

} // namespace assay::facts
