// SPDX-License-Identifier: MIT
// Declaratively mapped classes: own attributes, mixins and abstract bases become one table each.
#include "engine/base/text.hpp"
#include "engine/facts/schema/assemble.hpp"
#include "engine/facts/schema/class_member.hpp"
#include "engine/facts/schema/known_base.hpp"
#include "engine/facts/schema/relationship.hpp"

#include <algorithm>

namespace assay::facts {

namespace {

class ClassReader {
public:
  ClassReader(Draft& draft, MetadataBook& metadata, ClassGraph& graph, const ClassInfo& info)
    : draft_(draft),
      program_(draft.program),
      metadata_(metadata),
      graph_(graph),
      info_(info),
      root_(graph.root(info)),
      types_(type_map(draft.program, info))
  {
  }

  void read()
  {
    describe();
    choose_table();
    members();
    table_arguments();
    unread_parts();
    read_traits(draft_, class_);
    const std::size_t index = draft_.classes.size();
    if (own_table_) {
      class_.table = draft_.add_table(std::move(table_));
    }
    if (class_.table != k_none) {
      draft_.tables[class_.table].table.classes.push_back(info_.qualified);
      class_.mapped.table = draft_.tables[class_.table].table.name;
    }
    for (RelationshipDraft& relationship : relationships_) {
      relationship.owner = index;
      relationship.relationship.owner = info_.qualified;
      draft_.relationships.push_back(std::move(relationship));
    }
    draft_.by_name = draft_.by_name || class_.by_name;
    draft_.class_of[&info_] = index;
    draft_.classes.push_back(std::move(class_));
  }

private:
  TableDraft& table() { return own_table_ ? table_ : draft_.tables[class_.table]; }

  [[nodiscard]] bool has_table() const { return own_table_ || class_.table != k_none; }

  void describe()
  {
    MappedClass& mapped = class_.mapped;
    class_.info = &info_;
    mapped.name = info_.qualified;
    mapped.where = program_.locate(*info_.module, info_.syntax->name_span);
    mapped.where.end_line = info_.statement->span.end_line;
    mapped.has_docstring = !info_.syntax->docstring.empty();
    mapped.metadata = metadata_.of_class(info_);
    class_.by_name = root_.kind == RootKind::unresolved || root_.by_name;
    for (const ValueRef base : program_.bases(info_)) {
      const std::string dotted =
        dotted_name(base->kind == ValueKind::subscript ? *base->base : *base);
      mapped.bases.push_back(dotted.empty() ? source_text(*base) : dotted);
    }
    for (const std::string& base : root_.unread_bases) {
      mapped.complete = Truth::unknown;
      draft_.gap("The base class " + base + " is not part of the repository.");
    }
    if (graph_.has_alternative(info_)) {
      mapped.complete = Truth::unknown;
    }
    if (root_.reflected) {
      mapped.complete = Truth::unknown;
      draft_.gap("The columns of " + info_.qualified + " are reflected from a database.");
    }
    if (const ClassInfo* parent = graph_.parent(info_)) {
      const auto found = draft_.class_of.find(parent);
      if (found != draft_.class_of.end()) {
        class_.parent = found->second;
        mapped.inherits = parent->qualified;
        class_.attributes = draft_.classes[found->second].attributes;
      }
    }
    mapped.style = style();
  }

  MappingStyle style()
  {
    switch (root_.kind) {
    case RootKind::flask:
      return MappingStyle::flask_sqlalchemy;
    case RootKind::sqlmodel:
      return MappingStyle::sqlmodel;
    case RootKind::automap:
      return MappingStyle::automap;
    case RootKind::none:
    case RootKind::declarative:
    case RootKind::decorated:
    case RootKind::unresolved:
      break;
    }
    return root_.dataclass ? MappingStyle::dataclass : MappingStyle::declarative;
  }

  void choose_table()
  {
    if (const ValueRef object = table_object()) {
      class_.mapped.style = MappingStyle::hybrid_table;
      class_.mapped.explicit_tablename = true;
      class_.table = table_of_value(draft_, *object, info_.module);
      if (class_.table == k_none) {
        class_.mapped.complete = Truth::no;
        draft_.gap("The table of " + info_.qualified + " could not be read.");
      } else {
        for (Column& column : draft_.tables[class_.table].table.columns) {
          column.attribute = column.attribute.empty() ? column.name : column.attribute;
          class_.attributes.insert(column.attribute);
        }
      }
      return;
    }
    const ClassGraph::TableName& name = graph_.table_name(info_);
    if (name.name.empty() && !name.computed && class_.parent != k_none) {
      class_.mapped.single_table = true;
      class_.table = draft_.classes[class_.parent].table;
      return;
    }
    own_table_ = true;
    class_.mapped.explicit_tablename = name.written;
    table_.table.name = name.name;
    table_.table.metadata = class_.mapped.metadata;
    table_.table.where = class_.mapped.where;
    table_.table.complete = class_.mapped.complete;
    table_.module = info_.module;
    const auto& body = info_.module->syntax->body;
    table_.conditional = std::ranges::find(body, info_.statement) == body.end();
  }

  ValueRef table_object()
  {
    for (const ClassInfo* owner : graph_.sources(info_)) {
      for (const ClassAttribute& attribute : owner->attributes) {
        if (attribute.name == "__table__" && attribute.value != nullptr) {
          return program_.evaluate(*attribute.value, *owner->module, owner);
        }
      }
      for (const FunctionInfo* method : owner->methods) {
        if (method->syntax->name == "__table__") {
          return method_value(program_, *method, info_);
        }
      }
    }
    return nullptr;
  }

  void members()
  {
    std::set<std::string, std::less<>> seen;
    for (const ClassInfo* owner : graph_.sources(info_)) {
      for (const ClassAttribute& attribute : owner->attributes) {
        const bool replaced =
          std::ranges::any_of(owner->attributes, [&](const ClassAttribute& other) {
            return &other > &attribute && other.name == attribute.name && other.value != nullptr;
          });
        if (!replaced && !attribute.name.starts_with("__") && seen.insert(attribute.name).second) {
          class_.attributes.insert(attribute.name);
          member(read_member(program_, *owner, attribute));
        }
      }
      for (const FunctionInfo* method : owner->methods) {
        const std::string name(method->syntax->name);
        if (name.starts_with("__") || !seen.insert(name).second) {
          continue;
        }
        class_.attributes.insert(name);
        if (has_decorator(program_, *method, {"declared_attr"})) {
          member(read_member(program_, *owner, *method, info_));
        }
      }
    }
    known_columns(seen);
  }

  /// Columns of library mixins.
  void known_columns(const std::set<std::string, std::less<>>& seen)
  {
    if (!own_table_) {
      return;
    }
    for (const ValueRef library : program_.library_bases(info_)) {
      const KnownBase* known = known_base(dotted_name(*library));
      for (const Column& column : known == nullptr ? std::vector<Column>{} : known->columns) {
        if (!seen.contains(column.name)) {
          ColumnReading reading;
          reading.column = column;
          reading.column.where = class_.mapped.where;
          class_.attributes.insert(column.name);
          add_column(table_, std::move(reading), nullptr, nullptr);
        }
      }
    }
  }

  void member(const Member& member)
  {
    if (member.hint.wrapper == "ClassVar") {
      return;
    }
    const bool sqlmodel = root_.kind == RootKind::sqlmodel;
    if (member.value == nullptr) {
      const bool typed = member.hint.wrapper == "Mapped" || (sqlmodel && member.hint.present);
      if (typed && !member.name.starts_with("_")) {
        column(member, sqlmodel ? ColumnRules::sqlmodel : ColumnRules::typed, nullptr);
      }
      return;
    }
    const Value& value = settled(*member.value);
    if (is_relationship(program_, value)) {
      relationship(member, value);
    } else if (const ValueRef call = column_call(program_, value)) {
      const bool typed =
        construct(program_, *call->base).name == "mapped_column" && member.hint.wrapper == "Mapped";
      column(member, typed ? ColumnRules::typed : ColumnRules::classic, call);
    } else if (calls_any(program_, value, {"association_proxy"})) {
      class_.mapped.proxies.push_back(member.name);
    } else if (sqlmodel && member.hint.present && !member.name.starts_with("_")
               && member.name != "model_config") {
      column(member, ColumnRules::sqlmodel, &value);
    } else {
      other(member, value);
    }
  }

  void column(const Member& member, ColumnRules rules, ValueRef value)
  {
    ColumnSource source;
    source.attribute = member.name;
    source.value = value;
    source.hint = member.hint;
    source.rules = rules;
    source.where = member.where;
    ColumnReading reading = read_column(program_, source, types_);
    class_.mapped.annotated = class_.mapped.annotated || member.hint.present;
    class_.by_name = class_.by_name || reading.by_name;
    if (member.hint.wrapper == "Mapped" && class_.mapped.style == MappingStyle::declarative) {
      class_.mapped.style = MappingStyle::typed;
    }
    if (!has_table()) {
      return;
    }
    const bool shadows_parent =
      class_.parent != k_none && class_.mapped.single_table
      && std::ranges::find(table().table.columns, reading.column.name, &Column::name)
           != table().table.columns.end();
    if (!shadows_parent && class_.mapped.style != MappingStyle::hybrid_table) {
      add_column(table(), std::move(reading), value, member.owner);
    } else if (class_.mapped.style == MappingStyle::hybrid_table) {
      rename(member, reading.column.name);
    }
  }

  /// `identifier = users.c.id` beside `__table__ = users`.
  void rename(const Member& member, const std::string& column)
  {
    const auto found = std::ranges::find(table().table.columns, column, &Column::name);
    if (found != table().table.columns.end()) {
      found->attribute = member.name;
    }
  }

  void relationship(const Member& member, const Value& value)
  {
    RelationshipSource source;
    source.name = member.name;
    source.call = &value;
    source.hint = member.hint;
    source.module = member.owner->module;
    source.scope = member.owner;
    source.where = member.where;
    RelationshipDraft draft = read_relationship(draft_, source);
    draft.inherited = member.owner != &info_;
    relationships_.push_back(std::move(draft));
  }

  /// A value that is neither column nor relationship: harmless, or a helper that may be either.
  void other(const Member& member, const Value& value)
  {
    if (class_.mapped.style == MappingStyle::hybrid_table && value.kind == ValueKind::attribute
        && has_table()) {
      rename(member, column_name(draft_, table(), value));
      return;
    }
    if (member.hint.wrapper == "Mapped") {
      column(member, ColumnRules::typed, &value);
      return;
    }
    if (value.kind == ValueKind::call && may_be_column(program_, value)) {
      incomplete("The value of " + info_.qualified + "." + member.name
                 + " could not be read: " + source_text(value) + ".");
    }
    if (calls_any(program_, value, {"composite"})) {
      for (std::size_t i = 1; i < value.items.size(); ++i) {
        if (const ValueRef call = column_call(program_, *value.items[i])) {
          Member part = member;
          part.name.clear();
          column(part, ColumnRules::classic, call);
        }
      }
    }
  }

  void incomplete(std::string why)
  {
    class_.mapped.complete = Truth::no;
    if (own_table_) {
      table_.table.complete = Truth::no;
    }
    draft_.gap(std::move(why));
  }

  void table_arguments()
  {
    if (!has_table() || class_.mapped.style == MappingStyle::hybrid_table) {
      return;
    }
    std::string schema = metadata_.schema_of(class_.mapped.metadata);
    if (const ValueRef value = arguments_value()) {
      const Value& plain = settled(*value);
      Truth whole = Truth::yes;
      const auto items = plain.kind == ValueKind::dict ? std::vector<ValueRef>{&plain}
                                                       : sequence_items(plain, whole);
      for (const ValueRef item : items) {
        const Value& argument = settled(*item);
        if (argument.kind == ValueKind::dict) {
          options(argument, schema);
        } else if (!add_table_argument(draft_, table(), argument, argument_scope_)) {
          whole = Truth::no;
        }
      }
      if (whole == Truth::no && !is_none(value)) {
        table().table.complete = Truth::no;
        draft_.gap("A part of __table_args__ of " + info_.qualified + " could not be read.");
      }
    }
    if (own_table_ && !schema.empty() && !table_.table.name.empty()) {
      table_.table.schema = schema;
      table_.table.name = qualified_table(schema, table_.table.name);
    }
  }

  ValueRef arguments_value()
  {
    for (const ClassInfo* owner : graph_.sources(info_)) {
      argument_scope_ = owner;
      for (const FunctionInfo* method : owner->methods) {
        if (method->syntax->name == "__table_args__") {
          return method_value(program_, *method, info_);
        }
      }
      for (const ClassAttribute& attribute : owner->attributes) {
        if (attribute.name == "__table_args__" && attribute.value != nullptr) {
          return program_.evaluate(*attribute.value, *owner->module, owner);
        }
      }
    }
    return nullptr;
  }

  void options(const Value& dict, std::string& schema)
  {
    for (std::size_t i = 0; i < dict.keys.size(); ++i) {
      const std::string key = dict.keys[i] == nullptr ? std::string() : settled(*dict.keys[i]).text;
      if (key == "schema") {
        schema = is_none(dict.items[i]) ? std::string()
                                        : known_string(program_, *dict.items[i]).value_or(schema);
      } else if (key == "extend_existing" || key == "keep_existing") {
        table().extends_existing = truth_of(dict.items[i]) != Truth::no;
      } else if (key.starts_with("autoload")) {
        incomplete("The columns of " + info_.qualified + " are reflected from a database.");
      }
    }
  }

  /// Statements in a class body that may define names reading does not see.
  void unread_parts()
  {
    for (const ClassInfo* owner : graph_.sources(info_)) {
      for (const syntax::Stmt* statement : owner->syntax->body) {
        const bool hides = statement->kind == syntax::StmtKind::error
                           || statement->kind == syntax::StmtKind::for_
                           || statement->kind == syntax::StmtKind::while_;
        const bool calls = statement->kind == syntax::StmtKind::expression
                           && statement->value != nullptr
                           && statement->value->kind == syntax::ExprKind::call
                           && source_of(*owner, *statement).find("locals()") != std::string::npos;
        if (hides || calls) {
          incomplete("Line " + std::to_string(statement->span.line) + " of " + owner->module->path
                     + " may define more attributes of " + info_.qualified + " than can be read.");
        }
      }
    }
  }

  static std::string source_of(const ClassInfo& owner, const syntax::Stmt& statement)
  {
    const std::string& source = *owner.module->syntax->source;
    return statement.span.end <= source.size()
             ? source.substr(statement.span.begin, statement.span.end - statement.span.begin)
             : std::string();
  }

  Draft& draft_;
  Program& program_;
  MetadataBook& metadata_;
  ClassGraph& graph_;
  const ClassInfo& info_;
  const MappingRoot root_;
  const TypeMap types_;
  ClassDraft class_;
  TableDraft table_;
  bool own_table_ = false;
  const ClassInfo* argument_scope_ = nullptr;
  std::vector<RelationshipDraft> relationships_;
};

} // namespace

void read_declarative(Draft& draft, MetadataBook& metadata, ClassGraph& graph)
{
  for (const ClassInfo* info : graph.mapped()) {
    ClassReader(draft, metadata, graph, *info).read();
  }
}

} // namespace assay::facts
