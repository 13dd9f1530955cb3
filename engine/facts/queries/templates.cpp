// SPDX-License-Identifier: MIT
// Jinja templates, as far as `{% for comment in post.comments %}` and `{{ post.author.name }}` go.
#include "engine/base/text.hpp"
#include "engine/facts/queries/renderers.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

namespace assay::facts::queries {

namespace {

using Scope = std::map<std::string, Holding, std::less<>>;

// Includes within includes; more than this is a circle.
constexpr int k_max_includes = 6;

Holding one_of(const Holding& whole)
{
  Holding one = whole;
  one.shape = whole.shape == Shape::collection ? Shape::entity : Shape::unknown;
  return one;
}

/// The dotted names of an expression: "post.comments|length > 0" gives post.comments and length.
std::vector<std::string> dotted_names(std::string_view expression)
{
  std::vector<std::string> names;
  std::string name;
  char quote = 0;
  for (const char c : expression) {
    if (quote != 0) {
      quote = c == quote ? '\0' : quote;
      continue;
    }
    if (c == '\'' || c == '"') {
      quote = c;
    }
    const bool part = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.';
    if (part) {
      name += c;
    } else if (!name.empty()) {
      names.push_back(name);
      name.clear();
    }
  }
  if (!name.empty()) {
    names.push_back(name);
  }
  return names;
}

const Blob* find_template(const Snapshot& snapshot, std::string_view name, std::string& path)
{
  for (const auto& [candidate, blob] : snapshot.files) {
    const bool same = candidate == name || candidate.ends_with("/" + std::string(name));
    if (same && blob.content) {
      path = candidate;
      return &blob;
    }
  }
  return nullptr;
}

class TemplateWalk {
public:
  explicit TemplateWalk(Recorder& recorder)
    : recorder_(recorder)
  {
  }

  void walk(std::string_view name, Scope scope, int includes)
  {
    std::string path;
    const Blob* blob = find_template(recorder_.reader().program().snapshot(), name, path);
    if (blob == nullptr || includes > k_max_includes) {
      return;
    }
    const std::string_view text = *blob->content;

    struct Loop {
      Scope before;
    };

    std::vector<Loop> loops;
    int line = 1;
    for (std::size_t at = 0; at + 1 < text.size(); ++at) {
      if (text[at] == '\n') {
        ++line;
      }
      const bool tag = text[at] == '{' && (text[at + 1] == '%' || text[at + 1] == '{');
      if (!tag) {
        continue;
      }
      const std::string_view close = text[at + 1] == '%' ? "%}" : "}}";
      const auto end = text.find(close, at + 2);
      if (end == std::string_view::npos) {
        return;
      }
      std::string_view inside = trim(text.substr(at + 2, end - at - 2));
      while (!inside.empty() && (inside.front() == '-' || inside.front() == '+')) {
        inside = trim(inside.substr(1));
      }
      while (!inside.empty() && (inside.back() == '-' || inside.back() == '+')) {
        inside = trim(inside.substr(0, inside.size() - 1));
      }
      where_ = {path, line, 1, line, std::string(inside.substr(0, 200))};
      via_ = path;
      depth_ = static_cast<int>(loops.size());
      if (close == "}}") {
        read(inside, scope);
      } else if (inside.starts_with("for ")) {
        loops.push_back({scope});
        begin_loop(inside.substr(4), scope);
      } else if (inside.starts_with("endfor")) {
        if (!loops.empty()) {
          scope = loops.back().before;
          loops.pop_back();
        }
      } else if (inside.starts_with("set ")) {
        set(inside.substr(4), scope);
      } else if (inside.starts_with("include ") || inside.starts_with("extends ")) {
        const auto quoted = inside.find_first_of("'\"");
        const auto last = inside.find_last_of("'\"");
        if (quoted != std::string_view::npos && last > quoted) {
          TemplateWalk inner(recorder_);
          inner.outer_ = outer_ + depth_;
          inner.walk(inside.substr(quoted + 1, last - quoted - 1), scope, includes + 1);
        }
      } else {
        read(inside, scope);
      }
      line += static_cast<int>(std::ranges::count(text.substr(at, end - at), '\n'));
      at = end + 1;
    }
  }

private:
  void begin_loop(std::string_view head, Scope& scope)
  {
    const auto in = head.find(" in ");
    if (in == std::string_view::npos) {
      return;
    }
    const std::string_view iterable = head.substr(in + 4);
    const auto names = dotted_names(head.substr(0, in));
    const auto paths = dotted_names(iterable.substr(0, iterable.find(" if ")));
    std::optional<Holding> whole;
    for (const std::string& path : paths) {
      const auto held = follow(path, scope);
      whole = whole ? whole : held;
    }
    for (const std::string& name : names) {
      scope[name] = whole && names.size() == 1 ? one_of(*whole) : Holding{};
    }
  }

  void set(std::string_view head, Scope& scope)
  {
    const auto equals = head.find('=');
    if (equals == std::string_view::npos) {
      return;
    }
    const auto paths = dotted_names(head.substr(equals + 1));
    const auto held = paths.empty() ? std::nullopt : follow(paths.front(), scope);
    scope[std::string(trim(head.substr(0, equals)))] = held.value_or(Holding{});
  }

  void read(std::string_view expression, const Scope& scope)
  {
    for (const std::string& path : dotted_names(expression)) {
      follow(path, scope);
    }
  }

  std::optional<Holding> follow(const std::string& path, const Scope& scope)
  {
    const auto parts = split(path, '.');
    const auto start = parts.empty() ? scope.end() : scope.find(parts.front());
    if (start == scope.end()) {
      return std::nullopt;
    }
    Holding held = start->second;
    for (std::size_t i = 1; i < parts.size(); ++i) {
      const Relationship* relation =
        held.shape == Shape::entity
          ? recorder_.reader().schema().relationship(held.class_name, parts[i])
          : nullptr;
      if (relation == nullptr) {
        return parts[i] == "items" && held.shape == Shape::collection ? std::optional(held)
                                                                      : std::nullopt;
      }
      recorder_.note_access(*relation, held, outer_ + depth_, via_, where_);
      held.class_name = relation->target;
      held.shape = is_to_many(*relation) ? Shape::collection : Shape::entity;
    }
    return held;
  }

  Recorder& recorder_;
  Location where_;
  std::string via_;
  int depth_ = 0;
  int outer_ = 0;
};

void add_names(Recorder& recorder, const Value& given, Scope& scope)
{
  for (std::size_t i = 0; i < given.keys.size() && i < given.items.size(); ++i) {
    if (given.keys[i] != nullptr && given.keys[i]->kind == ValueKind::string) {
      scope[given.keys[i]->text] = recorder.reader().holding(given.items[i]);
    }
  }
}

} // namespace

void note_template(Recorder& recorder, const Value& call)
{
  const Value& callee = settled(*call.base);
  const std::string dotted = dotted_name(callee);
  const std::string_view function =
    callee.kind == ValueKind::attribute ? std::string_view(callee.text) : short_name(dotted);
  constexpr std::array<std::string_view, 5> k_rendering = {
    "render_template", "TemplateResponse", "render", "render_to_string", "render_async"};
  if (std::ranges::find(k_rendering, function) == k_rendering.end()) {
    return;
  }
  std::string name;
  Scope scope;
  for (const ValueRef item : call.items) {
    const Value& value = settled(*item);
    if (value.kind == ValueKind::string && name.empty()) {
      name = value.text;
    }
    add_names(recorder, value, scope);
  }
  for (const auto& [key, item] : call.keywords) {
    const Value& value = settled(*item);
    if (key == "name" && value.kind == ValueKind::string) {
      name = value.text;
    } else if (key == "context") {
      add_names(recorder, value, scope);
    } else if (!key.empty()) {
      scope[key] = recorder.reader().holding(item);
    }
  }
  if (name.empty() && callee.kind == ValueKind::attribute) {
    const Value& loaded =
      settled(*callee.base); // env.get_template("posts.html").render(posts=posts)
    if (loaded.kind == ValueKind::call && !loaded.items.empty()) {
      name = settled(*loaded.items.front()).text;
    }
  }
  if (!name.empty() && !scope.empty()) {
    recorder.note_rendering();
    TemplateWalk(recorder).walk(name, std::move(scope), 0);
  }
}

} // namespace assay::facts::queries
