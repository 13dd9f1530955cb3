// SPDX-License-Identifier: MIT
// Reads typed fields out of document nodes and collects what is wrong instead of stopping at the
// first.
#pragma once

#include "engine/rubric/document.hpp"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace assay::rubric {

/// `"kind" is missing`-style issues of one reading, in the order found.
class Issues {
public:
  void add(SourcePosition position, std::string message);

  [[nodiscard]] bool empty() const { return list_.empty(); }

  std::vector<RubricIssue> take() { return std::move(list_); }

private:
  std::vector<RubricIssue> list_;
};

/// ` (did you mean "kind"?)`, or nothing when no candidate is near.
std::string suggestion(std::string_view word, const std::vector<std::string>& candidates);

/// Inclusive bounds of a number.
struct Range {
  double low = 0;
  double high = 0;
};

std::optional<std::string> read_text(const Node& node, std::string_view what, Issues& issues);
std::optional<double>
read_number(const Node& node, std::string_view what, Range range, Issues& issues);
std::optional<bool> read_flag(const Node& node, std::string_view what, Issues& issues);
std::vector<std::string> read_texts(const Node& node, std::string_view what, Issues& issues);

/// A list or map of scalars, lists and maps, as a kind's parameter.
ParamValue to_param(const Node& node);

/// One map of the rubric with the keys it may have. Duplicate keys are reported by the constructor,
/// unknown ones by `refuse_others`.
class Fields {
public:
  /// `what` names the map in messages: `check "models.x"`.
  Fields(const Node& node, std::string what, Issues& issues);

  /// nullptr if the key is absent; marks it as known either way.
  const Node* find(std::string_view key);

  /// As find(); an absent key is an issue, reported by the finishing call.
  const Node* require(std::string_view key);

  std::string text(std::string_view key);
  std::string required_text(std::string_view key);
  double number(std::string_view key, double fallback, Range range);
  bool flag(std::string_view key, bool fallback);
  std::vector<std::string> texts(std::string_view key);

  /// Finishing call: reports missing keys and every key that was not asked for.
  void refuse_others();

  /// Finishing call where more keys are allowed: reports missing keys and misspelt ones among them.
  /// Returns the keys that were not asked for, in the order written.
  std::vector<const std::pair<Node, Node>*> take_others();

  [[nodiscard]] SourcePosition position() const { return node_.position; }

  [[nodiscard]] bool is_map() const { return node_.kind == Node::Kind::map; }

private:
  const Node& node_;
  std::string what_;
  Issues& issues_;
  std::vector<std::string> known_;
  std::vector<std::string> missing_;
};

/// Calls `read` for every `id: {...}` of a map of things with ids; reports bad and duplicate ids.
void each_entry(
  const Node* node,
  std::string_view what,
  Issues& issues,
  const std::function<void(const std::string& id, const Node& key, const Node& value)>& read);

/// Lower-case letter first, then letters, digits, '_' and '-'; at most 64.
bool is_id(std::string_view text);

/// "category.some-name": an id, a dot, an id.
bool is_check_id(std::string_view text);

} // namespace assay::rubric
