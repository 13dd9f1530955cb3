// SPDX-License-Identifier: MIT
// One relationship() call, read by itself.
#include "engine/facts/schema/relationship.hpp"

#include "engine/base/text.hpp"

#include <algorithm>

namespace assay::facts {

namespace {

std::vector<std::string> cascade_tokens(std::string_view text)
{
  std::vector<std::string> tokens;
  for (const std::string_view part : split(text, ',')) {
    if (!trim(part).empty()) {
      tokens.push_back(to_lower(trim(part)));
    }
  }
  return tokens;
}

class RelationshipReader {
public:
  RelationshipReader(Program& program, const RelationshipSource& source)
    : program_(program),
      source_(source)
  {
    result_.call = source.call;
    result_.hint = source.hint;
    result_.module = source.module;
    result_.scope = source.scope;
    result_.relationship.name = source.name;
    result_.relationship.where = source.where;
  }

  RelationshipDraft read()
  {
    if (source_.call != nullptr) {
      const Value& call = settled(*source_.call);
      const std::string dotted = dotted_name(*call.base);
      result_.sqlmodel =
        dotted.starts_with("sqlmodel") || construct(program_, *call.base).name == "Relationship";
      if (construct(program_, *call.base).name == "dynamic_loader") {
        result_.relationship.lazy = "dynamic";
      }
      read_call(call);
    }
    hint();
    result_.target_value = target_;
    return std::move(result_);
  }

private:
  void read_call(const Value& call)
  {
    if (const ValueRef inner = keyword(call, "sa_relationship");
        inner != nullptr && settled(*inner).kind == ValueKind::call) {
      read_call(settled(*inner));
      return;
    }
    if (!result_.sqlmodel && !call.items.empty()) {
      target(*call.items[0]);
      if (call.items.size() > 1) {
        option("secondary", *call.items[1]);
      }
    }
    for (const auto& [name, value] : call.keywords) {
      option(name, *value);
    }
  }

  void target(const Value& value)
  {
    const Value& plain = settled(value);
    target_ = &plain;
    result_.relationship.target_text =
      plain.kind == ValueKind::string ? plain.text : source_text(plain);
  }

  std::string text(const Value& value)
  {
    return known_string(program_, value, {}, source_.scope).value_or(std::string());
  }

  void option(const std::string& name, const Value& value)
  {
    Relationship& relationship = result_.relationship;
    if (name == "argument") {
      target(value);
    } else if (name == "secondary" || name == "link_model") {
      result_.secondary = is_none(&value) ? nullptr : &settled(value);
    } else if (name == "back_populates") {
      relationship.back_populates = text(value);
    } else if (name == "backref") {
      result_.backref = is_none(&value) ? nullptr : &settled(value);
    } else if (name == "cascade") {
      relationship.cascade = cascade_tokens(text(value));
    } else if (name == "cascade_delete" && truth_of(&value) == Truth::yes) {
      relationship.cascade = {"all", "delete-orphan"};
    } else if (name == "sa_relationship_kwargs") {
      dictionary(settled(value));
    } else if (name == "sa_relationship_args") {
      Truth whole = Truth::yes;
      const auto items = sequence_items(value, whole);
      if (!items.empty()) {
        target(*items.front());
      }
    } else {
      loading(name, value);
    }
  }

  void dictionary(const Value& options)
  {
    for (std::size_t i = 0; options.kind == ValueKind::dict && i < options.keys.size(); ++i) {
      if (options.keys[i] != nullptr && options.keys[i]->kind == ValueKind::string) {
        option(options.keys[i]->text, *options.items[i]);
      }
    }
    if (options.kind == ValueKind::call && dotted_name(*options.base) == "dict") {
      for (const auto& [name, value] : options.keywords) {
        option(name, *value);
      }
    }
  }

  void loading(const std::string& name, const Value& value)
  {
    Relationship& relationship = result_.relationship;
    if (name == "lazy") {
      relationship.lazy = lazy_text(settled(value));
    } else if (name == "uselist") {
      relationship.uselist = truth_of(&value);
    } else if (name == "viewonly") {
      relationship.viewonly = truth_of(&value) != Truth::no;
    } else if (name == "overlaps") {
      relationship.overlaps = !is_none(&value);
    } else if (name == "passive_deletes") {
      const std::string words = to_lower(text(value));
      relationship.passive_deletes = truth_of(&value) == Truth::yes ? "true"
                                     : words == "cascade"           ? "true"
                                                                    : words;
    } else if (name == "order_by") {
      relationship.ordered = truth_of(&value) != Truth::no;
    } else if (name == "collection_class") {
      const Value& factory = settled(value);
      relationship.collection = std::string(
        last_name(dotted_name(factory.kind == ValueKind::call ? *factory.base : factory)));
    } else if (name == "primaryjoin" || name == "secondaryjoin") {
      relationship.custom_join = true;
      foreign_in_join(settled(value));
    } else if (name == "foreign_keys") {
      result_.foreign_keys = listed(value);
    } else if (name == "remote_side") {
      relationship.remote_side = true;
      result_.remote_side = listed(value);
    }
  }

  std::string lazy_text(const Value& value)
  {
    if (value.kind == ValueKind::boolean) {
      return value.truth ? "select" : "joined";
    }
    return value.kind == ValueKind::none ? "noload" : text(value);
  }

  /// Lists, single values, lambdas and strings ("[Post.author_id]", "Post.author_id").
  std::vector<ValueRef> listed(const Value& value)
  {
    const Value* plain = &settled(value);
    if (plain->kind == ValueKind::lambda && plain->origin != nullptr
        && plain->origin->value != nullptr) {
      plain = &settled(*program_.evaluate(*plain->origin->value, *source_.module, source_.scope));
    }
    if (plain->kind == ValueKind::string && plain->origin != nullptr && source_.module != nullptr) {
      plain = &settled(*program_.evaluate_text(plain->text, *source_.module, *plain->origin));
    }
    const bool many = plain->kind == ValueKind::list || plain->kind == ValueKind::tuple
                      || plain->kind == ValueKind::set;
    return many ? plain->items : std::vector<ValueRef>{plain};
  }

  void foreign_in_join(const Value& value)
  {
    const Value* join = &value;
    if (join->kind == ValueKind::lambda && join->origin != nullptr
        && join->origin->value != nullptr) {
      join = program_.evaluate(*join->origin->value, *source_.module, source_.scope);
    } else if (join->kind == ValueKind::string && join->origin != nullptr
               && source_.module != nullptr) {
      join = program_.evaluate_text(join->text, *source_.module, *join->origin);
    }
    marked(settled(*join), 0);
  }

  /// foreign(...) and remote(...) inside a primaryjoin; every column it mentions.
  void marked(const Value& value, int depth)
  {
    if (depth > 8) {
      return;
    }
    if (value.kind == ValueKind::attribute || column_call(program_, value) != nullptr) {
      result_.joined.push_back(&value);
    }
    if (value.kind == ValueKind::call) {
      const Construct called = construct(program_, *value.base);
      const std::string_view name =
        called ? last_name(called.name) : std::string_view(settled(*value.base).text);
      if (name == "foreign" && !value.items.empty()) {
        result_.foreign_keys.push_back(value.items.front());
      } else if (name == "remote" && !value.items.empty()) {
        result_.relationship.remote_side = true;
        result_.remote_side.push_back(value.items.front());
      }
      if (value.base != nullptr) {
        marked(settled(*value.base), depth + 1);
      }
    }
    for (const ValueRef item : value.items) {
      marked(settled(*item), depth + 1);
    }
  }

  void hint()
  {
    const TypeHint& hint = result_.hint;
    Relationship& relationship = result_.relationship;
    if (!hint.present) {
      return;
    }
    if (hint.wrapper == "DynamicMapped" || hint.wrapper == "WriteOnlyMapped") {
      relationship.lazy = hint.wrapper == "DynamicMapped" ? "dynamic" : "write_only";
      relationship.uselist = Truth::yes;
      relationship.collection = relationship.lazy;
    }
    if (!hint.collection.empty() && hint.collection != "tuple") {
      relationship.uselist = Truth::yes;
      relationship.collection =
        relationship.collection.empty() ? hint.collection : relationship.collection;
    } else if (relationship.uselist == Truth::unknown && hint.type != nullptr
               && (hint.wrapper == "Mapped" || result_.sqlmodel)) {
      relationship.uselist = Truth::no;
    }
    if (target_ == nullptr) {
      target_ = hint.element != nullptr ? hint.element : hint.type;
      if (target_ != nullptr) {
        const std::string dotted = dotted_name(*target_);
        relationship.target_text =
          dotted.empty() ? source_text(*target_) : std::string(last_name(dotted));
        relationship.target_text = target_->kind == ValueKind::unknown && !target_->text.empty()
                                     ? target_->text
                                     : relationship.target_text;
      }
    }
  }

  Program& program_;
  const RelationshipSource& source_;
  RelationshipDraft result_;
  const Value* target_ = nullptr;
};

} // namespace

bool is_relationship(Program& program, const Value& value)
{
  return calls_any(
    program,
    value,
    {"relationship", "relation", "Relationship", "RelationshipProperty", "dynamic_loader"});
}

RelationshipDraft read_relationship(Draft& draft, const RelationshipSource& source)
{
  return RelationshipReader(draft.program, source).read();
}

} // namespace assay::facts
