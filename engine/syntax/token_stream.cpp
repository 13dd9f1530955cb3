// SPDX-License-Identifier: MIT
#include "engine/syntax/token_stream.hpp"

#include "engine/syntax/grammar.hpp"
#include "engine/syntax/lines.hpp"

#include <utility>

namespace assay::syntax {

namespace {

/// Whether names found in a place are given a value there.
enum class Binding : std::uint8_t { none, names };

/// Where the walk is: one for each node between the root and the current one.
struct Level {
  Binding binding = Binding::none;
  Node parent = Node::other;
  std::size_t children = 0; ///< seen so far
};

class StreamWalk {
public:
  StreamWalk(TSNode root, TokenStream& stream)
    : grammar_(Grammar::instance()),
      stream_(stream),
      cursor_(ts_tree_cursor_new(root))
  {
  }

  ~StreamWalk() { ts_tree_cursor_delete(&cursor_); }

  StreamWalk(const StreamWalk&) = delete;
  StreamWalk& operator=(const StreamWalk&) = delete;
  StreamWalk(StreamWalk&&) = delete;
  StreamWalk& operator=(StreamWalk&&) = delete;

  /// Without recursion: the depth of the tree is the candidate's.
  void run()
  {
    levels_.push_back({});
    while (!levels_.empty()) {
      const TSNode node = ts_tree_cursor_current_node(&cursor_);
      const Node kind = grammar_.kind(node);
      const Binding binding = binding_of(kind);
      if (takes(node, kind, binding) && ts_tree_cursor_goto_first_child(&cursor_)) {
        levels_.push_back({binding, kind, 0});
        continue;
      }
      while (!levels_.empty()) {
        ++levels_.back().children;
        if (ts_tree_cursor_goto_next_sibling(&cursor_)) {
          break;
        }
        ts_tree_cursor_goto_parent(&cursor_);
        levels_.pop_back();
      }
    }
  }

private:
  [[nodiscard]] Field field() const
  {
    return grammar_.field(ts_tree_cursor_current_field_id(&cursor_));
  }

  [[nodiscard]] Binding binding_of(Node kind) const
  {
    const Level& level = levels_.back();
    const Field here = field();
    const auto if_at = [](bool there, Binding binding) { return there ? binding : Binding::none; };
    const auto inside = [&](auto... parents) { return ((level.parent == parents) || ...); };
    if (inside(
          Node::assignment, Node::augmented_assignment, Node::for_statement, Node::for_in_clause)) {
      return if_at(here == Field::left, Binding::names);
    }
    if (inside(Node::function_definition,
               Node::class_definition,
               Node::named_expression,
               Node::lambda)) {
      return if_at(here == Field::name || here == Field::parameters, Binding::names);
    }
    if (inside(Node::default_parameter, Node::typed_default_parameter)) {
      return if_at(here == Field::name, level.binding);
    }
    if (inside(Node::typed_parameter)) {
      return if_at(here != Field::type, level.binding);
    }
    if (inside(Node::attribute)) { // the name behind the dot, not the object before it
      return if_at(level.children > 0, level.binding);
    }
    if (inside(Node::subscript, Node::call)) {
      return Binding::none;
    }
    return kind == Node::as_pattern_target ? Binding::names : level.binding;
  }

  /// Appends what the node is. True: what is in it is to be looked at.
  bool takes(TSNode node, Node kind, Binding binding)
  {
    const auto is = [kind](auto... kinds) { return ((kind == kinds) || ...); };
    if (is(Node::comment, Node::line_continuation, Node::future_import_statement)) {
      return false;
    }
    if (is(Node::import_statement, Node::import_from_statement)) {
      take_import(node);
      return false;
    }
    if (is(Node::expression_statement)) {
      return !is_text_alone(node);
    }
    if (is(Node::string, Node::concatenated_string)) {
      add(node, StreamKind::text, Binding::none);
      return false;
    }
    if (is(Node::integer, Node::float_)) {
      add(node, StreamKind::number, Binding::none);
      return false;
    }
    if (is(Node::identifier)) {
      add(node, StreamKind::name, binding);
      return false;
    }
    if (ts_node_child_count(node) == 0) {
      add(node, StreamKind::word, Binding::none);
      return false;
    }
    return true;
  }

  void add(TSNode node, StreamKind kind, Binding binding)
  {
    const bool valued = kind == StreamKind::text || kind == StreamKind::number;
    const std::string_view text = text_of(node);
    if (text.empty()) {
      return; // a token that the grammar put in to go on
    }
    stream_.tokens.push_back({kind,
                              binding == Binding::names,
                              valued ? std::string_view() : text,
                              static_cast<int>(ts_node_start_point(node).row) + 1,
                              static_cast<int>(ts_node_end_point(node).row) + 1});
  }

  [[nodiscard]] std::string_view text_of(TSNode node) const
  {
    const auto begin = ts_node_start_byte(node);
    return std::string_view(*stream_.source).substr(begin, ts_node_end_byte(node) - begin);
  }

  /// A docstring, or a string that serves as a comment.
  [[nodiscard]] bool is_text_alone(TSNode node) const
  {
    if (ts_node_child_count(node) != 1) {
      return false;
    }
    const Node kind = grammar_.kind(ts_node_child(node, 0));
    return kind == Node::string || kind == Node::concatenated_string;
  }

  void take_import(TSNode node)
  {
    std::string_view module;
    TSTreeCursor cursor = ts_tree_cursor_new(node);
    for (bool more = ts_tree_cursor_goto_first_child(&cursor); more;
         more = ts_tree_cursor_goto_next_sibling(&cursor)) {
      const TSNode child = ts_tree_cursor_current_node(&cursor);
      const Field place = grammar_.field(ts_tree_cursor_current_field_id(&cursor));
      const Node kind = grammar_.kind(child);
      if (place == Field::module_name) {
        module = text_of(child);
      } else if (kind == Node::wildcard_import) {
        stream_.imports.push_back({module, "*", {}});
      } else if (place == Field::name) {
        take_imported(module, child, kind);
      }
    }
    ts_tree_cursor_delete(&cursor);
  }

  void take_imported(std::string_view module, TSNode node, Node kind)
  {
    std::string_view name = text_of(node);
    std::string_view alias;
    if (kind == Node::aliased_import) {
      name = text_of(ts_node_child_by_field_name(node, "name", 4));
      alias = text_of(ts_node_child_by_field_name(node, "alias", 5));
    }
    if (module.empty()) {
      stream_.imports.push_back({name, {}, alias});
    } else {
      stream_.imports.push_back({module, name, alias});
    }
  }

  const Grammar& grammar_;
  TokenStream& stream_;
  TSTreeCursor cursor_;
  std::vector<Level> levels_;
};

} // namespace

TokenStream token_stream(std::string source, std::size_t max_bytes)
{
  TokenStream stream;
  stream.source = std::make_unique<const std::string>(normalised_source(std::move(source)));
  if (stream.source->size() <= max_bytes) {
    if (const Tree tree{*stream.source}) {
      StreamWalk(tree.root(), stream).run();
    }
  }
  return stream;
}

} // namespace assay::syntax
