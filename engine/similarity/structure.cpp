// SPDX-License-Identifier: MIT
#include "engine/similarity/structure.hpp"

#include <map>
#include <string_view>

namespace assay::similarity {

namespace {

using syntax::StreamKind;
using syntax::StreamToken;

constexpr std::uint64_t k_name = 1;
constexpr std::uint64_t k_text = 2;
constexpr std::uint64_t k_number = 3;

/// FNV-1a, 64 bits. Source: RFC draft-eastlake-fnv.
std::uint64_t code_of(std::string_view word)
{
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : word) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  }
  return hash;
}

bool is_closing(std::string_view word)
{
  return word == ")" || word == "]" || word == "}";
}

/// What imports make of a name.
struct Imported {
  bool module = false;
  std::string_view name;
};

std::map<std::string_view, Imported> imported_names(const syntax::TokenStream& stream)
{
  std::map<std::string_view, Imported> found;
  for (const syntax::StreamImport& each : stream.imports) {
    if (each.name.empty()) {
      const std::string_view first = each.module.substr(0, each.module.find('.'));
      found[each.alias.empty() ? first : each.alias] = {true, first};
    } else if (each.name != "*" && !each.alias.empty()) {
      found[each.alias] = {false, each.name};
    }
  }
  return found;
}

} // namespace

void collect_own_names(const syntax::TokenStream& stream, std::set<std::string, std::less<>>& own)
{
  for (const StreamToken& token : stream.tokens) {
    const bool special = token.text.starts_with("__") && token.text.ends_with("__");
    if (token.binds && !special && !own.contains(token.text)) {
      own.emplace(token.text);
    }
  }
}

std::vector<Code> structure_of(const syntax::TokenStream& stream,
                               const std::set<std::string, std::less<>>& own)
{
  const auto imported = imported_names(stream);
  const std::vector<StreamToken>& tokens = stream.tokens;
  std::vector<Code> codes;
  codes.reserve(tokens.size());
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const StreamToken& token = tokens[i];
    const std::string_view next = i + 1 < tokens.size() ? tokens[i + 1].text : std::string_view();
    std::uint64_t value = 0;
    switch (token.kind) {
    case StreamKind::text:
      value = k_text;
      break;
    case StreamKind::number:
      value = k_number;
      break;
    case StreamKind::word:
      if (token.text == ";" || (token.text == "," && is_closing(next))) {
        continue;
      }
      value = code_of(token.text);
      break;
    case StreamKind::name: {
      const bool member = i > 0 && tokens[i - 1].text == ".";
      const auto known = member ? imported.end() : imported.find(token.text);
      if (known != imported.end() && known->second.module && next == ".") {
        ++i; // and the dot
        continue;
      }
      const std::string_view name = known == imported.end() ? token.text : known->second.name;
      value = own.contains(name) ? k_name : code_of(name);
      break;
    }
    }
    codes.push_back({value, token.line, token.end_line});
  }
  return codes;
}

} // namespace assay::similarity
