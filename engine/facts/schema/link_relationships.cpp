// SPDX-License-Identifier: MIT
// Relationships together: targets, link tables, backrefs, directions, reverses.
#include "engine/base/text.hpp"
#include "engine/facts/schema/assemble.hpp"
#include "engine/facts/schema/relationship.hpp"

#include <algorithm>

namespace assay::facts {

namespace {

/// The foreign keys between the tables of two classes.
struct Paths {
  std::vector<const ForeignKey*> outgoing; ///< from the owner's tables
  std::vector<const ForeignKey*> incoming;
  bool within = false; ///< a table that refers to itself
};

class RelationshipLinker {
public:
  explicit RelationshipLinker(Draft& draft)
    : draft_(draft),
      program_(draft.program)
  {
  }

  void link()
  {
    for (RelationshipDraft& relationship : draft_.relationships) {
      resolve_target(relationship);
      resolve_secondary(relationship);
    }
    for (RelationshipDraft& relationship : draft_.relationships) {
      find_direction(relationship);
    }
    const std::size_t written = draft_.relationships.size();
    for (std::size_t index = 0; index < written; ++index) {
      mirror(index);
    }
    for (std::size_t index = 0; index < draft_.relationships.size(); ++index) {
      find_reverse(index);
    }
  }

private:
  // --- targets ---

  void resolve_target(RelationshipDraft& draft)
  {
    Relationship& relationship = draft.relationship;
    draft.target =
      draft.target_value == nullptr ? k_none : class_of_value(*draft.target_value, draft, 0);
    if (draft.target != k_none) {
      relationship.target = draft_.classes[draft.target].mapped.name;
      relationship.target_exists = Truth::yes;
    } else if (named_and_missing_) {
      relationship.target_exists = draft_.facts.gaps.empty() ? Truth::no : Truth::unknown;
    }
    named_and_missing_ = false;
  }

  std::size_t class_of_value(const Value& value, const RelationshipDraft& draft, int depth)
  {
    const Value& plain = settled(value);
    if (depth > 4) {
      return k_none;
    }
    if (plain.kind == ValueKind::class_ref) {
      const auto found = draft_.class_of.find(plain.class_info);
      return found != draft_.class_of.end() ? found->second
                                            : by_name(plain.class_info->syntax->name, draft);
    }
    if (plain.kind == ValueKind::lambda && plain.origin != nullptr && plain.origin->value != nullptr
        && draft.module != nullptr) {
      return class_of_value(
        *program_.evaluate(*plain.origin->value, *draft.module, draft.scope), draft, depth + 1);
    }
    if (plain.kind == ValueKind::subscript && !plain.items.empty()) {
      return class_of_value(*plain.items.back(), draft, depth + 1); // "list[Post]" given as target
    }
    const bool maps = plain.kind == ValueKind::call && !plain.items.empty()
                      && settled(*plain.items.front()).kind == ValueKind::class_ref;
    if (maps
        && (settled(*plain.base).text == "map_imperatively"
            || calls_any(program_, plain, {"mapper"}))) {
      return class_of_value(*plain.items.front(), draft, depth + 1);
    }
    if (const auto text = known_string(program_, plain, {}, draft_.classes[draft.owner].info)) {
      return by_text(*text, draft);
    }
    if (plain.kind == ValueKind::unknown || plain.kind == ValueKind::symbol
        || plain.kind == ValueKind::attribute) {
      const std::string dotted = dotted_name(plain);
      const std::string_view name =
        dotted.empty() ? std::string_view(plain.text) : last_name(dotted);
      const std::size_t found = name.empty() ? k_none : by_name(name, draft);
      named_and_missing_ = named_and_missing_ && plain.kind == ValueKind::unknown;
      return found;
    }
    return k_none;
  }

  /// "Post", "app.models.Post", "list[Post]", "Post.id" is no class.
  std::size_t by_text(const std::string& text, const RelationshipDraft& draft)
  {
    std::string_view name = trim(text);
    const auto open = name.find('[');
    if (open != std::string_view::npos && name.ends_with(']')) {
      name = name.substr(open + 1, name.size() - open - 2);
    }
    while (!name.empty() && (name.front() == '"' || name.front() == '\'')) {
      name = name.substr(1, name.size() - 2);
    }
    if (name.find('.') == std::string_view::npos) {
      return by_name(name, draft);
    }
    for (std::size_t index = 0; index < draft_.classes.size(); ++index) {
      const std::string& qualified = draft_.classes[index].mapped.name;
      if (qualified == name || qualified.ends_with("." + std::string(name))) {
        return index;
      }
    }
    return by_name(last_name(name), draft);
  }

  /// The registry's rule: by class name; of several, one that shares the owner's MetaData, then its
  /// module.
  std::size_t by_name(std::string_view name, const RelationshipDraft& draft)
  {
    const MappedClass& owner = draft_.classes[draft.owner].mapped;
    std::size_t best = k_none;
    int best_score = -1;
    for (std::size_t index = 0; index < draft_.classes.size(); ++index) {
      const MappedClass& mapped = draft_.classes[index].mapped;
      if (last_name(mapped.name) != name) {
        continue;
      }
      const int score = (mapped.metadata == owner.metadata ? 2 : 0)
                        + (mapped.where.path == owner.where.path ? 1 : 0);
      if (score > best_score) {
        best = index;
        best_score = score;
      }
    }
    named_and_missing_ = best == k_none;
    return best;
  }

  void resolve_secondary(RelationshipDraft& draft)
  {
    if (draft.secondary == nullptr) {
      return;
    }
    const std::size_t table = table_of_value(draft_, *draft.secondary, draft.module);
    if (table != k_none) {
      draft.relationship.secondary = draft_.tables[table].table.name;
    } else {
      const std::string text =
        known_string(program_, *draft.secondary).value_or(source_text(*draft.secondary));
      draft.relationship.secondary = text.empty() ? "?" : text;
    }
  }

  // --- directions ---

  std::vector<std::size_t> tables_of(std::size_t index) const
  {
    std::vector<std::size_t> tables;
    for (; index != k_none; index = draft_.classes[index].parent) {
      const std::size_t table = draft_.classes[index].table;
      if (table != k_none && std::ranges::find(tables, table) == tables.end()) {
        tables.push_back(table);
      }
    }
    return tables;
  }

  void add_paths(const std::vector<std::size_t>& from,
                 const std::vector<std::size_t>& to,
                 std::vector<const ForeignKey*>& keys) const
  {
    for (const std::size_t source : from) {
      for (const ForeignKey& key : draft_.tables[source].table.foreign_keys) {
        const bool hits = std::ranges::any_of(to, [&](std::size_t target) {
          return draft_.tables[target].table.name == key.target_table;
        });
        if (hits && !key.target_table.empty()) {
          keys.push_back(&key);
        }
      }
    }
  }

  /// Names of the columns in `values`, as far as they can be told.
  std::set<std::string> column_names(const std::vector<ValueRef>& values,
                                     const RelationshipDraft& draft)
  {
    std::set<std::string> names;
    std::vector<std::size_t> tables = tables_of(draft.owner);
    const auto more = tables_of(draft.target);
    tables.insert(tables.end(), more.begin(), more.end());
    for (const ValueRef value : values) {
      for (const std::size_t table : tables) {
        const TableDraft& drafted = draft_.tables[table];
        const std::string name = column_name(draft_, drafted, *value);
        if (std::ranges::find(drafted.table.columns, name, &Column::name)
            != drafted.table.columns.end()) {
          names.insert(name);
        }
      }
    }
    return names;
  }

  static void keep(std::vector<const ForeignKey*>& keys, const std::set<std::string>& columns)
  {
    std::erase_if(keys, [&](const ForeignKey* key) {
      return std::ranges::none_of(
        key->columns, [&](const std::string& column) { return columns.contains(column); });
    });
  }

  void find_direction(RelationshipDraft& draft)
  {
    Relationship& relationship = draft.relationship;
    if (draft.secondary != nullptr) {
      relationship.direction = Direction::many_to_many;
      finish_list(draft);
      return;
    }
    if (draft.target == k_none) {
      return;
    }
    const auto own = tables_of(draft.owner);
    const auto other = tables_of(draft.target);
    Paths paths;
    add_paths(own, other, paths.outgoing);
    add_paths(other, own, paths.incoming);
    paths.within = own == other;
    const std::set<std::string> chosen = column_names(draft.foreign_keys, draft);
    draft.candidates =
      paths.within ? paths.outgoing.size() : paths.outgoing.size() + paths.incoming.size();
    const std::set<std::string> joined =
      chosen.empty() ? column_names(draft.joined, draft) : chosen;
    if (!joined.empty()) {
      keep(paths.outgoing, joined);
      keep(paths.incoming, joined);
    }
    relationship.foreign_annotated =
      paths.outgoing.empty() && paths.incoming.empty() && !draft.foreign_keys.empty();
    if (paths.within && !paths.outgoing.empty()) {
      within(draft, paths);
    } else {
      between(draft, paths, chosen);
    }
    finish_list(draft);
  }

  void within(RelationshipDraft& draft, const Paths& paths)
  {
    const std::set<std::string> remote = column_names(draft.remote_side, draft);
    const auto& key = *paths.outgoing.front();
    const bool remote_is_foreign = std::ranges::any_of(
      key.columns, [&](const std::string& column) { return remote.contains(column); });
    Relationship& relationship = draft.relationship;
    const bool many_to_one = relationship.remote_side && !remote_is_foreign;
    relationship.direction = many_to_one ? Direction::many_to_one : Direction::one_to_many;
  }

  void between(RelationshipDraft& draft, const Paths& paths, const std::set<std::string>& chosen)
  {
    Relationship& relationship = draft.relationship;
    if (!paths.outgoing.empty() && paths.incoming.empty()) {
      relationship.direction = Direction::many_to_one;
    } else if (paths.outgoing.empty() && !paths.incoming.empty()) {
      relationship.direction =
        is_single(draft, *paths.incoming.front()) ? Direction::one_to_one : Direction::one_to_many;
    } else if (!paths.outgoing.empty() && relationship.uselist != Truth::unknown) {
      relationship.direction =
        relationship.uselist == Truth::yes ? Direction::one_to_many : Direction::many_to_one;
    } else if (paths.outgoing.empty() && relationship.foreign_annotated && !chosen.empty()) {
      const auto own = tables_of(draft.owner);
      const bool here = std::ranges::any_of(own, [&](std::size_t table) {
        return std::ranges::any_of(draft_.tables[table].table.columns, [&](const Column& column) {
          return chosen.contains(column.name) && column.primary_key != Truth::yes;
        });
      });
      relationship.direction = here ? Direction::many_to_one : Direction::one_to_many;
    }
  }

  /// One row at most on the other side: asked for, or the foreign key is unique by itself.
  bool is_single(const RelationshipDraft& draft, const ForeignKey& key) const
  {
    if (draft.relationship.uselist != Truth::unknown) {
      return draft.relationship.uselist == Truth::no;
    }
    for (const std::size_t index : tables_of(draft.target)) {
      const Table& table = draft_.tables[index].table;
      const bool holds = std::ranges::any_of(
        table.foreign_keys, [&](const ForeignKey& other) { return &other == &key; });
      const bool unique = std::ranges::any_of(table.keys, [&](const Key& candidate) {
        return candidate.kind != KeyKind::index && !candidate.partial
               && candidate.columns == key.columns;
      });
      if (holds && unique) {
        return true;
      }
    }
    return false;
  }

  static void finish_list(RelationshipDraft& draft)
  {
    Relationship& relationship = draft.relationship;
    const Direction direction = relationship.direction;
    if (direction == Direction::many_to_one || direction == Direction::one_to_one) {
      relationship.uselist = Truth::no;
    } else if (direction != Direction::unknown && relationship.uselist == Truth::unknown) {
      relationship.uselist = Truth::yes;
    }
    if (direction == Direction::one_to_many && relationship.uselist == Truth::no) {
      relationship.direction = Direction::one_to_one;
    }
    if (relationship.uselist == Truth::yes && relationship.collection.empty()) {
      const bool special = relationship.lazy == "dynamic" || relationship.lazy == "write_only";
      relationship.collection = special ? relationship.lazy : "list";
    }
  }

  // --- both sides ---

  void mirror(std::size_t index)
  {
    const RelationshipDraft& source = draft_.relationships[index];
    if (source.backref == nullptr) {
      return;
    }
    const Value& value = *source.backref;
    const bool call = value.kind == ValueKind::call;
    const ValueRef name_value = call ? argument_or_keyword(value, 0, "name") : &value;
    const ClassInfo* self = draft_.classes[source.owner].info;
    const std::string name =
      name_value == nullptr ? std::string()
                            : known_string(program_, *name_value, {}, self).value_or(std::string());
    draft_.relationships[index].relationship.backref = name.empty() ? "?" : name;
    if (name.empty() || source.target == k_none) {
      return;
    }
    if (find(source.target, name) != k_none) {
      draft_.relationships[index].conflict = true;
      return;
    }
    RelationshipDraft mirrored = options_of(source, value, name);
    mirrored.owner = source.target;
    mirrored.target = source.owner;
    mirrored.reverse = index;
    mirrored.secondary = source.secondary;
    mirrored.module = source.module;
    Relationship& relationship = mirrored.relationship;
    relationship.owner = draft_.classes[source.target].mapped.name;
    relationship.target = draft_.classes[source.owner].mapped.name;
    relationship.target_text = last_name(relationship.target);
    relationship.target_exists = Truth::yes;
    relationship.secondary = source.relationship.secondary;
    relationship.from_backref = true;
    relationship.custom_join = source.relationship.custom_join;
    relationship.foreign_annotated = source.relationship.foreign_annotated;
    relationship.viewonly = relationship.viewonly || source.relationship.viewonly;
    relationship.direction = flipped(source.relationship.direction);
    finish_list(mirrored);
    link_pair(index, std::move(mirrored));
  }

  RelationshipDraft
  options_of(const RelationshipDraft& source, const Value& value, const std::string& name)
  {
    RelationshipSource mirrored;
    mirrored.name = name;
    mirrored.module = source.module;
    mirrored.scope = source.scope;
    mirrored.where = source.relationship.where;
    Value options;
    options.kind = ValueKind::call;
    options.base = value.kind == ValueKind::call ? value.base : &value;
    options.keywords = value.keywords;
    options.module = value.module;
    options.origin = value.origin;
    mirrored.call = value.kind == ValueKind::call ? program_.make(std::move(options)) : nullptr;
    RelationshipDraft draft = read_relationship(draft_, mirrored);
    draft.backref = nullptr;
    return draft;
  }

  static Direction flipped(Direction direction)
  {
    switch (direction) {
    case Direction::one_to_many:
    case Direction::one_to_one:
      return Direction::many_to_one;
    case Direction::many_to_one:
      return Direction::one_to_many;
    case Direction::many_to_many:
    case Direction::unknown:
      return direction;
    }
    return direction;
  }

  void link_pair(std::size_t index, RelationshipDraft mirrored)
  {
    RelationshipDraft& source = draft_.relationships[index];
    const std::size_t position = draft_.relationships.size();
    source.reverse = position;
    source.relationship.reverse = mirrored.relationship.name;
    source.relationship.reverse_ok = Truth::yes;
    mirrored.relationship.reverse = source.relationship.name;
    mirrored.relationship.reverse_ok = Truth::yes;
    draft_.classes[mirrored.owner].attributes.insert(mirrored.relationship.name);
    draft_.relationships.push_back(std::move(mirrored));
  }

  std::size_t find(std::size_t owner, const std::string& name) const
  {
    for (; owner != k_none; owner = draft_.classes[owner].parent) {
      for (std::size_t index = 0; index < draft_.relationships.size(); ++index) {
        if (draft_.relationships[index].owner == owner
            && draft_.relationships[index].relationship.name == name) {
          return index;
        }
      }
    }
    return k_none;
  }

  bool related(std::size_t a, std::size_t b) const
  {
    const auto reaches = [this](std::size_t from, std::size_t to) {
      for (; from != k_none; from = draft_.classes[from].parent) {
        if (from == to) {
          return true;
        }
      }
      return false;
    };
    return reaches(a, b) || reaches(b, a);
  }

  void find_reverse(std::size_t index)
  {
    RelationshipDraft& draft = draft_.relationships[index];
    Relationship& relationship = draft.relationship;
    if (relationship.back_populates.empty() || draft.target == k_none || draft.reverse != k_none) {
      return;
    }
    const std::size_t other = find(draft.target, relationship.back_populates);
    if (other == k_none) {
      const ClassDraft& target = draft_.classes[draft.target];
      const bool sure = target.mapped.complete == Truth::yes
                        && !target.attributes.contains(relationship.back_populates);
      relationship.reverse_ok = sure ? Truth::no : Truth::unknown;
      return;
    }
    const RelationshipDraft& partner = draft_.relationships[other];
    const bool names_back = partner.relationship.back_populates == relationship.name
                            || partner.relationship.backref == relationship.name;
    const bool leads_back = partner.target != k_none && related(partner.target, draft.owner);
    relationship.reverse_ok =
      partner.target == k_none ? Truth::unknown : truth(names_back && leads_back);
    if (leads_back) {
      relationship.reverse = partner.relationship.name;
      draft.reverse = other;
    }
  }

  Draft& draft_;
  Program& program_;
  bool named_and_missing_ = false;
};

} // namespace

void link_relationships(Draft& draft)
{
  RelationshipLinker(draft).link();
}

} // namespace assay::facts
