// SPDX-License-Identifier: MIT
// QueryFacts as text a person can write by hand: one line for each callable, statement, access and
// built SQL. Classes appear by their short names, and what is at its default is left out.
#pragma once

#include "engine/model/query_facts.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace query_dump {

inline std::string short_name(std::string_view qualified)
{
  const auto dot = qualified.rfind('.');
  return std::string(dot == std::string_view::npos ? qualified : qualified.substr(dot + 1));
}

/// "app.models.Post.title" -> "Post.title"; "count(app.models.Post.id)" -> "count(Post.id)"
inline std::string attribute(std::string text)
{
  const auto open = text.find('(');
  if (open != std::string::npos) {
    return text.substr(0, open + 1) + attribute(text.substr(open + 1, text.size() - open - 2))
           + ")";
  }
  const auto last = text.rfind('.');
  const auto before = last == std::string::npos || last == 0 ? last : text.rfind('.', last - 1);
  return before == std::string::npos ? text : text.substr(before + 1);
}

template<class List, class Print>
std::string joined(const List& list, std::string_view separator, Print print)
{
  std::string text;
  for (const auto& entry : list) {
    text += (text.empty() ? std::string() : std::string(separator)) + print(entry);
  }
  return text;
}

inline std::string name(assay::CallableKind kind)
{
  switch (kind) {
  case assay::CallableKind::function:
    return "function";
  case assay::CallableKind::method:
    return "method";
  case assay::CallableKind::coroutine:
    return "coroutine";
  case assay::CallableKind::route:
    return "route";
  case assay::CallableKind::script:
    return "script";
  case assay::CallableKind::statement:
    return "statement";
  case assay::CallableKind::template_:
    return "template";
  case assay::CallableKind::property:
    return "property";
  }
  return {};
}

inline std::string name(assay::StatementStyle style)
{
  switch (style) {
  case assay::StatementStyle::select:
    return "select";
  case assay::StatementStyle::query:
    return "query";
  case assay::StatementStyle::core:
    return "core";
  case assay::StatementStyle::get:
    return "get";
  case assay::StatementStyle::text:
    return "text";
  case assay::StatementStyle::relationship:
    return "relationship";
  case assay::StatementStyle::aggregate:
    return "aggregate";
  }
  return {};
}

inline std::string name(assay::Operand operand)
{
  switch (operand) {
  case assay::Operand::parameter:
    return "parameter";
  case assay::Operand::constant:
    return "constant";
  case assay::Operand::column:
    return "column";
  case assay::Operand::instance:
    return "instance";
  case assay::Operand::unknown:
    return "?";
  }
  return {};
}

inline std::string name(assay::SessionSource source)
{
  switch (source) {
  case assay::SessionSource::parameter:
    return "parameter";
  case assay::SessionSource::context_manager:
    return "with";
  case assay::SessionSource::module_global:
    return "global";
  case assay::SessionSource::scoped:
    return "scoped";
  case assay::SessionSource::framework:
    return "framework";
  case assay::SessionSource::dependency:
    return "dependency";
  case assay::SessionSource::attribute:
    return "attribute";
  case assay::SessionSource::local_unclosed:
    return "unclosed";
  case assay::SessionSource::local_closed:
    return "closed";
  case assay::SessionSource::none:
    return "none";
  case assay::SessionSource::unknown:
    return "?";
  }
  return {};
}

inline std::string option(const assay::LoadPath& path)
{
  return joined(path.steps,
                ".",
                [](const assay::LoadStep& step) {
                  const std::string owner =
                    step.class_name.empty() ? std::string() : short_name(step.class_name) + ".";
                  return step.strategy + "(" + owner + step.attribute + ")";
                })
         + (path.live == assay::Truth::no ? "~dead" : "");
}

inline std::string statement(const assay::Statement& made)
{
  std::string text = name(made.style);
  const auto part = [&text](std::string_view label, const std::string& value) {
    if (!value.empty()) {
      text += " " + std::string(label) + "=" + value;
    }
  };
  part("of", joined(made.roots, ",", [](const std::string& root) { return short_name(root); }));
  part("columns", joined(made.columns, ",", attribute));
  part("join", joined(made.joins, ",", [](const assay::Join& join) {
         return (join.outer ? "outer:" : "")
                + (join.through.empty() ? short_name(join.class_name) : attribute(join.through));
       }));
  part("where", joined(made.filters, ",", [](const assay::Filter& filter) {
         return (filter.class_name.empty() ? std::string() : short_name(filter.class_name) + ".")
                + filter.attribute + ":" + name(filter.operand) + (filter.joined ? "" : "!");
       }));
  part("load", joined(made.options, ",", option));
  part("order", joined(made.order, ",", [](const assay::Ordering& order) {
         return order.attribute + (order.unique ? "*" : "");
       }));
  if (made.limited != assay::Truth::no) {
    text += " limit=" + name(made.limit) + (made.limited == assay::Truth::unknown ? "?" : "");
  }
  part("unjoined",
       joined(made.unjoined, ",", [](const std::string& root) { return short_name(root); }));
  text += made.offset ? " offset" : "";
  text += made.distinct ? " distinct" : "";
  text += made.grouped ? " grouped" : "";
  text += made.conditional ? " conditional" : "";
  text += made.unique_called == assay::Truth::yes ? " unique" : "";
  text += made.unique_called == assay::Truth::unknown && made.executed == assay::Truth::yes
            ? " unfetched"
            : "";
  if (made.loop_depth > 0) {
    text += " loops=" + std::to_string(made.loop_depth);
  }
  text += made.executed == assay::Truth::yes  ? " by=" + made.execute_method
          : made.executed == assay::Truth::no ? " dead"
                                              : " open";
  return text;
}

inline std::string callable(const assay::Callable& one)
{
  std::string text = one.ref + " " + name(one.kind);
  const auto flag = [&text](bool set, std::string_view label) {
    if (set) {
      text += " " + std::string(label);
    }
  };
  flag(one.is_async, "async");
  flag(one.live == assay::Truth::no, "dead");
  flag(one.always_raises, "raises");
  flag(one.bad_example, "bad");
  flag(one.readme_mention, "readme");
  flag(one.consumer, "consumer");
  flag(one.writes, "writes");
  flag(one.commits_while_reading, "commits");
  flag(one.missing_await, "missing-await");
  flag(one.counts_only, "counts");
  flag(one.complete != assay::Truth::yes, "incomplete");
  text += " session=" + name(one.session) + " returns=" + one.returns + "\n";
  for (const auto& made : one.statements) {
    text += "  " + statement(made) + "\n";
  }
  for (const auto& access : one.accesses) {
    text += "  reads " + (access.class_name.empty() ? "?" : short_name(access.class_name)) + "."
            + access.attribute + " depth=" + std::to_string(access.loop_depth)
            + (access.statement < 0 ? "" : " of=" + std::to_string(access.statement))
            + (access.via.empty() ? "" : " via=" + access.via) + "\n";
  }
  for (const auto& built : one.built_sql) {
    text += "  builds " + built.how + "\n";
  }
  return text;
}

inline std::string dump(const assay::QueryFacts& facts)
{
  std::string text;
  for (const auto& one : facts.callables) {
    text += callable(one);
  }
  for (const auto& block : facts.readme_queries) {
    text += "readme: " + block.substr(0, block.find('\n')) + "\n";
  }
  return text;
}

} // namespace query_dump
