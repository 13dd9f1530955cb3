// SPDX-License-Identifier: MIT
#include "engine/probe/seed.hpp"

#include "engine/base/text.hpp"
#include "engine/probe/seed_draft.hpp"
#include "engine/probe/seed_tables.hpp"
#include "engine/probe/seed_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <set>

namespace assay::probe {

using wire::Value;

namespace {

constexpr int k_deepest = 8; // tables that need each other, in a chain

class Seeder {
public:
  Seeder(const SchemaFacts& schema,
         const Resolution& roles,
         const Rubric& rubric,
         const SeedShape& shape,
         const SeedHints& hints,
         std::string_view secret)
    : schema_(schema),
      roles_(roles),
      rubric_(rubric),
      shape_(shape),
      hints_(hints),
      secret_(secret)
  {
  }

  Seeds make(SeedSize size)
  {
    if (!look_up()) {
      return std::move(seeds_);
    }
    std::vector<Draft*> asked = {&entity(shape_.by), &entity(shape_.by)};
    if (points_at_one_leaf()) {
      size.leaves = std::min(size.leaves, 1);
    }
    seeds_.leaves = size.leaves;
    // Interleaved, so that no order of keys or times tells whose they are.
    for (int i = 0; i < std::max(size.roots, 2); ++i) {
      if (i < size.roots) {
        grow(*asked[k_target], k_target, size.leaves, nullptr);
      }
      if (i < 2) {
        grow(*asked[k_decoy], k_decoy, size.leaves, asked[k_target]);
      }
    }
    grow(*asked[k_target], k_target, 0, nullptr);
    seeds_.later = drafts_.size();
    grow(*asked[k_target], k_target, 1, nullptr);
    return finish(asked);
  }

private:
  /// The tables of the roles; false if one is missing.
  bool look_up()
  {
    imply_keys(schema_, roles_, rubric_);
    for (const std::string& role : {shape_.by, shape_.root, shape_.leaf}) {
      if (role.empty()) {
        continue;
      }
      const Table* table = table_of(schema_, roles_, role);
      if (table == nullptr) {
        seeds_.gaps.push_back(fmt::format("there is no table for {}", role));
        continue;
      }
      tables_[role] = table;
    }
    if (shape_.by.empty()) {
      seeds_.gaps.emplace_back("the rubric does not say what the query is asked for by");
    }
    return seeds_.gaps.empty();
  }

  Draft& entity(const std::string& role)
  {
    Draft& draft = build(*tables_.at(role), {}, 0);
    draft.role = role;
    set_discriminator(draft, role);
    return draft;
  }

  void set_discriminator(Draft& draft, const std::string& role)
  {
    const auto found = roles_.entities.find(role);
    if (found != roles_.entities.end()) {
      set_identity(draft, found->second.class_name);
    }
  }

  void set_identity(Draft& draft, const std::string& class_name)
  {
    const auto hint = hints_.discriminators.find(class_name);
    if (hint == hints_.discriminators.end()) {
      return;
    }
    for (Draft* part = &draft; part != nullptr; part = part->base) {
      const bool has = std::ranges::find(part->table->columns, hint->second.column, &Column::name)
                       != part->table->columns.end();
      if (has) {
        part->cells[hint->second.column] = hint->second.identity;
      }
    }
  }

  /// One root of `owner` with its leaves; `by_hand` made the first of them, new people the others.
  void grow(Draft& owner, int whose, int leaves, Draft* by_hand)
  {
    Draft& root = related(shape_.root, {&owner});
    root.role = shape_.root;
    root.owner = whose;
    connect(root, shape_.root, owner, shape_.by);
    link_others(root);
    if (shape_.leaf.empty()) {
      return;
    }
    for (int i = 0; i < leaves; ++i) {
      std::vector<Draft*> parents = {&root};
      if (i == 0 && by_hand != nullptr) {
        parents.push_back(by_hand);
      }
      Draft& leaf = related(shape_.leaf, parents);
      leaf.role = shape_.leaf;
      leaf.owner = whose;
      leaf.parent = &root;
      connect(leaf, shape_.leaf, root, shape_.root);
    }
  }

  [[nodiscard]] bool points_at_one_leaf() const
  {
    return std::ranges::any_of(rubric_.relations, [&](const RelationSpec& relation) {
      return relation.from == shape_.root && relation.to == shape_.leaf
             && relation.cardinality != Cardinality::many_to_many;
    });
  }

  Draft& related(const std::string& role, const std::vector<Draft*>& parents)
  {
    Draft& draft = build(*tables_.at(role), parents, 0);
    set_discriminator(draft, role);
    return draft;
  }

  /// Where the child does not point at its parent: through a link table, or the parent points back.
  void connect(Draft& child, const std::string& role, Draft& parent, const std::string& parent_role)
  {
    if (points_at(child, parent)) {
      return;
    }
    for (const RelationSpec& relation : rubric_.relations) {
      const bool between = (relation.from == role && relation.to == parent_role)
                           || (relation.to == role && relation.from == parent_role);
      const auto resolved = roles_.relations.find(relation.id);
      if (!between || resolved == roles_.relations.end()) {
        continue;
      }
      for (const std::string& name : resolved->second.links) {
        if (const Table* link = find_table(schema_, name); link != nullptr) {
          build(*link, {&child, &parent}, 0);
          return;
        }
      }
    }
    for (const ForeignKey& key : parent.table->foreign_keys) {
      if (same_table(key.target_table, *child.table)) {
        copy(parent, key, child);
        return;
      }
    }
    const std::string gap = fmt::format("nothing joins {} to {}", role, parent_role);
    if (std::ranges::find(seeds_.gaps, gap) == seeds_.gaps.end()) {
      seeds_.gaps.push_back(gap);
    }
  }

  /// Two shared objects for each many-to-many relation of the root, and the links to them.
  void link_others(Draft& root)
  {
    for (const RelationSpec& relation : rubric_.relations) {
      const bool of_root = relation.from == shape_.root || relation.to == shape_.root;
      const std::string& other = relation.from == shape_.root ? relation.to : relation.from;
      const auto resolved = roles_.relations.find(relation.id);
      if (relation.cardinality != Cardinality::many_to_many || !of_root || other == shape_.by
          || other == shape_.leaf || resolved == roles_.relations.end()
          || resolved->second.links.empty()) {
        continue;
      }
      const Table* table = table_of(schema_, roles_, other);
      const Table* link = find_table(schema_, resolved->second.links.front());
      if (table == nullptr || link == nullptr) {
        continue;
      }
      std::vector<Draft*>& shared = shared_[other];
      while (shared.size() < 3) {
        shared.push_back(&build(*table, {}, 0));
        shared.back()->role = other;
        set_discriminator(*shared.back(), other);
      }
      const auto first = static_cast<std::size_t>(links_made_++);
      build(*link, {&root, shared[first % shared.size()]}, 0);
      build(*link, {&root, shared[(first + 1) % shared.size()]}, 0);
    }
  }

  [[nodiscard]] bool points_at(const Draft& child, const Draft& parent) const
  {
    std::vector<const Draft*> targets;
    for (const Draft* target = &parent; target != nullptr; target = target->base) {
      targets.push_back(target);
    }
    for (const auto& [key, extension] : extensions_) {
      if (key.first == &parent) {
        targets.push_back(extension);
      }
    }
    for (const Draft* part = &child; part != nullptr; part = part->base) {
      for (const ForeignKey& key : part->table->foreign_keys) {
        for (const Draft* target : targets) {
          if (same_table(key.target_table, *target->table) && agrees(*part, key, *target)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /// A row; its foreign keys lead to `parents` where they can, else to rows made for them.
  Draft& build(const Table& table, const std::vector<Draft*>& parents, int depth)
  {
    const int index = made_[table.name]++;
    const auto position = static_cast<int>(&table - schema_.tables.data());
    const RowSource source = row_source(secret_, table.name, position, index);
    Draft draft;
    draft.table = &table;
    draft.token = source.token;
    // Keys first: those of a chain of rows may come back to this one.
    fill_keys(draft, source);
    std::set<const Draft*> used;
    for (const ForeignKey& key : table.foreign_keys) {
      follow(draft, key, parents, used, depth);
    }
    fill_rest(draft, source);
    drafts_.push_back(std::move(draft));
    return drafts_.back();
  }

  void follow(Draft& draft,
              const ForeignKey& key,
              const std::vector<Draft*>& parents,
              std::set<const Draft*>& used,
              int depth)
  {
    const Table* target = find_table(schema_, key.target_table);
    if (target == nullptr) {
      return; // the value of the column is as good as any
    }
    if (target == draft.table) {
      if (is_required(*draft.table, key)) {
        copy(draft, key, draft);
      }
      return;
    }
    const bool extension = extends(*draft.table, key);
    for (Draft* parent : parents) {
      // What extends the same base is another object.
      if (used.contains(parent) || (extension && parent->table != target)) {
        continue;
      }
      if (Draft* row = standing_for(*parent, *target, depth); row != nullptr) {
        used.insert(parent);
        copy(draft, key, *row);
        draft.base = extension ? row : draft.base;
        return;
      }
    }
    const bool downward = is_role_below(*target);
    if ((!is_required(*draft.table, key) && (downward || depth > 2)) || depth > k_deepest) {
      return;
    }
    Draft* row = nullptr;
    if (extension || is_unique(*draft.table, key) || is_person(*target) || downward) {
      // What the base points at is what the whole object points at.
      row = &build(*target, extension ? parents : std::vector<Draft*>{}, depth + 1);
      name_person(*row);
    } else {
      Draft*& shared = fillers_[target];
      if (shared == nullptr) {
        shared = &build(*target, {}, depth + 1);
      }
      row = shared;
    }
    copy(draft, key, *row);
    draft.base = extension ? row : draft.base;
  }

  /// Roots and leaves are not made for the sake of a foreign key that may stay empty.
  [[nodiscard]] bool is_role_below(const Table& table) const
  {
    const auto is = [&](const std::string& role) {
      const auto found = tables_.find(role);
      return found != tables_.end() && found->second == &table;
    };
    return is(shape_.root) || is(shape_.leaf);
  }

  [[nodiscard]] bool is_person(const Table& table) const
  {
    const auto found = tables_.find(shape_.by);
    return found != tables_.end()
           && (found->second == &table || extends_table(table, *found->second)
               || extends_table(*found->second, table));
  }

  [[nodiscard]] bool extends_table(const Table& table, const Table& base) const
  {
    return std::ranges::any_of(table.foreign_keys, [&](const ForeignKey& key) {
      return same_table(key.target_table, base) && (extends(table, key) || is_unique(table, key));
    });
  }

  void name_person(Draft& row)
  {
    const auto found = tables_.find(shape_.by);
    if (found != tables_.end() && found->second == row.table && row.role.empty()) {
      row.role = shape_.by;
      set_discriminator(row, shape_.by);
    }
    for (const MappedClass& each : schema_.classes) {
      if (row.base != nullptr && !each.table.empty() && same_table(each.table, *row.table)) {
        set_identity(row, each.name);
      }
    }
  }

  /// The row of `object` in `target`: itself, the row that it extends, or one that extends it.
  Draft* standing_for(Draft& object, const Table& target, int depth)
  {
    for (Draft* part = &object; part != nullptr; part = part->base) {
      if (part->table == &target) {
        return part;
      }
    }
    const auto known = extensions_.find({&object, &target});
    if (known != extensions_.end()) {
      return known->second;
    }
    if (object.role != shape_.by || !extends_table(target, *object.table) || depth > k_deepest) {
      return nullptr;
    }
    Draft& row = build(target, {&object}, depth + 1);
    if (row.base != nullptr) {
      name_person(row);
    }
    extensions_.emplace(std::pair{&object, &target}, &row);
    return &row;
  }

  void fill_rest(Draft& draft, const RowSource& source) const
  {
    for (const Column& column : draft.table->columns) {
      if (draft.cells.contains(column.name) || column.name.empty()) {
        continue;
      }
      const bool of_foreign_key =
        std::ranges::any_of(draft.table->foreign_keys, [&](const ForeignKey& key) {
          return std::ranges::find(key.columns, column.name) != key.columns.end();
        });
      const bool required =
        column.nullable == Truth::no || in_primary_key(*draft.table, column.name);
      const auto asked_for = hints_.values.find({draft.table->name, column.name});
      if (asked_for != hints_.values.end()) {
        draft.cells.emplace(column.name, asked_for->second);
        continue;
      }
      if (column.generated == Truth::yes || better_absent(column)
          || (of_foreign_key && !required)) {
        continue;
      }
      const bool by_server =
        column.server_default_kind != DefaultKind::none && column.family != TypeFamily::datetime
        && column.family != TypeFamily::boolean && column.family != TypeFamily::date;
      if (!by_server) {
        draft.cells.emplace(column.name, seed_value(*draft.table, column, source));
      }
    }
  }

  Seeds finish(const std::vector<Draft*>& asked)
  {
    std::map<const Draft*, int> positions;
    for (const Draft& draft : drafts_) {
      positions.emplace(&draft, static_cast<int>(positions.size()));
    }
    for (const Draft& draft : drafts_) {
      SeedRow row;
      row.table = draft.table->name;
      row.cells.assign(draft.cells.begin(), draft.cells.end());
      row.role = draft.role;
      row.token = draft.token;
      row.owner = draft.owner;
      row.parent = draft.parent == nullptr ? -1 : positions.at(draft.parent);
      seeds_.rows.push_back(std::move(row));
    }
    for (const Draft* draft : asked) {
      seeds_.asked.push_back(positions.at(draft));
    }
    return std::move(seeds_);
  }

  SchemaFacts schema_;
  const Resolution& roles_;
  const Rubric& rubric_;
  const SeedShape& shape_;
  const SeedHints& hints_;
  const std::string secret_;
  std::deque<Draft> drafts_; // stays where it is
  std::map<std::string, const Table*> tables_;
  std::map<std::string, int> made_;
  std::map<const Table*, Draft*> fillers_;
  std::map<std::pair<const Draft*, const Table*>, Draft*> extensions_;
  std::map<std::string, std::vector<Draft*>> shared_;
  int links_made_ = 0;
  Seeds seeds_;
};

} // namespace

SeedShape shape_of(const Rubric& rubric, const QuerySpec& query)
{
  SeedShape shape;
  shape.by = query.by;
  shape.root = query.root;
  for (const auto& path : query.paths) {
    const auto at = std::ranges::find(path, query.root);
    if (at != path.end() && at + 1 != path.end()) {
      shape.leaf = *(at + 1);
      break;
    }
  }
  for (const QuerySpec& other : rubric.queries) {
    if (shape.by.empty() && other.root == query.root) {
      shape.by = other.by;
    }
  }
  if (shape.by.empty()) {
    for (const RelationSpec& relation : rubric.relations) {
      if (shape.by.empty() && relation.from == query.root && relation.to != shape.leaf) {
        shape.by = relation.to;
      }
    }
  }
  return shape;
}

Seeds make_seeds(const SchemaFacts& schema,
                 const Resolution& roles,
                 const Rubric& rubric,
                 const SeedShape& shape,
                 SeedSize size,
                 const SeedHints& hints,
                 std::string_view secret)
{
  return Seeder(schema, roles, rubric, shape, hints, secret).make(size);
}

const Value* cell_of(const SeedRow& row, std::string_view column)
{
  const auto found = std::ranges::find(
    row.cells, column, [](const auto& cell) -> std::string_view { return cell.first; });
  return found == row.cells.end() ? nullptr : &found->second;
}

} // namespace assay::probe
