// SPDX-License-Identifier: MIT
#include "engine/rubric/document.hpp"

#include "engine/base/text.hpp"

#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <sstream>

namespace assay::rubric {

namespace {

SourcePosition position_of(const YAML::Mark& mark)
{
  return {mark.line + 1, mark.column + 1};
}

/// Leaves the parser at the first thing that is refused; never crosses this file.
struct Refusal {
  RubricIssue issue;
};

class TreeBuilder : public YAML::EventHandler {
public:
  explicit TreeBuilder(const DocumentLimits& limits)
    : limits_(limits)
  {
  }

  Node take() { return std::move(root_); }

  [[nodiscard]] bool complete() const { return complete_; }

  void OnDocumentStart(const YAML::Mark& mark) override
  {
    if (complete_) {
      throw Refusal{{position_of(mark), "a rubric is one YAML document, here a second one starts"}};
    }
  }

  void OnDocumentEnd() override { complete_ = true; }

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override
  {
    add(make(Node::Kind::null, mark, anchor));
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override
  {
    throw Refusal{{position_of(mark), "aliases are not allowed in a rubric"}};
  }

  void OnScalar(const YAML::Mark& mark,
                const std::string& tag,
                YAML::anchor_t anchor,
                const std::string& value) override
  {
    refuse_tag(mark, tag);
    Node node = make(Node::Kind::scalar, mark, anchor);
    node.text = value;
    node.quoted = tag == "!";
    add(std::move(node));
  }

  void OnSequenceStart(const YAML::Mark& mark,
                       const std::string& tag,
                       YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override
  {
    refuse_tag(mark, tag);
    open(make(Node::Kind::list, mark, anchor));
  }

  void OnSequenceEnd() override { close(); }

  void OnMapStart(const YAML::Mark& mark,
                  const std::string& tag,
                  YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override
  {
    refuse_tag(mark, tag);
    open(make(Node::Kind::map, mark, anchor));
  }

  void OnMapEnd() override { close(); }

private:
  struct Open {
    Node node;
    Node key;
    bool has_key = false;
  };

  Node make(Node::Kind kind, const YAML::Mark& mark, YAML::anchor_t anchor)
  {
    if (anchor != YAML::NullAnchor) {
      throw Refusal{{position_of(mark), "anchors are not allowed in a rubric"}};
    }
    if (++nodes_ > limits_.max_nodes) {
      throw Refusal{{position_of(mark),
                     "more than " + std::to_string(limits_.max_nodes) + " values in one rubric"}};
    }
    Node node;
    node.kind = kind;
    node.position = position_of(mark);
    return node;
  }

  static void refuse_tag(const YAML::Mark& mark, const std::string& tag)
  {
    if (!tag.empty() && tag != "?" && tag != "!") {
      throw Refusal{{position_of(mark), "tags are not allowed in a rubric"}};
    }
  }

  void open(Node node)
  {
    if (open_.size() >= limits_.max_depth) {
      throw Refusal{{node.position, "nested deeper than " + std::to_string(limits_.max_depth)}};
    }
    open_.push_back({std::move(node), {}, false});
  }

  void close()
  {
    Node node = std::move(open_.back().node);
    open_.pop_back();
    add(std::move(node));
  }

  void add(Node node)
  {
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    Open& parent = open_.back();
    if (parent.node.kind == Node::Kind::list) {
      parent.node.items.push_back(std::move(node));
    } else if (parent.has_key) {
      if (node.kind == Node::Kind::null) {
        node.position = parent.key.position; // the parser gives that of the next token
      }
      parent.node.fields.emplace_back(std::move(parent.key), std::move(node));
      parent.has_key = false;
    } else if (node.kind != Node::Kind::scalar) {
      throw Refusal{{node.position, "a key must be a plain word"}};
    } else {
      parent.key = std::move(node);
      parent.has_key = true;
    }
  }

  const DocumentLimits& limits_;
  std::vector<Open> open_;
  Node root_;
  std::size_t nodes_ = 0;
  bool complete_ = false;
};

/// The parser's own text repeats the position; keep what follows the last colon.
std::string plain_reason(const YAML::Exception& failure)
{
  return "not valid YAML: " + printable(failure.msg);
}

} // namespace

Document read_document(std::string_view text, const DocumentLimits& limits)
{
  Document document;
  if (text.size() > limits.max_bytes) {
    document.issues.push_back({{}, "larger than " + std::to_string(limits.max_bytes) + " bytes"});
    return document;
  }
  if (!is_utf8(text) || text.find('\0') != std::string_view::npos) {
    document.issues.push_back({{}, "not UTF-8 text"});
    return document;
  }
  TreeBuilder builder(limits);
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
    document.root = builder.take();
  } catch (const Refusal& refusal) {
    document.issues.push_back(refusal.issue);
  } catch (const YAML::Exception& failure) {
    document.issues.push_back({position_of(failure.mark), plain_reason(failure)});
  }
  if (document.issues.empty() && !builder.complete()) {
    document.issues.push_back({{}, "empty"});
  }
  return document;
}

} // namespace assay::rubric
