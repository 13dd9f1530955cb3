// SPDX-License-Identifier: MIT
#include "engine/probe/seed_values.hpp"

#include "engine/base/digest.hpp"
#include "engine/base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

namespace assay::probe {

using wire::Value;

namespace {

constexpr std::size_t k_token_length = 10;

/// Ranges of keys do not meet, so that a number tells its table.
constexpr std::int64_t k_keys_per_table = 10'000'000;

std::int64_t number_in(std::string_view digest, std::size_t from, std::size_t digits)
{
  std::int64_t number = 0;
  for (const char c : digest.substr(from, digits)) {
    number = number * 16 + (c <= '9' ? c - '0' : c - 'a' + 10);
  }
  return number;
}

bool has_word(const std::vector<std::string>& words, std::initializer_list<std::string_view> any)
{
  return std::ranges::any_of(
    words, [&](const std::string& word) { return std::ranges::find(any, word) != any.end(); });
}

/// The last characters, which tell rows apart, where there is no room for all.
std::string cut(std::string text, const Column& column, const RowSource& source)
{
  if (!column.length || *column.length <= 0
      || text.size() <= static_cast<std::size_t>(*column.length)) {
    return text;
  }
  const auto room = static_cast<std::size_t>(*column.length);
  if (room >= k_token_length) {
    return text.starts_with(source.token) || text.find(source.token) + k_token_length <= room
             ? text.substr(0, room)
             : source.token;
  }
  return source.token.substr(k_token_length - room);
}

constexpr std::array<std::string_view, 18> k_visible = {"published",
                                                        "active",
                                                        "approved",
                                                        "visible",
                                                        "public",
                                                        "live",
                                                        "open",
                                                        "enabled",
                                                        "publicado",
                                                        "publicada",
                                                        "activo",
                                                        "ativo",
                                                        "aprobado",
                                                        "aprovado",
                                                        "visivel",
                                                        "publico",
                                                        "accepted",
                                                        "confirmed"};

std::optional<std::string> visible_of(const std::vector<std::string>& labels)
{
  for (const std::string_view word : k_visible) {
    const auto found = std::ranges::find_if(
      labels, [&](const std::string& label) { return to_lower(label) == word; });
    if (found != labels.end()) {
      return *found;
    }
  }
  return std::nullopt;
}

/// The quoted words that a check allows: status IN ('draft', 'published').
std::vector<std::string> allowed_by_checks(const Table& table, const Column& column)
{
  std::vector<std::string> words;
  for (const Check& check : table.checks) {
    const std::string lower = to_lower(check.text);
    if (check.text.find(column.name) == std::string::npos
        || lower.find(" in ") == std::string::npos) {
      continue;
    }
    std::size_t open = check.text.find('\'');
    while (open != std::string::npos && words.size() < 50) {
      const std::size_t close = check.text.find('\'', open + 1);
      if (close == std::string::npos) {
        break;
      }
      words.push_back(check.text.substr(open + 1, close - open - 1));
      open = check.text.find('\'', close + 1);
    }
  }
  return words;
}

Value seed_text(const Table& table, const Column& column, const RowSource& source)
{
  const std::vector<std::string> words = identifier_words(column.name);
  const std::string& token = source.token;
  if (const auto allowed = allowed_by_checks(table, column); !allowed.empty()) {
    return visible_of(allowed).value_or(allowed.front());
  }
  if (has_word(words, {"status", "state", "visibility", "estado", "situacao"})) {
    return cut("published", column, source);
  }
  if (has_word(words, {"email", "mail", "correo"})) {
    return cut(token + "@example.com", column, source);
  }
  if (has_word(words, {"url", "uri", "link", "website", "avatar", "image"})) {
    return cut("https://example.com/" + token, column, source);
  }
  if (has_word(words, {"phone", "telephone", "mobile", "telefono", "telefone"})) {
    return cut(fmt::format("+49{:09}", source.key % 1'000'000'000), column, source);
  }
  if (has_word(words, {"color", "colour"})) {
    return cut("#" + source.digest.substr(0, 6), column, source);
  }
  if (has_word(words, {"ip", "address"}) && has_word(words, {"ip"})) {
    return cut("10.1.2.3", column, source);
  }
  if (column.family == TypeFamily::text
      || has_word(words,
                  {"title",
                   "body",
                   "content",
                   "text",
                   "bio",
                   "description",
                   "summary",
                   "titulo",
                   "texto",
                   "contenido",
                   "conteudo",
                   "message"})) {
    return cut(token + " was written for this run", column, source);
  }
  return cut(token, column, source);
}

/// What hides a row, in the languages that the rubrics know.
bool says_hidden(const std::vector<std::string>& words)
{
  constexpr std::array<std::string_view, 60> k_hidden = {
    "deleted",   "removed",   "archived",  "hidden",     "spam",       "draft",       "banned",
    "blocked",   "private",   "locked",    "flagged",    "disabled",   "unpublished", "anonymous",
    "suspended", "inactive",  "trashed",   "expired",    "expires",    "revoked",     "borrado",
    "eliminado", "borrador",  "oculto",    "archivado",  "bloqueado",  "excluido",    "rascunho",
    "apagado",   "removido",  "supprime",  "efface",     "brouillon",  "geloescht",   "geloscht",
    "gesperrt",  "entwurf",   "versteckt", "archiviert", "cancellato", "eliminata",   "bozza",
    "nascosto",  "usuniety",  "usunieto",  "skasowany",  "ukryty",     "verwijderd",  "raderad",
    "slettet",   "poistettu", "torolt",    "smazano",    "smazan",     "silindi",     "dihapus",
    "terhapus",  "obrisan",   "sters",     "xoa"};
  return std::ranges::any_of(words, [&](const std::string& word) {
    return std::ranges::find(k_hidden, word) != k_hidden.end();
  });
}

Value seed_flag(const Column& column)
{
  const std::vector<std::string> words = identifier_words(column.name);
  const bool off = says_hidden(words);
  return static_cast<std::int64_t>(off ? 0 : 1);
}

std::string moment(const RowSource& source, const std::vector<std::string>& words)
{
  const bool later = has_word(words, {"expires", "expiry", "until", "valid"});
  const std::int64_t hours = source.index;
  const std::int64_t days = hours / 24;
  return fmt::format("{}-{:02}-{:02} {:02}:00:00.000000",
                     later ? 2199 : 2021 + days / 336,
                     1 + days / 28 % 12,
                     1 + days % 28,
                     hours % 24);
}

Value seed_number(const Column& column, const RowSource& source)
{
  const std::vector<std::string> words = identifier_words(column.name);
  if (has_word(words, {"rating", "stars", "score", "level", "depth", "version"})) {
    return static_cast<std::int64_t>(1 + source.index % 5);
  }
  if (has_word(words, {"age", "edad", "idade"})) {
    return static_cast<std::int64_t>(20 + source.index % 50);
  }
  if (has_word(words, {"year", "ano"})) {
    return static_cast<std::int64_t>(2000 + source.index % 20);
  }
  return source.index + 1;
}

std::string uuid_text(const Column& column, const RowSource& source)
{
  // Version 5 and the right variant: some code looks.
  std::string hex = source.digest.substr(32, 32);
  hex[12] = '5';
  hex[16] = 'a';
  const std::string type = to_lower(column.type_text);
  const bool dashed = (column.length && *column.length == 36)
                      || type.find("char(36)") != std::string::npos
                      || type.find("as_uuid=false") != std::string::npos;
  return dashed ? fmt::format("{}-{}-{}-{}-{}",
                              hex.substr(0, 8),
                              hex.substr(8, 4),
                              hex.substr(12, 4),
                              hex.substr(16, 4),
                              hex.substr(20))
                : hex;
}

} // namespace

RowSource row_source(std::string_view secret, std::string_view table, int table_index, int index)
{
  RowSource source;
  source.digest = sha256(fmt::format("{}|{}|{}", secret, table, index)).substr(7);
  source.token = static_cast<char>('g' + number_in(source.digest, 0, 2) % 20)
                 + source.digest.substr(2, k_token_length - 1);
  const std::string base = sha256(fmt::format("{}|{}", secret, table)).substr(7);
  source.key = k_keys_per_table * (table_index + 1) + number_in(base, 0, 4) * 50
               + index * std::int64_t{97} + number_in(source.digest, 8, 1);
  source.index = index;
  return source;
}

Value seed_key(const Column& column, const RowSource& source)
{
  switch (column.family) {
  case TypeFamily::integer:
  case TypeFamily::big_integer:
  case TypeFamily::numeric:
  case TypeFamily::real:
    return source.key;
  case TypeFamily::small_integer:
    return 20'000 + source.index;
  case TypeFamily::uuid:
    return uuid_text(column, source);
  case TypeFamily::string:
  case TypeFamily::text:
    if (column.length && *column.length >= 32 && *column.length <= 36) {
      return uuid_text(column, source); // a key of that length is meant for one
    }
    return cut(source.token, column, source);
  case TypeFamily::unknown:
  case TypeFamily::other: {
    const std::string type = to_lower(column.type_text);
    return type.find("char") != std::string::npos || type.find("text") != std::string::npos
             ? Value(cut(source.token, column, source))
             : Value(source.key);
  }
  case TypeFamily::boolean:
  case TypeFamily::datetime:
  case TypeFamily::date:
  case TypeFamily::time:
  case TypeFamily::interval:
  case TypeFamily::json:
  case TypeFamily::array:
  case TypeFamily::enumeration:
  case TypeFamily::binary:
    break;
  }
  return seed_value({}, column, source);
}

Value seed_value(const Table& table, const Column& column, const RowSource& source)
{
  const std::vector<std::string> words = identifier_words(column.name);
  switch (column.family) {
  case TypeFamily::integer:
  case TypeFamily::big_integer:
  case TypeFamily::small_integer:
    return seed_number(column, source);
  case TypeFamily::boolean:
    return seed_flag(column);
  case TypeFamily::real:
  case TypeFamily::numeric:
    return static_cast<double>(source.index) + 1.5;
  case TypeFamily::uuid:
    return uuid_text(column, source);
  case TypeFamily::datetime:
    return moment(source, words);
  case TypeFamily::date:
    return moment(source, words).substr(0, 10);
  case TypeFamily::time:
    return "12:00:00.000000";
  case TypeFamily::interval:
    return "1970-01-02 00:00:00.000000";
  case TypeFamily::json:
    return "{}";
  case TypeFamily::array:
    return "[]";
  case TypeFamily::binary:
    return wire::Bytes{source.token};
  case TypeFamily::enumeration:
    if (!column.enum_labels.empty()) {
      return visible_of(column.enum_labels)
        .value_or(
          column.enum_labels[static_cast<std::size_t>(source.index) % column.enum_labels.size()]);
    }
    return "published";
  case TypeFamily::string:
  case TypeFamily::text:
  case TypeFamily::unknown:
  case TypeFamily::other:
    return seed_text(table, column, source);
  }
  return {};
}

std::vector<Value> other_values(const Column& column, const RowSource& source)
{
  switch (column.family) {
  case TypeFamily::integer:
  case TypeFamily::big_integer:
  case TypeFamily::small_integer:
  case TypeFamily::real:
  case TypeFamily::numeric:
    return {1, 5, 0, 10, 100, 18, 2020, -1, 1000};
  case TypeFamily::string:
  case TypeFamily::text:
  case TypeFamily::unknown:
  case TypeFamily::other: {
    std::vector<Value> values = {source.token + "@example.com",
                                 source.token,
                                 source.token + source.token.substr(0, 2),
                                 "https://example.com/" + source.token,
                                 source.token + std::string(60, 'a')};
    for (const std::string_view state :
         {"published", "active", "approved", "PUBLISHED", "user", "A", "en", "#a1b2c3"}) {
      values.emplace_back(std::string(state));
    }
    std::string upper = source.token;
    std::ranges::transform(upper, upper.begin(), [](char c) {
      return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    values.emplace_back(upper);
    std::string letters;
    for (const char c : source.digest.substr(0, 12)) {
      letters += static_cast<char>(c <= '9' ? 'g' + (c - '0') : c);
    }
    values.emplace_back(letters);
    return values;
  }
  case TypeFamily::boolean:
    return {0, 1};
  case TypeFamily::datetime:
    return {"2199-01-01 00:00:00.000000", "1999-01-01 00:00:00.000000", Value()};
  case TypeFamily::date:
    return {"2199-01-01", "1999-01-01", Value()};
  case TypeFamily::uuid:
  case TypeFamily::time:
  case TypeFamily::interval:
  case TypeFamily::json:
  case TypeFamily::array:
  case TypeFamily::enumeration:
  case TypeFamily::binary:
    return {Value()};
  }
  return {};
}

bool better_absent(const Column& column)
{
  const std::vector<std::string> words = identifier_words(column.name);
  return column.nullable != Truth::no && says_hidden(words);
}

} // namespace assay::probe
