// SPDX-License-Identifier: MIT
#include "engine/rubric/reader.hpp"

#include "engine/base/text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace assay::rubric {

namespace {

std::string in_quotes(std::string_view text)
{
  return "\"" + printable(text) + "\"";
}

std::string number_text(double value)
{
  std::string text = std::to_string(value);
  text.erase(text.find_last_not_of('0') + 1);
  if (!text.empty() && text.back() == '.') {
    text.pop_back();
  }
  return text;
}

} // namespace

void Issues::add(SourcePosition position, std::string message)
{
  list_.push_back({position, std::move(message)});
}

std::string suggestion(std::string_view word, const std::vector<std::string>& candidates)
{
  const auto near = nearest(word, candidates);
  return near ? " (did you mean " + in_quotes(*near) + "?)" : "";
}

std::optional<std::string> read_text(const Node& node, std::string_view what, Issues& issues)
{
  if (node.kind != Node::Kind::scalar || trim(node.text).empty()) {
    issues.add(node.position, in_quotes(what) + " must be a text");
    return std::nullopt;
  }
  return std::string(trim(node.text));
}

std::optional<double>
read_number(const Node& node, std::string_view what, Range range, Issues& issues)
{
  double value = 0;
  const char* end = node.text.data() + node.text.size();
  const auto [stop, error] = std::from_chars(node.text.data(), end, value);
  const bool read =
    node.kind == Node::Kind::scalar && !node.quoted && error == std::errc() && stop == end;
  if (!read || !std::isfinite(value)) {
    issues.add(node.position, in_quotes(what) + " must be a finite number");
    return std::nullopt;
  }
  if (value < range.low || value > range.high) {
    issues.add(node.position,
               in_quotes(what) + " must lie between " + number_text(range.low) + " and "
                 + number_text(range.high) + ", not " + printable(node.text));
    return std::nullopt;
  }
  return value;
}

std::optional<bool> read_flag(const Node& node, std::string_view what, Issues& issues)
{
  if (node.kind != Node::Kind::scalar || node.quoted
      || (node.text != "true" && node.text != "false")) {
    issues.add(node.position, in_quotes(what) + " must be true or false");
    return std::nullopt;
  }
  return node.text == "true";
}

std::vector<std::string> read_texts(const Node& node, std::string_view what, Issues& issues)
{
  std::vector<std::string> texts;
  if (node.kind != Node::Kind::list) {
    issues.add(node.position, in_quotes(what) + " must be a list");
    return texts;
  }
  std::set<std::string> seen;
  for (const Node& item : node.items) {
    if (auto text = read_text(item, what, issues)) {
      if (!seen.insert(*text).second) {
        issues.add(item.position, in_quotes(what) + " names " + in_quotes(*text) + " twice");
        continue;
      }
      texts.push_back(std::move(*text));
    }
  }
  return texts;
}

ParamValue to_param(const Node& node)
{
  ParamValue value;
  value.position = node.position;
  switch (node.kind) {
  case Node::Kind::null:
  case Node::Kind::scalar:
    value.text = node.text;
    break;
  case Node::Kind::list:
    value.kind = ParamValue::Kind::list;
    for (const Node& item : node.items) {
      value.items.push_back(to_param(item));
    }
    break;
  case Node::Kind::map:
    value.kind = ParamValue::Kind::map;
    for (const auto& [key, field] : node.fields) {
      value.fields.emplace_back(key.text, to_param(field));
      value.fields.back().second.key_position = key.position;
    }
    break;
  }
  return value;
}

Fields::Fields(const Node& node, std::string what, Issues& issues)
  : node_(node),
    what_(std::move(what)),
    issues_(issues)
{
  if (!is_map()) {
    issues_.add(node_.position, what_ + " must be a map");
    return;
  }
  std::set<std::string> seen;
  for (const auto& [key, value] : node_.fields) {
    if (!seen.insert(key.text).second) {
      issues_.add(key.position, "duplicate key " + in_quotes(key.text));
    }
  }
}

const Node* Fields::find(std::string_view key)
{
  known_.emplace_back(key);
  for (const auto& [name, value] : node_.fields) {
    if (name.text == key) {
      return &value;
    }
  }
  return nullptr;
}

const Node* Fields::require(std::string_view key)
{
  const Node* node = find(key);
  if (node == nullptr && is_map()) {
    missing_.emplace_back(key);
  }
  return node;
}

std::string Fields::text(std::string_view key)
{
  const Node* node = find(key);
  return node == nullptr ? "" : read_text(*node, key, issues_).value_or("");
}

std::string Fields::required_text(std::string_view key)
{
  const Node* node = require(key);
  return node == nullptr ? "" : read_text(*node, key, issues_).value_or("");
}

double Fields::number(std::string_view key, double fallback, Range range)
{
  const Node* node = find(key);
  return node == nullptr ? fallback : read_number(*node, key, range, issues_).value_or(fallback);
}

bool Fields::flag(std::string_view key, bool fallback)
{
  const Node* node = find(key);
  return node == nullptr ? fallback : read_flag(*node, key, issues_).value_or(fallback);
}

std::vector<std::string> Fields::texts(std::string_view key)
{
  const Node* node = find(key);
  return node == nullptr ? std::vector<std::string>{} : read_texts(*node, key, issues_);
}

std::vector<const std::pair<Node, Node>*> Fields::take_others()
{
  std::vector<const std::pair<Node, Node>*> others;
  std::set<std::string> misspelt;
  for (const auto& field : node_.fields) {
    const std::string& key = field.first.text;
    if (std::ranges::find(known_, key) != known_.end()) {
      continue;
    }
    if (const auto meant = nearest(key, missing_)) {
      issues_.add(field.first.position,
                  "unknown key " + in_quotes(key) + suggestion(key, missing_));
      misspelt.insert(*meant);
    } else {
      others.push_back(&field);
    }
  }
  for (const std::string& key : missing_) {
    if (!misspelt.contains(key)) {
      issues_.add(node_.position, what_ + " lacks " + in_quotes(key));
    }
  }
  missing_.clear();
  return others;
}

void Fields::refuse_others()
{
  for (const auto* field : take_others()) {
    const std::string& key = field->first.text;
    issues_.add(field->first.position, "unknown key " + in_quotes(key) + suggestion(key, known_));
  }
}

void each_entry(
  const Node* node,
  std::string_view what,
  Issues& issues,
  const std::function<void(const std::string& id, const Node& key, const Node& value)>& read)
{
  if (node == nullptr) {
    return;
  }
  const Fields check_duplicates(*node, in_quotes(what), issues);
  for (const auto& [key, value] : node->fields) {
    if (!is_id(key.text)) {
      issues.add(key.position,
                 in_quotes(key.text)
                   + " is not an id: lower-case letters, digits, '_' and '-', letter first");
      continue;
    }
    read(key.text, key, value);
  }
}

bool is_id(std::string_view text)
{
  const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto inner = [&](char c) {
    return lower(c) || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  return !text.empty() && text.size() <= 64 && lower(text.front()) && text.back() != '-'
         && std::ranges::all_of(text, inner);
}

bool is_check_id(std::string_view text)
{
  const auto dot = text.find('.');
  return dot != std::string_view::npos && is_id(text.substr(0, dot)) && is_id(text.substr(dot + 1));
}

} // namespace assay::rubric
