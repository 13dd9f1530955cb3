// SPDX-License-Identifier: MIT
#include "engine/facts/queries/blocks.hpp"

#include "engine/facts/queries/describe.hpp"
#include "engine/facts/queries/labels.hpp"

#include <algorithm>
#include <map>

namespace assay::facts::queries {

namespace {

struct Block {
  std::vector<std::size_t> statements;
  std::vector<std::size_t> accesses;
  int first_line = 0;
  int last_line = 0;
};

int depth_root(const std::vector<StatementNote>& notes, std::size_t index)
{
  auto current = index;
  for (std::size_t hops = 0; hops < notes.size() && notes[current].outer >= 0; ++hops) {
    current = static_cast<std::size_t>(notes[current].outer);
  }
  return static_cast<int>(current);
}

std::vector<Block> group(const Recording& whole)
{
  std::vector<Block> blocks;
  std::map<std::size_t, std::size_t> block_of;
  for (std::size_t i = 0; i < whole.notes.size(); ++i) {
    const auto root = static_cast<std::size_t>(depth_root(whole.notes, i));
    std::size_t target = blocks.size();
    if (root != i && block_of.contains(root)) {
      target = block_of.at(root);
    } else if (!blocks.empty() && whole.notes[i].order == blocks.back().first_line) {
      target = blocks.size() - 1; // one call of a helper that sends several statements
    }
    if (target == blocks.size()) {
      blocks.push_back({{}, {}, whole.notes[i].order, whole.notes[i].order});
    }
    blocks[target].statements.push_back(i);
    blocks[target].last_line = std::max(blocks[target].last_line, whole.notes[i].order);
    block_of[i] = target;
  }
  const auto& accesses = whole.callable.accesses;
  for (std::size_t i = 0; i < accesses.size() && !blocks.empty(); ++i) {
    const auto statement = static_cast<std::size_t>(accesses[i].statement);
    std::size_t target = 0;
    if (accesses[i].statement >= 0 && block_of.contains(statement)) {
      target = block_of.at(statement);
    } else {
      for (std::size_t b = 0; b < blocks.size(); ++b) {
        target = blocks[b].first_line <= accesses[i].where.line ? b : target;
      }
    }
    blocks[target].accesses.push_back(i);
    if (accesses[i].via.empty()) {
      blocks[target].last_line = std::max(blocks[target].last_line, accesses[i].where.line);
    }
  }
  return blocks;
}

/// A block that only writes, or only looks a row up by key, demonstrates nothing.
bool reads(const Recording& whole, const Block& block)
{
  return std::ranges::any_of(block.statements, [&](std::size_t index) {
    const Statement& statement = whole.callable.statements[index];
    return !statement.roots.empty() || !statement.columns.empty() || !statement.sql.empty();
  });
}

void label(const ModuleInfo& module,
           const Recording& whole,
           const Block& block,
           int previous_line,
           Callable& callable)
{
  callable.comments = comments_between(module, std::max(previous_line + 1, 1), block.last_line);
  callable.bad_example_reason = bad_example_label({}, {}, callable.comments);
  for (const std::size_t index : block.statements) {
    const FunctionInfo* function = whole.notes[index].function;
    if (callable.bad_example_reason.empty() && function != nullptr
        && function->syntax->name != whole.callable.name) {
      callable.bad_example_reason =
        bad_example_label(function->syntax->name, function->syntax->docstring, {});
    }
  }
  callable.bad_example = !callable.bad_example_reason.empty();
}

} // namespace

std::vector<Callable>
split_blocks(const Program& program, const ModuleInfo& module, const Recording& whole)
{
  std::vector<Block> blocks = group(whole);
  std::erase_if(blocks, [&](const Block& block) { return !reads(whole, block); });
  std::vector<Callable> callables;
  int previous_line = whole.callable.where.line;
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    const Block& block = blocks[b];
    Callable callable = whole.callable;
    callable.statements.clear();
    callable.accesses.clear();
    callable.writes = false;
    callable.commits_while_reading = false;
    std::map<int, int> renumbered;
    for (const std::size_t index : block.statements) {
      renumbered[static_cast<int>(index)] = static_cast<int>(callable.statements.size());
      callable.statements.push_back(whole.callable.statements[index]);
    }
    for (const std::size_t index : block.accesses) {
      RelationAccess access = whole.callable.accesses[index];
      const auto found = renumbered.find(access.statement);
      access.statement = found == renumbered.end() ? -1 : found->second;
      callable.accesses.push_back(std::move(access));
    }
    callable.kind = CallableKind::script;
    callable.counts_only = only_counts(callable, whole.counted);
    callable.session = whole.notes[block.statements.front()].session;
    callable.docstring = blocks.size() == 1 ? whole.callable.docstring : std::string();
    label(module, whole, block, previous_line, callable);
    syntax::Span span;
    span.line = std::max(block.first_line, 1);
    span.end_line = block.last_line;
    if (block.first_line > 0) {
      callable.where = program.locate(module, span);
    }
    if (blocks.size() > 1) {
      callable.ref += "#" + std::to_string(b + 1);
    }
    std::erase_if(callable.built_sql, [&](const SqlBuild& build) {
      return build.where.path == module.path
             && (build.where.line < block.first_line || build.where.line > block.last_line);
    });
    previous_line = block.last_line;
    callables.push_back(std::move(callable));
  }
  return callables;
}

} // namespace assay::facts::queries
