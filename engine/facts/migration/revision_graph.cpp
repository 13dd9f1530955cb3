// SPDX-License-Identifier: MIT
#include "engine/facts/migration/revision_graph.hpp"

#include "engine/base/text.hpp"
#include "engine/facts/migration/paths.hpp"
#include "engine/facts/schema/vocabulary.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace assay::facts {

namespace {

/// Strings of `name = "a"`, `("a", "b")`, None; `known` becomes false for anything else.
std::vector<std::string>
identifiers(Program& program, const ModuleInfo& module, std::string_view name, bool& known)
{
  const ValueRef value = program.lookup(module, name);
  if (value == nullptr || settled(*value).kind == ValueKind::none) {
    return {};
  }
  const Value& plain = settled(*value);
  std::vector<ValueRef> parts{&plain};
  if (plain.kind == ValueKind::tuple || plain.kind == ValueKind::list
      || plain.kind == ValueKind::set) {
    parts = plain.items;
  }
  std::vector<std::string> result;
  for (const ValueRef part : parts) {
    if (part->kind == ValueKind::none) {
      continue;
    }
    if (auto text = known_string(program, *part)) {
      result.push_back(std::move(*text));
    } else {
      known = false;
    }
  }
  return result;
}

const syntax::Stmt* assignment_of(const ModuleInfo& module, std::string_view name)
{
  for (const syntax::Stmt* statement : module.syntax->body) {
    if (statement->kind != syntax::StmtKind::assign
        && statement->kind != syntax::StmtKind::annotated) {
      continue;
    }
    for (const syntax::Expr* target : statement->targets) {
      if (target->kind == syntax::ExprKind::name && target->text == name) {
        return statement;
      }
    }
  }
  return nullptr;
}

bool is_header_line(const std::string& lower)
{
  return lower.starts_with("revision id") || lower.starts_with("revises")
         || lower.starts_with("create date") || lower.starts_with("branch labels")
         || lower.starts_with("depends on");
}

/// The first docstring line that says something, and the "Create Date:" line.
void read_docstring(std::string_view docstring, Revision& facts)
{
  constexpr std::string_view k_date = "create date:";
  for (const std::string_view line : split(docstring, '\n')) {
    const std::string_view content = trim(line);
    const std::string lower = to_lower(content);
    if (lower.starts_with(k_date)) {
      facts.create_date = std::string(trim(content.substr(k_date.size())));
    } else if (facts.message.empty() && !content.empty() && !is_header_line(lower)) {
      facts.message = std::string(content);
    }
  }
}

/// Files named "<hexadecimal>.py" are revisions by their name alone.
bool is_legacy_name(std::string_view path)
{
  std::string_view name = file_name_of(path);
  name.remove_suffix(3);
  return !name.empty() && name.find_first_not_of("abcdef0123456789") == std::string_view::npos;
}

class GraphReader {
public:
  explicit GraphReader(const std::vector<RevisionFile>& files)
    : files_(files)
  {
    for (std::size_t i = 0; i < files.size(); ++i) {
      const std::string& id = files[i].facts.id;
      if (!id.empty() && !by_id_.try_emplace(id, i).second) {
        graph_.problems.push_back("revision id " + id + " is used twice");
        broken_ = true;
      }
      for (const std::string& label : files[i].facts.branch_labels) {
        by_label_.try_emplace(label, i);
      }
    }
  }

  RevisionGraph run()
  {
    for (std::size_t i = 0; i < files_.size(); ++i) {
      check_links(files_[i]);
    }
    for (std::size_t i = 0; i < files_.size(); ++i) {
      visit(i);
    }
    find_heads();
    graph_.ok = broken_ ? Truth::no : (unsure_ || files_.empty() ? Truth::unknown : Truth::yes);
    return std::move(graph_);
  }

private:
  void check_links(const RevisionFile& file)
  {
    if (!file.identity_known) {
      unsure_ = true;
      graph_.problems.push_back(file.facts.path + ": revision or down_revision is computed");
    }
    if (file.facts.id.empty() && !is_legacy_name(file.facts.path)) {
      unsure_ = true;
      graph_.problems.push_back(file.facts.path + " declares no revision id");
    }
    for (const std::string& parent : file.facts.down_revisions) {
      if (!by_id_.contains(parent)) {
        (any_unknown_id() ? unsure_ : broken_) = true;
        graph_.problems.push_back(file.facts.path + " follows " + parent
                                  + ", which does not exist");
      }
      referenced_.insert(parent);
    }
  }

  [[nodiscard]] bool any_unknown_id() const
  {
    return std::ranges::any_of(files_, [](const auto& file) { return !file.identity_known; });
  }

  void visit(std::size_t index)
  {
    if (done_.contains(index)) {
      return;
    }
    if (!open_.insert(index).second) {
      if (!cycle_) {
        graph_.problems.push_back("the revisions form a cycle through " + files_[index].facts.id);
      }
      cycle_ = broken_ = true;
      return;
    }
    for (const auto* links :
         {&files_[index].facts.down_revisions, &files_[index].facts.depends_on}) {
      for (const std::string& link : *links) {
        follow(link);
      }
    }
    open_.erase(index);
    done_.insert(index);
    graph_.order.push_back(index);
  }

  void follow(const std::string& link)
  {
    if (const auto found = by_id_.find(link); found != by_id_.end()) {
      visit(found->second);
    } else if (const auto label = by_label_.find(link); label != by_label_.end()) {
      visit(label->second);
    }
  }

  void find_heads()
  {
    for (const std::size_t index : graph_.order) {
      const std::string& id = files_[index].facts.id;
      if (!referenced_.contains(id) && std::ranges::find(graph_.heads, id) == graph_.heads.end()
          && (!id.empty() || files_.size() == 1)) {
        graph_.heads.push_back(id);
      }
    }
  }

  const std::vector<RevisionFile>& files_;
  RevisionGraph graph_;
  std::map<std::string, std::size_t> by_id_;
  std::map<std::string, std::size_t> by_label_;
  std::set<std::string> referenced_;
  std::set<std::size_t> done_;
  std::set<std::size_t> open_;
  bool broken_ = false;
  bool unsure_ = false;
  bool cycle_ = false;
};

} // namespace

RevisionFile read_identity(Program& program, const ModuleInfo& module)
{
  RevisionFile file;
  file.module = &module;
  Revision& facts = file.facts;
  facts.path = module.path;
  const auto ids = identifiers(program, module, "revision", file.identity_known);
  facts.id = ids.empty() ? std::string() : ids.front();
  facts.down_revisions = identifiers(program, module, "down_revision", file.identity_known);
  bool ignored = true;
  facts.branch_labels = identifiers(program, module, "branch_labels", ignored);
  facts.depends_on = identifiers(program, module, "depends_on", ignored);
  file.has_down_revision = assignment_of(module, "down_revision") != nullptr;
  read_docstring(module.syntax->docstring, facts);
  if (facts.create_date.empty()) {
    const auto dates = identifiers(program, module, "create_date", ignored);
    facts.create_date = dates.empty() ? std::string() : dates.front();
  }
  const syntax::Stmt* declared = assignment_of(module, "revision");
  facts.where = program.locate(module, declared != nullptr ? declared->span : syntax::Span{});
  facts.where.path = module.path;
  return file;
}

RevisionGraph read_graph(const std::vector<RevisionFile>& files)
{
  return GraphReader(files).run();
}

} // namespace assay::facts
