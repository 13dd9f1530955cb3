// SPDX-License-Identifier: MIT
// Singular forms by rule. The rules are made for the words that name tables and classes in English,
// Spanish and Portuguese, with and without accents; the first rule that fits decides.
#include "engine/base/text.hpp"

#include <algorithm>
#include <array>

namespace assay {

namespace {

struct Whole {
  std::string_view plural;
  std::string_view singular;
};

struct Suffix {
  std::string_view ending;
  std::string_view replacement;
  std::size_t shortest; ///< length of the shortest word the rule is for
};

// Irregular words, and regular ones that a suffix rule below would get wrong.
constexpr std::array k_irregular = {Whole{"people", "person"},
                                    Whole{"children", "child"},
                                    Whole{"men", "man"},
                                    Whole{"women", "woman"},
                                    Whole{"mice", "mouse"},
                                    Whole{"feet", "foot"},
                                    Whole{"indices", "index"},
                                    Whole{"vertices", "vertex"},
                                    Whole{"matrices", "matrix"},
                                    Whole{"appendices", "appendix"},
                                    Whole{"criteria", "criterion"},
                                    Whole{"analyses", "analysis"},
                                    Whole{"axes", "axis"},
                                    Whole{"movies", "movie"},
                                    Whole{"cookies", "cookie"},
                                    Whole{"selfies", "selfie"},
                                    Whole{"zombies", "zombie"},
                                    Whole{"calories", "calorie"},
                                    Whole{"aliases", "alias"},
                                    Whole{"canvases", "canvas"},
                                    Whole{"atlases", "atlas"},
                                    Whole{"biases", "bias"},
                                    Whole{"gases", "gas"},
                                    Whole{"lenses", "lens"},
                                    Whole{"caches", "cache"},
                                    Whole{"niches", "niche"},
                                    Whole{"quizzes", "quiz"},
                                    Whole{"menus", "menu"},
                                    Whole{"gurus", "guru"},
                                    Whole{"cpus", "cpu"},
                                    Whole{"gpus", "gpu"},
                                    Whole{"apis", "api"},
                                    Whole{"uris", "uri"},
                                    Whole{"wikis", "wiki"},
                                    Whole{"taxis", "taxi"},
                                    Whole{"emojis", "emoji"},
                                    Whole{"knives", "knife"},
                                    Whole{"wives", "wife"},
                                    Whole{"halves", "half"},
                                    Whole{"wolves", "wolf"},
                                    Whole{"leaves", "leaf"},
                                    Whole{"thieves", "thief"},
                                    Whole{"heroes", "hero"},
                                    Whole{"potatoes", "potato"},
                                    Whole{"tomatoes", "tomato"},
                                    Whole{"echoes", "echo"},
                                    Whole{"vetoes", "veto"},
                                    Whole{"cargoes", "cargo"},
                                    Whole{"shoes", "shoe"},
                                    Whole{"toes", "toe"},
                                    Whole{"canoes", "canoe"},
                                    Whole{"scores", "score"},
                                    Whole{"cores", "core"},
                                    Whole{"chores", "chore"},
                                    Whole{"shores", "shore"},
                                    Whole{"gestores", "gestor"},
                                    Whole{"pastores", "pastor"},
                                    Whole{"scenes", "scene"},
                                    Whole{"genes", "gene"},
                                    Whole{"meses", "mes"},
                                    Whole{"paises", "pais"},
                                    Whole{"países", "país"},
                                    Whole{"canales", "canal"},
                                    Whole{"ciudades", "ciudad"},
                                    Whole{"lugares", "lugar"},
                                    Whole{"mujeres", "mujer"},
                                    Whole{"itens", "item"},
                                    Whole{"ordens", "ordem"},
                                    Whole{"homens", "homem"},
                                    Whole{"albuns", "album"},
                                    Whole{"álbuns", "álbum"},
                                    Whole{"voces", "voz"},
                                    Whole{"veces", "vez"}};

// Singular words that end like plurals and that no suffix rule recognises.
constexpr std::array<std::string_view, 41> k_unchanged = {
  "news",      "series",    "species", "lens",     "alias",    "canvas",    "atlas",
  "bias",      "gas",       "chaos",   "cosmos",   "ethos",    "kudos",     "thermos",
  "os",        "ios",       "dns",     "gps",      "sms",      "cms",       "aws",
  "https",     "tls",       "yes",     "has",      "was",      "as",        "does",
  "goes",      "always",    "perhaps", "ethics",   "politics", "economics", "mathematics",
  "analytics", "logistics", "physics", "diabetes", "pos",      "mas"};

// The order matters: the longer and rarer ending comes first.
constexpr std::array k_suffixes = {
  Suffix{"ss", "ss", 2},        Suffix{"ies", "y", 5},      Suffix{"shelves", "shelf", 7},
  Suffix{"selves", "self", 6},  Suffix{"iones", "ion", 6},  Suffix{"ões", "ão", 5},
  Suffix{"ães", "ão", 5},       Suffix{"oes", "ao", 6},     Suffix{"agens", "agem", 6},
  Suffix{"stores", "store", 6}, Suffix{"ores", "or", 6},    Suffix{"enes", "en", 6},
  Suffix{"eles", "el", 7},      Suffix{"iales", "ial", 7},  Suffix{"ais", "al", 5},
  Suffix{"eis", "el", 6},       Suffix{"éis", "el", 6},     Suffix{"sses", "ss", 5},
  Suffix{"ouses", "ouse", 6},   Suffix{"auses", "ause", 6}, Suffix{"uses", "us", 5},
  Suffix{"xes", "x", 4},        Suffix{"ches", "ch", 5},    Suffix{"shes", "sh", 5},
  Suffix{"us", "us", 2},        Suffix{"is", "is", 2},      Suffix{"s", "", 3}};

} // namespace

std::string singular(std::string_view word)
{
  if (std::ranges::find(k_unchanged, word) != k_unchanged.end()) {
    return std::string(word);
  }
  const auto* const whole = std::ranges::find(k_irregular, word, &Whole::plural);
  if (whole != k_irregular.end()) {
    return std::string(whole->singular);
  }
  for (const Suffix& suffix : k_suffixes) {
    if (word.size() >= suffix.shortest && word.ends_with(suffix.ending)) {
      word.remove_suffix(suffix.ending.size());
      return std::string(word) + std::string(suffix.replacement);
    }
  }
  return std::string(word);
}

} // namespace assay
