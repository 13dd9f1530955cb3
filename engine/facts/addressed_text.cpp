// SPDX-License-Identifier: MIT
#include "engine/facts/addressed_text.hpp"

#include "engine/base/text.hpp"
#include "engine/facts/classify.hpp"
#include "engine/facts/migration/paths.hpp"

#include <algorithm>
#include <array>
#include <bitset>
#include <map>

namespace assay::facts {

namespace {

constexpr std::size_t k_max_places = 20;
constexpr std::size_t k_max_bytes = 1U << 20U;

/// Phrases as words: "a|b" is either word, "a?" may be missing, "..3" stands for up to three words.
/// Lower case, accents folded.
constexpr std::array<std::string_view, 33> k_phrases = {
  "ignore|disregard|forget|override|bypass all|any|every|everything|your of? "
  "the|your|my|these|those? all|other? "
  "previous|prior|above|earlier|preceding|foregoing "
  "instructions|instruction|prompts|prompt|directions",
  "ignore|disregard|forget the|these|those? previous|prior|above|earlier|preceding "
  "instructions|prompts|prompt ..9 "
  "score|grade|marks|points|passed|passing|perfect|award",
  "ignore|disregard|override|bypass all|any? the|your|this? grading|scoring|evaluation|marking "
  "instructions|rubric|criteria|rules|scheme|guidelines",
  "give|award|assign|grant|allocate ..3 full|maximum|max|perfect "
  "marks|mark|score|scores|points|grade|grades",
  "award|assign|grant ..3 full|maximum credit",
  "give|award|assign|grant this|the "
  "submission|solution|repository|repo|project|candidate|code|assignment|work|student|applicant "
  "..3 highest|top|best|maximum|full|perfect|100",
  "this|the|my "
  "submission|solution|repository|repo|project|candidate|code|assignment|work|applicant "
  "deserves|merits ..3 "
  "full|maximum|perfect|highest|top|100 marks|score|points|grade|rating|percent|credit",
  "this|the|my "
  "submission|solution|repository|repo|project|candidate|code|assignment|work|applicant "
  "must|should|shall|has "
  "to? be? receive|get|given|awarded|graded|scored|rated|marked ..3 "
  "full|maximum|perfect|highest|top|100|passed|passing",
  "give|rate|score|grade|mark this|my "
  "submission|solution|repository|repo|project|candidate|code|assignment|work ..2 10|100",
  "mark|grade|score|rate|treat|consider|report all|every|each|this|the ..1 "
  "checks|check|criteria|criterion|requirements|submission|solution|assignment|repository as "
  "passed|passing|satisfied|fulfilled|met|perfect|correct|flawless",
  "do|please not|never deduct|subtract|penalize|penalise ..2 points|marks|score|grade|credit",
  "dont|never deduct|subtract|penalize|penalise ..2 points|marks|score|grade|credit",
  "ai|llm|gpt|chatgpt|claude|gemini|automated|automatic "
  "grader|graders|evaluator|evaluators|reviewer|reviewers|assessor|assessors|"
  "judge|judges|grading ..2 should|must|please|shall|kindly|ignore|give|award|assign",
  "note|message|attention|notice|instruction|instructions|hint|dear|hello|hi|hey to|for? "
  "the|any|all|an? ai|llm|gpt "
  "grader|graders|evaluator|evaluators|reviewer|reviewers|assessor|assessors|judge|judges",
  "note|message|attention|notice|instructions|dear|hello|hi|hey to|for? the|any|all|a? large "
  "language model|models",
  "you are now? a|an|the ..2 grader|evaluator|examiner and? you? must|should|will|who",
  "ai|llm|language models|model? reading|grading|evaluating|reviewing|assessing this|the ..2 "
  "must|should|please|shall",
  "as an? ai|llm grader|evaluator|reviewer|judge|assessor you|must|should|please",
  "grader|graders|evaluator|evaluators|examiner please|must|should ignore|award|give|skip",
  "the|this|your grading|scoring|evaluation script|system|engine|tool must|should "
  "return|output|report|give|award",
  "ignora|ignorad|ignorar|ignoren|olvida|olvidad|descarta|omite todas|todos|tus|sus las|los? "
  "instrucciones|indicaciones|ordenes|directrices anteriores|previas|precedentes",
  "ignore|ignora|ignorad|olvide|olvida las? instrucciones|indicaciones "
  "anteriores|previas|precedentes ..9 "
  "nota|puntuacion|calificacion|puntaje|puntos|aprobado|maxima",
  "da|dale|dad|dar|otorga|otorgue|otorgar|asigna|asigne|asignar|pon|ponle|ponga|concede|conceda "
  "..4 maxima|maximo|perfecta|completa "
  "puntuacion|nota|calificacion|puntaje",
  "da|dale|dad|dar|otorga|otorgue|otorgar|asigna|asigne|asignar|pon|ponle|ponga|concede|conceda "
  "..4 "
  "puntuacion|nota|calificacion|puntaje maxima|maximo|perfecta|completa|total",
  "no descuentes|descuente|restes|reste|penalices|penalice ..2 puntos|puntuacion|nota",
  "corrector|correctores|evaluador|evaluadores automatico|automaticos "
  "debe|deben|ignora|ignore|asigna",
  "ignore|ignorem|desconsidere|desconsiderem|esqueca|esquecam|descarte todas|todos|suas|seus "
  "as|os? "
  "instrucoes|orientacoes|ordens anteriores|previas|acima|precedentes",
  "ignore|ignorem|desconsidere|esqueca as|os? instrucoes|orientacoes anteriores|previas|acima ..9 "
  "nota|pontuacao|pontos|maxima",
  "atribua|atribuam|atribuir|conceda|concedam|dar|daime ..4 nota|pontuacao "
  "maxima|total|perfeita|completa",
  "atribua|atribuam|atribuir|conceda|concedam|dar|daime ..4 maxima|perfeita nota|pontuacao",
  "nao desconte|descontem|penalize|penalizem ..2 pontos|nota|pontuacao",
  "ignorez|oubliez toutes|tous? les|vos|ces? instructions|consignes precedentes|anterieures",
  "ignoriere|ignorieren|vergiss|vergessen sie? alle? die|deine|ihre? "
  "vorherigen|bisherigen|obigen|fruheren "
  "anweisungen|instruktionen|vorgaben",
};

/// Set-up instructions of a README may say this; code has no reason to.
constexpr std::array<std::string_view, 3> k_code_phrases = {
  "ignore|disregard|forget the|these|those? previous|prior|above|earlier|preceding "
  "instructions|prompts|prompt",
  "ignora|ignorad|olvida|olvide|ignore las? instrucciones|indicaciones "
  "anteriores|previas|precedentes",
  "ignore|ignorem|desconsidere|esqueca as|os? instrucoes|orientacoes anteriores|previas|acima",
};

/// Phrases to models that tools for programming also use; not looked for in their own files.
constexpr std::array<std::string_view, 6> k_model_phrases = {
  "if you|youre are? a|an|the? ai|llm|gpt|chatgpt|claude|gemini|language|large|automated|bot "
  "model|agent|assistant|grader|evaluator|reviewer|"
  "language|judge",
  "if you|youre are? a|an ai|llm",
  "si eres|es|usted un|una? ia|llm|modelo|inteligencia|corrector "
  "artificial|de|automatico|automatizado|debes|ignora",
  "se voce e|for|eh um|uma ia|llm|modelo|inteligencia|avaliador|corretor "
  "artificial|de|automatico|deve|ignore|atribua",
  "si eres un|una ia|llm",
  "se voce e|for|eh um|uma ia|llm",
};

struct Element {
  std::vector<std::string_view> words;
  bool optional = false;
  int gap = 0; ///< a "..N" element
};

using Phrase = std::vector<Element>;

Phrase compile(std::string_view text)
{
  Phrase phrase;
  for (std::string_view part : split(text, ' ')) {
    if (part.empty()) {
      continue;
    }
    Element element;
    if (part.starts_with("..")) {
      element.gap = part[2] - '0';
      phrase.push_back(std::move(element));
      continue;
    }
    if (part.ends_with('?')) {
      element.optional = true;
      part.remove_suffix(1);
    }
    element.words = split(part, '|');
    phrase.push_back(std::move(element));
  }
  return phrase;
}

struct Word {
  std::string text; ///< empty at a paragraph's end
  int line = 1;
};

/// The ASCII letter under a Latin-1 accent (second byte after 0xC3); 0 if there is none.
char unaccented(unsigned char second)
{
  constexpr std::string_view k_plain =
    "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty";
  return second >= 0x80 && second < 0xC0 && k_plain[second - 0x80U] != ' ' ? k_plain[second - 0x80U]
                                                                           : '\0';
}

bool is_alphanumeric(char c)
{
  return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

char lower(char c)
{
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}

class WordReader {
public:
  std::vector<Word> read(std::string_view text)
  {
    bool content_on_line = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const auto c = static_cast<unsigned char>(text[i]);
      const char plain = c == 0xC3 && i + 1 < text.size()
                           ? unaccented(static_cast<unsigned char>(text[i + 1]))
                           : '\0';
      if (plain != '\0') {
        current_ += plain;
        ++i;
      } else if (is_alphanumeric(text[i])) {
        current_ += lower(text[i]);
      } else if (c != '\'') {
        finish();
      }
      content_on_line = content_on_line || is_alphanumeric(static_cast<char>(c));
      if (c == '\n') {
        if (!content_on_line && !words_.empty() && !words_.back().text.empty()) {
          words_.push_back({{}, line_});
        }
        content_on_line = false;
        ++line_;
      }
    }
    finish();
    return std::move(words_);
  }

private:
  void finish()
  {
    if (!current_.empty()) {
      words_.push_back({std::move(current_), line_});
      current_.clear();
    }
  }

  std::vector<Word> words_;
  std::string current_;
  int line_ = 1;
};

bool matches(const std::vector<Word>& words,
             std::size_t at,
             const Phrase& phrase,
             std::size_t element)
{
  if (element == phrase.size()) {
    return true;
  }
  const Element& next = phrase[element];
  if (next.words.empty()) {
    for (int skipped = 0; skipped <= next.gap; ++skipped) {
      if (matches(words, at + static_cast<std::size_t>(skipped), phrase, element + 1)) {
        return true;
      }
      const std::size_t over = at + static_cast<std::size_t>(skipped);
      if (over >= words.size() || words[over].text.empty()) {
        return false;
      }
    }
    return false;
  }
  const bool here =
    at < words.size() && std::ranges::find(next.words, words[at].text) != next.words.end();
  if (here && matches(words, at + 1, phrase, element + 1)) {
    return true;
  }
  return next.optional && matches(words, at, phrase, element + 1);
}

class PhraseBook {
public:
  PhraseBook()
  {
    for (const std::string_view phrase : k_phrases) {
      add(phrase, phrases_);
    }
    for (const std::string_view phrase : k_code_phrases) {
      add(phrase, code_phrases_);
    }
    for (const std::string_view phrase : k_model_phrases) {
      add(phrase, model_phrases_);
    }
  }

  enum class Scope { code, documentation, tool_file };

  [[nodiscard]] std::vector<int> lines(std::string_view text, Scope scope) const
  {
    const std::vector<Word> words = WordReader().read(text);
    std::vector<int> found;
    for (std::size_t at = 0; at < words.size(); ++at) {
      if (!may_start_.test(mark_of(words[at].text))) {
        continue;
      }
      const bool hit = any(phrases_, words, at)
                       || (scope == Scope::code && any(code_phrases_, words, at))
                       || (scope != Scope::tool_file && any(model_phrases_, words, at));
      if (hit && (found.empty() || found.back() != words[at].line)) {
        found.push_back(words[at].line);
      }
    }
    return found;
  }

private:
  using Index = std::map<std::string_view, std::vector<Phrase>>;

  static constexpr std::size_t k_marks = 4096;

  /// The same for the same word; most words have one that no phrase starts with.
  static std::size_t mark_of(std::string_view word)
  {
    if (word.empty()) {
      return 0;
    }
    const auto byte = [word](std::size_t at) { return static_cast<unsigned char>(word[at]); };
    return (byte(0) * 131U + byte(word.size() / 2) * 31U + byte(word.size() - 1) * 7U + word.size())
           % k_marks;
  }

  void add(std::string_view text, Index& index)
  {
    const Phrase phrase = compile(text);
    for (const std::string_view first : phrase.front().words) {
      index[first].push_back(phrase);
      may_start_.set(mark_of(first));
    }
  }

  static bool any(const Index& index, const std::vector<Word>& words, std::size_t at)
  {
    const auto found = index.find(words[at].text);
    return found != index.end() && std::ranges::any_of(found->second, [&](const Phrase& phrase) {
             return matches(words, at, phrase, 0);
           });
  }

  Index phrases_;
  Index code_phrases_;
  Index model_phrases_;
  std::bitset<k_marks> may_start_;
};

const PhraseBook& phrase_book()
{
  static const PhraseBook book;
  return book;
}

bool is_text_file(std::string_view path)
{
  constexpr std::array<std::string_view, 18> k_endings = {".py",
                                                          ".md",
                                                          ".rst",
                                                          ".txt",
                                                          ".html",
                                                          ".jinja",
                                                          ".j2",
                                                          ".toml",
                                                          ".cfg",
                                                          ".ini",
                                                          ".yml",
                                                          ".yaml",
                                                          ".sql",
                                                          ".mako",
                                                          ".sh",
                                                          ".ipynb",
                                                          ".adoc",
                                                          ".env"};
  const std::string name(file_name_of(path));
  return std::ranges::any_of(k_endings, [&](auto ending) { return name.ends_with(ending); })
         || name.find('.') == std::string::npos || name.starts_with('.');
}

/// Files in which developers talk to their programming tools.
bool is_tool_file(std::string_view path)
{
  constexpr std::array<std::string_view, 7> k_names = {"agents.md",
                                                       "claude.md",
                                                       "gemini.md",
                                                       ".cursorrules",
                                                       ".windsurfrules",
                                                       "copilot-instructions.md",
                                                       "conventions.md"};
  const std::string name = to_lower(file_name_of(path));
  return std::ranges::find(k_names, name) != k_names.end() || path.starts_with(".cursor/")
         || path.starts_with(".claude/") || path.starts_with(".github/");
}

/// Letters of Unicode's tag block are invisible; an emoji flag has at most six.
bool has_invisible_text(std::string_view text)
{
  std::size_t run = 0;
  for (std::size_t i = 0; i + 3 < text.size(); ++i) {
    const bool tag = text[i] == '\xF3' && text[i + 1] == '\xA0'
                     && (text[i + 2] == '\x80' || text[i + 2] == '\x81');
    if (tag) {
      i += 3;
      if (++run > 8) {
        return true;
      }
    } else {
      run = 0;
    }
  }
  return false;
}

std::string line_of(std::string_view text, int number)
{
  const auto lines = split(text, '\n');
  const auto index = static_cast<std::size_t>(number - 1);
  return index < lines.size() ? std::string(trim(lines[index])).substr(0, 200) : std::string();
}

PhraseBook::Scope scope_of(std::string_view path)
{
  if (is_tool_file(path)) {
    return PhraseBook::Scope::tool_file;
  }
  const bool code = path.ends_with(".py") || path.ends_with(".sql") || path.ends_with(".html")
                    || path.ends_with(".ini");
  return code ? PhraseBook::Scope::code : PhraseBook::Scope::documentation;
}

} // namespace

std::vector<int> addressed_lines(std::string_view text)
{
  return phrase_book().lines(text, PhraseBook::Scope::documentation);
}

std::vector<AddressedText> find_addressed_text(const Snapshot& snapshot)
{
  std::vector<AddressedText> found;
  for (const auto& [path, blob] : snapshot.files) {
    if (is_vendored(path) || !is_text_file(path) || blob.size_bytes > k_max_bytes
        || !blob.content) {
      continue;
    }
    const auto text = text_of_file(snapshot, path);
    if (!text) {
      continue;
    }
    for (const int line : phrase_book().lines(*text, scope_of(path))) {
      Location where{path, line, 1, line, line_of(*text, line)};
      found.push_back({std::move(where), "speaks to a grader or a language model"});
    }
    if (has_invisible_text(*text)) {
      found.push_back({{path, 0, 0, 0, {}}, "holds invisible text"});
    }
    if (found.size() >= k_max_places) {
      found.resize(k_max_places);
      break;
    }
  }
  return found;
}

} // namespace assay::facts
