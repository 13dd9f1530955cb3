// SPDX-License-Identifier: MIT
#include "engine/facts/queries/labels.hpp"

#include "engine/base/text.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <span>
#include <utility>

namespace assay::facts::queries {

namespace {

using Words = std::vector<std::string>;

constexpr std::array k_bad_name_words = {
  "bad",         "naive",        "naively",      "slow",    "inefficient", "unoptimized",
  "unoptimised", "nonoptimized", "wrong",        "problem", "problematic", "antipattern",
  "worst",       "lazy",         "malo",         "mala",    "mal",         "mau",
  "ingenuo",     "ingenua",      "lento",        "lenta",   "ruim",        "ineficiente",
  "incorrecto",  "incorrecta",   "errado",       "errada",  "perezoso",    "perezosa",
  "problema",    "problematico", "problematica", "n+1",     "dont"};

constexpr std::array k_good_name_words = {
  "eager",   "eagerly", "optimized",  "optimised",  "optimal",      "efficient",  "good",
  "fixed",   "fast",    "optimizado", "optimizada", "otimizado",    "otimizada",  "eficiente",
  "rapido",  "rapida",  "prefetch",   "preload",    "preloaded",    "bien",       "bueno",
  "buena",   "bom",     "correcto",   "selectin",   "selectinload", "joinedload", "joined",
  "ansioso", "ansiosa", "anticipada", "solution"};

constexpr std::array k_negators = {
  "avoid",      "avoids",  "avoiding",  "avoided",    "no",       "not",     "without",
  "sin",        "sem",     "fix",       "fixes",      "fixed",    "prevent", "prevents",
  "preventing", "solve",   "solves",    "solved",     "solving",  "evita",   "evitar",
  "evitando",   "evitan",  "eliminate", "eliminates", "against",  "never",   "remove",
  "removes",    "nunca",   "anti",      "free",       "zero",     "non",     "soluciona",
  "resuelve",   "resolve", "elimina",   "isn't",      "doesn't",  "nao",     "previene",
  "previne",    "contra",  "than",      "instead",    "rather",   "unlike",  "nem",
  "ni",         "nor",     "safe",      "cures",      "sidesteps"};

constexpr std::array k_negators_behind = {"free",
                                          "safe",
                                          "fix",
                                          "fixed",
                                          "solved",
                                          "solution",
                                          "avoided",
                                          "prevention",
                                          "resuelto",
                                          "resolvido",
                                          "proof"};

/// A sentence with one of these weighs alternatives; it labels nothing.
constexpr std::array k_weighing = {"would", "instead",  "rather", "unlike", "than",      "versus",
                                   "vs",    "compared", "lugar",  "vez",    "otherwise", "contrast",
                                   "seria", "serian",   "haria",  "iria",   "contrario", "inves",
                                   "could", "might",    "podria"};

/// Words in order; each phrase is a label when a sentence contains it unnegated.
constexpr std::array k_phrases = {"bad example",
                                  "bad way",
                                  "bad version",
                                  "bad approach",
                                  "bad practice",
                                  "bad query",
                                  "naive version",
                                  "naive approach",
                                  "naive implementation",
                                  "naive way",
                                  "naive query",
                                  "the naive",
                                  "don't do this",
                                  "dont do this",
                                  "do not do this",
                                  "do not use",
                                  "don't use",
                                  "dont use",
                                  "never do this",
                                  "anti pattern",
                                  "antipattern",
                                  "what not to do",
                                  "how not to",
                                  "wrong way",
                                  "slow version",
                                  "lazy version",
                                  "lazy example",
                                  "lazy way",
                                  "lazy variant",
                                  "inefficient",
                                  "without eager",
                                  "sin eager",
                                  "sem eager",
                                  "no eager",
                                  "sin carga anticipada",
                                  "sin carga ansiosa",
                                  "sem carregamento",
                                  "no hacer",
                                  "no hagas",
                                  "no usar",
                                  "nao faca",
                                  "nao fazer",
                                  "nao use",
                                  "nao usar",
                                  "mal ejemplo",
                                  "ejemplo malo",
                                  "mau exemplo",
                                  "exemplo ruim",
                                  "forma incorrecta",
                                  "forma errada",
                                  "version ingenua",
                                  "versao ingenua",
                                  "version lenta",
                                  "versao lenta",
                                  "ineficiente",
                                  "antipatron",
                                  "antipadrao",
                                  "n+1 problem",
                                  "n+1 demo",
                                  "n+1 example",
                                  "n+1 version",
                                  "problema n+1",
                                  "problema de n+1",
                                  "problema del n+1",
                                  "problema do n+1",
                                  "causes n+1",
                                  "causes the n+1",
                                  "triggers n+1",
                                  "triggers the n+1",
                                  "suffers from n+1",
                                  "suffers from the n+1",
                                  "has n+1",
                                  "has the n+1",
                                  "with n+1",
                                  "con n+1",
                                  "com n+1",
                                  "provoca n+1",
                                  "genera n+1",
                                  "gera n+1",
                                  "causa n+1",
                                  "produce n+1",
                                  "shows n+1",
                                  "shows the n+1",
                                  "demonstrates n+1",
                                  "demonstrates the n+1",
                                  "demuestra n+1",
                                  "muestra n+1",
                                  "mostra n+1",
                                  "exhibits n+1",
                                  "this is n+1"};

constexpr std::array<std::string_view, 14> k_openings = {"bad:",
                                                         "bad ",
                                                         "wrong:",
                                                         "mal:",
                                                         "malo:",
                                                         "ruim:",
                                                         "problem:",
                                                         "problema:",
                                                         "n+1:",
                                                         "n+1 ",
                                                         "\xE2\x9D\x8C",
                                                         "don't",
                                                         "naive:",
                                                         "anti-pattern"};

constexpr std::array<std::pair<std::string_view, std::string_view>, 25> k_accents = {{
  {"\xC3\xA1", "a"}, {"\xC3\xA0", "a"}, {"\xC3\xA2", "a"}, {"\xC3\xA3", "a"}, {"\xC3\xA9", "e"},
  {"\xC3\xAA", "e"}, {"\xC3\xAD", "i"}, {"\xC3\xB3", "o"}, {"\xC3\xB4", "o"}, {"\xC3\xB5", "o"},
  {"\xC3\xBA", "u"}, {"\xC3\xBC", "u"}, {"\xC3\xB1", "n"}, {"\xC3\xA7", "c"}, {"\xC3\x81", "a"},
  {"\xC3\x82", "a"}, {"\xC3\x83", "a"}, {"\xC3\x89", "e"}, {"\xC3\x8D", "i"}, {"\xC3\x93", "o"},
  {"\xC3\x95", "o"}, {"\xC3\x9A", "u"}, {"\xC3\x91", "n"}, {"\xC3\x87", "c"}, {"\xE2\x80\x99", "'"},
}};

template<std::size_t size>
bool contains(const std::array<const char*, size>& list, std::string_view word)
{
  return std::ranges::any_of(list, [word](const char* entry) { return word == entry; });
}

/// The many spellings of "N+1" become one word.
Words merge_n_plus_one(const Words& words)
{
  static constexpr std::array k_plus = {"plus", "mas", "mais", "+"};
  static constexpr std::array k_one = {"one", "1", "uno", "um"};
  Words merged;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool letter = words[i] == "n" || words[i] == "np";
    if (letter && i + 2 < words.size() && contains(k_plus, words[i + 1])
        && contains(k_one, words[i + 2])) {
      merged.emplace_back("n+1");
      i += 2;
    } else if (letter && i + 1 < words.size() && words[i + 1] == "1") {
      merged.emplace_back("n+1");
      i += 1;
    } else if (words[i] == "nplus1" || words[i] == "nplusone" || words[i] == "nplus"
               || words[i] == "n+1") {
      merged.emplace_back("n+1");
    } else {
      merged.push_back(words[i]);
    }
  }
  return merged;
}

Words words_of(std::string_view sentence)
{
  Words words;
  std::string word;
  const auto flush = [&] {
    if (!word.empty()) {
      words.push_back(word);
      word.clear();
    }
  };
  for (const char c : sentence) {
    const bool letter = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '\'' || c == '+';
    if (letter) {
      word += c;
    } else {
      flush();
    }
  }
  flush();
  return merge_n_plus_one(words);
}

bool negated(std::span<const std::string> words, std::size_t first, std::size_t behind)
{
  const std::size_t from = first < 4 ? 0 : first - 4;
  for (std::size_t i = from; i < first; ++i) {
    if (contains(k_negators, words[i])) {
      return true;
    }
  }
  for (std::size_t i = behind; i < words.size() && i < behind + 2; ++i) {
    if (contains(k_negators_behind, words[i])) {
      return true;
    }
  }
  return false;
}

bool praises(const Words& words)
{
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (contains(k_good_name_words, words[i]) && !negated(words, i, words.size())) {
      return true;
    }
    if (words[i] == "n+1" && negated(words, i, i + 1)) {
      return true;
    }
  }
  return false;
}

std::string label_in_name(const Words& words)
{
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (contains(k_bad_name_words, words[i]) && !negated(words, i, i + 1)) {
      return words[i];
    }
    const bool lacking = words[i] == "without" || words[i] == "no" || words[i] == "non"
                         || words[i] == "sin" || words[i] == "sem" || words[i] == "not";
    static constexpr std::array k_wanted = {"eager",
                                            "eagerload",
                                            "optimization",
                                            "optimisation",
                                            "optimized",
                                            "optimizar",
                                            "options",
                                            "joinedload",
                                            "selectinload",
                                            "loading",
                                            "optimizacion",
                                            "otimizacao",
                                            "otimizado",
                                            "optimizado"};
    if (lacking && i + 1 < words.size() && contains(k_wanted, words[i + 1])) {
      return words[i] + " " + words[i + 1];
    }
  }
  return {};
}

bool phrase_at(const Words& words, std::size_t at, const Words& phrase)
{
  if (at + phrase.size() > words.size()) {
    return false;
  }
  return std::equal(phrase.begin(), phrase.end(), words.begin() + static_cast<std::ptrdiff_t>(at));
}

const std::vector<Words>& phrases()
{
  static const std::vector<Words> k_all = [] {
    std::vector<Words> all;
    for (const char* text : k_phrases) {
      all.push_back(words_of(text));
    }
    return all;
  }();
  return k_all;
}

std::string label_in_sentence(std::string_view sentence)
{
  const Words words = words_of(sentence);
  if (std::ranges::any_of(words,
                          [](const std::string& word) { return contains(k_weighing, word); })) {
    return {};
  }
  for (std::size_t at = 0; at < words.size(); ++at) {
    for (const Words& phrase : phrases()) {
      if (phrase_at(words, at, phrase) && !negated(words, at, at + phrase.size())) {
        std::string text;
        for (const std::string& word : phrase) {
          text += text.empty() ? word : " " + word;
        }
        return text;
      }
    }
  }
  return {};
}

std::vector<std::string> sentences_of(const std::string& text)
{
  std::vector<std::string> sentences(1);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool end_of_text = i + 1 == text.size();
    const bool blank_follows = !end_of_text && (text[i + 1] == ' ' || text[i + 1] == '\n');
    const bool stop =
      ((c == '.' || c == '!' || c == '?' || c == ';') && (end_of_text || blank_follows))
      || (c == '\n' && !end_of_text && text[i + 1] == '\n');
    if (stop) {
      sentences.emplace_back();
    } else {
      sentences.back() += c == '\n' ? ' ' : c;
    }
  }
  return sentences;
}

std::string label_in_prose(std::string_view prose)
{
  const std::string text = plain_letters(trim(prose));
  const auto sentences = sentences_of(text);
  for (const std::string_view opening : k_openings) {
    if (text.starts_with(opening)
        && !label_in_sentence("bad example " + sentences.front()).empty()) {
      return std::string(trim(opening));
    }
  }
  for (const std::string& sentence : sentences) {
    if (std::string label = label_in_sentence(sentence); !label.empty()) {
      return label;
    }
  }
  return {};
}

} // namespace

std::string plain_letters(std::string_view text)
{
  std::string plain;
  for (std::size_t i = 0; i < text.size();) {
    const auto accent = std::ranges::find_if(
      k_accents, [&](const auto& entry) { return text.substr(i).starts_with(entry.first); });
    if (accent != k_accents.end()) {
      plain += accent->second;
      i += accent->first.size();
    } else {
      plain += static_cast<char>(std::tolower(static_cast<unsigned char>(text[i])));
      ++i;
    }
  }
  return plain;
}

std::string bad_example_label(std::string_view name,
                              std::string_view docstring,
                              const std::vector<std::string>& comments)
{
  const Words words = merge_n_plus_one(identifier_words(name));
  if (std::string label = label_in_name(words); !label.empty()) {
    return "its name says \"" + label + "\"";
  }
  if (praises(words)) {
    return {};
  }
  if (std::string label = label_in_prose(docstring); !label.empty()) {
    return "its docstring says \"" + label + "\"";
  }
  for (const std::string& comment : comments) {
    if (std::string label = label_in_prose(comment); !label.empty()) {
      return "a comment says \"" + label + "\"";
    }
  }
  return {};
}

} // namespace assay::facts::queries
