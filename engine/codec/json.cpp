// SPDX-License-Identifier: MIT
#include "engine/codec/json.hpp"

#include "engine/codec/document.hpp"

#include <cmath>

namespace assay::codec {

namespace {

Document document_of(const Json& json);

struct Convert {
  Document operator()(std::nullptr_t) const { return nullptr; }

  Document operator()(bool flag) const { return flag; }

  Document operator()(std::int64_t number) const { return number; }

  Document operator()(double number) const { return std::isfinite(number) ? number : 0.0; }

  Document operator()(const std::string& text) const { return text; }

  Document operator()(const Json::List& items) const
  {
    Document list = Document::array();
    for (const Json& item : items) {
      list.push_back(document_of(item));
    }
    return list;
  }

  Document operator()(const Json::Record& members) const
  {
    Document record = Document::object();
    for (const auto& [name, member] : members) {
      record[name] = document_of(member);
    }
    return record;
  }
};

Document document_of(const Json& json)
{
  return std::visit(Convert{}, json.value);
}

void add_leaves(const Document& part, const std::string& place, std::vector<Leaf>& all)
{
  if (part.is_object() && !part.empty()) {
    for (const auto& [name, member] : part.items()) {
      add_leaves(member, place.empty() ? name : place + "." + name, all);
    }
  } else if (part.is_array() && !part.empty()) {
    std::size_t at = 0;
    for (const Document& item : part) {
      const bool named = item.is_object() && item.contains("id") && item["id"].is_string();
      add_leaves(item,
                 place + "[" + (named ? item["id"].get<std::string>() : std::to_string(at)) + "]",
                 all);
      ++at;
    }
  } else {
    all.push_back({place, dump(part)});
  }
}

} // namespace

Result<std::vector<Leaf>> leaves(std::string_view text)
{
  ASSAY_ASSIGN(const Document document, parse(text, {}));
  std::vector<Leaf> all;
  add_leaves(document, "", all);
  return all;
}

std::string dump(const Json& document, Layout layout)
{
  switch (layout) {
  case Layout::compact:
    return dump(document_of(document));
  case Layout::indented:
    break;
  }
  return dump_indented(document_of(document));
}

} // namespace assay::codec
