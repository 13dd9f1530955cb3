// SPDX-License-Identifier: MIT
// Strings that are computed at import: table names made from class names, foreign keys made from
// table names.
#include "engine/base/text.hpp"
#include "engine/facts/schema/vocabulary.hpp"

#include <array>

namespace assay::facts {

namespace {

bool is_upper(char c)
{
  return c >= 'A' && c <= 'Z';
}

bool is_lower_or_digit(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/// An underscore before every word; `every_capital` splits "HTTPServer" into H_T_T_P_Server.
std::string with_underscores(std::string_view name, bool every_capital)
{
  std::string result;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool after_small = i > 0 && is_lower_or_digit(name[i - 1]);
    const bool before_small = i + 1 < name.size() && name[i + 1] >= 'a' && name[i + 1] <= 'z';
    const bool joined = i > 0 && name[i - 1] != '_';
    if (is_upper(name[i]) && joined && (every_capital || after_small || before_small)) {
      result += '_';
    }
    result += name[i];
  }
  return result;
}

std::string plural(std::string word)
{
  const auto vowel = [](char c) {
    return std::string_view("aeiou").find(c) != std::string_view::npos;
  };
  if (word.ends_with('y') && word.size() > 1 && !vowel(word[word.size() - 2])) {
    return word.substr(0, word.size() - 1) + "ies";
  }
  for (const std::string_view ending : {"s", "x", "z", "ch", "sh"}) {
    if (word.ends_with(ending)) {
      return word + "es";
    }
  }
  return word + "s";
}

std::string replaced(std::string text, std::string_view from, std::string_view to)
{
  if (from.empty()) {
    return text;
  }
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

std::string stripped(std::string_view text, std::string_view set, bool left, bool right)
{
  const auto first = left ? text.find_first_not_of(set) : 0;
  if (first == std::string_view::npos) {
    return {};
  }
  const auto last = right ? text.find_last_not_of(set) + 1 : text.size();
  return std::string(text.substr(first, last - first));
}

class StringReader {
public:
  StringReader(Program& program, const TableNameOf& table_of, const ClassInfo* self)
    : program_(program),
      table_of_(table_of),
      self_(self)
  {
  }

  std::optional<std::string> read(const Value& value, int depth = 0)
  {
    const Value& plain = settled(value);
    if (depth > 24) {
      return std::nullopt;
    }
    if (plain.kind == ValueKind::string) {
      return plain.text;
    }
    if (plain.kind == ValueKind::integer) {
      return std::to_string(plain.number);
    }
    if (plain.kind == ValueKind::format_string) {
      return filled(plain.text, plain.items, depth);
    }
    if (plain.kind == ValueKind::operation && plain.items.size() == 2) {
      return operation(plain, depth);
    }
    if (plain.kind == ValueKind::attribute) {
      return attribute(plain, depth);
    }
    if (plain.kind == ValueKind::call) {
      return call(plain, depth);
    }
    if (plain.kind == ValueKind::function_ref && plain.base != nullptr
        && settled(*plain.base).kind == ValueKind::class_ref) {
      return of_class(*settled(*plain.base).class_info,
                      std::string(plain.function->syntax->name)); // a declared_attr
    }
    return std::nullopt;
  }

private:
  /// `text` with each "{}" replaced by the next item.
  std::optional<std::string>
  filled(const std::string& text, const std::vector<ValueRef>& items, int depth)
  {
    std::string result;
    std::size_t from = 0;
    for (const ValueRef item : items) {
      const auto hole = text.find("{}", from);
      const auto part = item == nullptr ? std::nullopt : read(*item, depth + 1);
      if (hole == std::string::npos || !part) {
        return std::nullopt;
      }
      result += text.substr(from, hole - from) + *part;
      from = hole + 2;
    }
    return result + text.substr(from);
  }

  std::optional<std::string> operation(const Value& value, int depth)
  {
    const auto left = read(*value.items[0], depth + 1);
    if (value.text == "+") {
      const auto right = read(*value.items[1], depth + 1);
      return left && right ? std::optional(*left + *right) : std::nullopt;
    }
    if (value.text != "%" || !left) {
      return std::nullopt;
    }
    const Value& right = settled(*value.items[1]);
    const auto items = right.kind == ValueKind::tuple ? right.items : std::vector<ValueRef>{&right};
    return filled(replaced(*left, "%s", "{}"), items, depth);
  }

  std::optional<std::string> attribute(const Value& value, int depth)
  {
    const Value& base = settled(*value.base);
    if (base.kind == ValueKind::class_ref) {
      return of_class(*base.class_info, value.text);
    }
    const bool unbound = base.kind == ValueKind::unknown || base.kind == ValueKind::parameter;
    if (unbound && self_ != nullptr && (base.text == "cls" || base.text == "self")) {
      return of_class(*self_, value.text);
    }
    if (value.text == "name" || value.text == "fullname") {
      return table_name(base, depth);
    }
    if (value.text == "value") {
      return read(base, depth + 1);
    }
    return std::nullopt;
  }

  std::optional<std::string> of_class(const ClassInfo& info, const std::string& name)
  {
    if (name == "__name__" || name == "__qualname__") {
      return std::string(info.syntax->name);
    }
    if (name == "__tablename__" && table_of_) {
      std::string table = table_of_(info);
      return table.empty() ? std::nullopt : std::optional(std::move(table));
    }
    return std::nullopt;
  }

  std::optional<std::string> table_name(const Value& base, int depth)
  {
    if (base.kind == ValueKind::attribute && base.text == "__table__") {
      const Value& owner = settled(*base.base);
      return owner.kind == ValueKind::class_ref ? of_class(*owner.class_info, "__tablename__")
                                                : std::nullopt;
    }
    if (calls_any(program_, base, {"Table"}) && argument_or_keyword(base, 0, "name") != nullptr) {
      return read(*argument_or_keyword(base, 0, "name"), depth + 1);
    }
    return std::nullopt;
  }

  std::optional<std::string> text_argument(const Value& call, std::size_t index, int depth)
  {
    const ValueRef value = argument(call, index);
    return value == nullptr ? std::nullopt : read(*value, depth + 1);
  }

  std::optional<std::string> call(const Value& value, int depth)
  {
    const Value& callee = settled(*value.base);
    const std::string dotted = dotted_name(callee);
    if (dotted == "re.sub") {
      return substituted(value, depth);
    }
    if (dotted == "str" || dotted == "builtins.str") {
      return text_argument(value, 0, depth);
    }
    if (callee.kind == ValueKind::attribute) {
      if (const auto text = read(*callee.base, depth + 1)) {
        return method(*text, callee.text, value, depth);
      }
      if (dotted_name(*callee.base) == "re.compile()" && callee.text == "sub") {
        return substituted_by(settled(*callee.base),
                              text_argument(value, 0, depth),
                              text_argument(value, 1, depth),
                              depth);
      }
    }
    const auto text = text_argument(value, 0, depth);
    return text ? named_helper(last_name(dotted), *text) : std::nullopt;
  }

  std::optional<std::string>
  method(const std::string& text, const std::string& name, const Value& call, int depth)
  {
    const auto first = text_argument(call, 0, depth);
    const auto second = text_argument(call, 1, depth);
    if (name == "lower" || name == "casefold") {
      return to_lower(text);
    }
    if (name == "replace" && first && second) {
      return replaced(text, *first, *second);
    }
    if (name == "strip" || name == "lstrip" || name == "rstrip") {
      return stripped(text, first.value_or(" "), name != "rstrip", name != "lstrip");
    }
    if (name == "removesuffix" && first) {
      return text.ends_with(*first) ? text.substr(0, text.size() - first->size()) : text;
    }
    if (name == "removeprefix" && first) {
      return text.starts_with(*first) ? text.substr(first->size()) : text;
    }
    if (name == "format" && call.keywords.empty()) {
      return filled(replaced(text, "{0}", "{}"), call.items, depth);
    }
    return std::nullopt;
  }

  std::optional<std::string> substituted(const Value& call, int depth)
  {
    const auto pattern = text_argument(call, 0, depth);
    return pattern ? snake(*pattern, text_argument(call, 1, depth), text_argument(call, 2, depth))
                   : std::nullopt;
  }

  std::optional<std::string> substituted_by(const Value& compiled,
                                            const std::optional<std::string>& replacement,
                                            const std::optional<std::string>& text,
                                            int depth)
  {
    const auto pattern = text_argument(compiled, 0, depth);
    return pattern ? snake(*pattern, replacement, text) : std::nullopt;
  }

  /// The substitutions people write for snake case; no others.
  static std::optional<std::string> snake(const std::string& pattern,
                                          const std::optional<std::string>& replacement,
                                          const std::optional<std::string>& text)
  {
    if (!text || !replacement || replacement->find('_') == std::string::npos
        || pattern.find("[A-Z]") == std::string::npos) {
      return std::nullopt;
    }
    const bool looks_around = pattern.find("[a-z") != std::string::npos;
    return with_underscores(*text, !looks_around);
  }

  static std::optional<std::string> named_helper(std::string_view helper, const std::string& text)
  {
    constexpr std::array<std::string_view, 9> k_snake = {"underscore",
                                                         "snake_case",
                                                         "snakecase",
                                                         "to_snake_case",
                                                         "to_snake",
                                                         "camel_to_snake",
                                                         "camel_to_snake_case",
                                                         "decamelize",
                                                         "camel2snake"};
    for (const std::string_view name : k_snake) {
      if (helper == name) {
        return camel_to_snake(text);
      }
    }
    if (helper == "pluralize" || helper == "plural") {
      return plural(text);
    }
    if (helper == "tableize") {
      return plural(camel_to_snake(text));
    }
    return std::nullopt;
  }

  Program& program_;
  const TableNameOf& table_of_;
  const ClassInfo* self_;
};

} // namespace

std::string camel_to_snake(std::string_view name)
{
  const std::string snake = to_lower(with_underscores(name, false));
  return stripped(snake, "_", true, false);
}

std::optional<std::string> known_string(Program& program,
                                        const Value& value,
                                        const TableNameOf& table_of,
                                        const ClassInfo* self)
{
  return StringReader(program, table_of, self).read(value);
}

} // namespace assay::facts
