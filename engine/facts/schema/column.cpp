// SPDX-License-Identifier: MIT
#include "engine/facts/schema/column.hpp"

#include "engine/facts/schema/table_args.hpp"
#include "engine/facts/schema/vocabulary.hpp"

#include <algorithm>

namespace assay::facts {

namespace {

class ColumnReader {
public:
  ColumnReader(Program& program, const ColumnSource& source, const TypeMap& types)
    : program_(program),
      source_(source),
      types_(types)
  {
    reading_.column.attribute = source.attribute;
    reading_.column.where = source.where;
  }

  ColumnReading read()
  {
    bool described = false;
    for (const ValueRef extra : source_.hint.extras) {
      const Value& value = settled(*extra);
      if (calls_any(program_, value, {"mapped_column", "Column"})) {
        // SQLAlchemy takes the first and leaves the others, nested Annotated included.
        if (!std::exchange(described, true)) {
          apply(value);
        }
      } else if (calls_any(program_, value, {"ForeignKey", "Identity", "Sequence", "Computed"})) {
        positional(value, 2);
      } else if (source_.rules == ColumnRules::sqlmodel && calls_field(value)) {
        apply_field(value);
      } else if (const auto length = annotated_length(value)) {
        length_ = length;
      }
    }
    assigned();
    finish_type();
    finish_nullable();
    if (reading_.column.name.empty()) {
      reading_.column.name = source_.attribute;
    }
    return std::move(reading_);
  }

private:
  void assigned()
  {
    if (source_.value == nullptr) {
      return;
    }
    const Value& value = settled(*source_.value);
    if (source_.rules == ColumnRules::sqlmodel && calls_field(value)) {
      apply_field(value);
    } else if (value.kind == ValueKind::call && called_construct(program_, value)) {
      reading_.by_name = called_construct(program_, value).by_name;
      apply(value);
    } else if (source_.rules == ColumnRules::sqlmodel) {
      field_default(value);
    } else if (value.kind == ValueKind::call) {
      reading_.whole = Truth::no; // a helper that could not be followed
      explicit_nullable_ = Truth::unknown;
      nullable_given_ = true;
    } else {
      set_default(value);
    }
  }

  bool calls_field(const Value& value)
  {
    return value.kind == ValueKind::call && last_name(dotted_name(*value.base)) == "Field";
  }

  /// StringConstraints(max_length=50), MaxLen(50), Len(0, 50) in Annotated.
  static std::optional<int> annotated_length(const Value& value)
  {
    if (value.kind != ValueKind::call) {
      return std::nullopt;
    }
    const bool positional = last_name(dotted_name(*value.base)) == "MaxLen";
    const ValueRef length = positional ? argument(value, 0) : keyword(value, "max_length");
    return length != nullptr && settled(*length).kind == ValueKind::integer
             ? std::optional(static_cast<int>(settled(*length).number))
             : std::nullopt;
  }

  /// Column(...) and mapped_column(...).
  void apply(const Value& call)
  {
    positional(call, 0);
    for (const auto& [name, value] : call.keywords) {
      given(name, *value);
    }
    if (has_unknown_arguments(call)) {
      unknown_arguments();
    }
  }

  void unknown_arguments()
  {
    Column& column = reading_.column;
    reading_.whole = Truth::no;
    for (Truth* fact : {&column.unique, &column.indexed, &column.primary_key}) {
      *fact = *fact == Truth::no ? Truth::unknown : *fact;
    }
    if (column.default_kind == DefaultKind::none) {
      column.default_kind = DefaultKind::unknown;
    }
    if (!nullable_given_) {
      nullable_given_ = true;
      explicit_nullable_ = Truth::unknown;
    }
  }

  /// `from`: 0 where a name and a type may stand, 2 where only constraints do.
  void positional(const Value& call, std::size_t from)
  {
    if (from == 2) {
      constraint(call);
      return;
    }
    for (std::size_t i = 0; i < call.items.size(); ++i) {
      const Value& item = settled(*call.items[i]);
      const auto text = i == 0 ? known_string(program_, item) : std::nullopt;
      if (text) {
        reading_.column.name = *text;
      } else if (item.kind == ValueKind::none) {
        continue;
      } else if (!constraint(item) && !set_type(item)) {
        not_understood(item);
      }
    }
  }

  void not_understood(const Value& item)
  {
    if (item.kind == ValueKind::unknown && item.text == "*") {
      return; // has_unknown_arguments tells
    }
    if (!type_) {
      type_ = TypeReading{};
      type_->text = source_text(item);
    }
    reading_.whole = Truth::no;
  }

  /// Things written on a column that are no type. True if `item` is one.
  bool constraint(const Value& item)
  {
    const Construct called =
      item.kind == ValueKind::call ? construct(program_, *item.base) : construct(program_, item);
    Column& column = reading_.column;
    if (called.name == "ForeignKey") {
      reading_.foreign_keys.push_back(read_foreign_key(program_, item));
    } else if (called.name == "Identity" || called.name == "Computed") {
      column.generated = Truth::yes;
      column.server_default_kind = DefaultKind::server;
      identity_ = called.name == "Identity";
    } else if (called.name == "Sequence") {
      column.generated = Truth::yes;
      column.default_kind = DefaultKind::server;
    } else if (called.name == "CheckConstraint") {
      reading_.checks.push_back(read_check(program_, item));
    } else if (called.name == "ColumnDefault" && !item.items.empty()) {
      set_default(*item.items.front());
    } else if (called.name == "FetchedValue" || called.name == "DefaultClause") {
      column.server_default_kind = DefaultKind::server;
    } else {
      return false;
    }
    return true;
  }

  bool set_type(const Value& value)
  {
    TypeReading type = read_type(program_, value);
    if (!type.is_type) {
      return false;
    }
    type_ = std::move(type);
    return true;
  }

  void set_default(const Value& value)
  {
    const DefaultReading given = read_default(program_, value);
    if (given.kind != DefaultKind::none) {
      reading_.column.default_kind = given.kind;
      reading_.column.default_text = given.text;
    }
  }

  void server_default(const Value& value)
  {
    if (is_none(&value)) {
      return;
    }
    reading_.column.server_default_kind = DefaultKind::server;
    if (reading_.column.default_text.empty()) {
      reading_.column.default_text = source_text(value);
    }
  }

  void given(const std::string& name, const Value& value)
  {
    Column& column = reading_.column;
    if (name == "nullable") {
      nullable_given_ = true;
      explicit_nullable_ = truth_of(&value);
    } else if (name == "primary_key") {
      column.primary_key = truth_of(&value);
    } else if (name == "unique") {
      column.unique = truth_of(&value);
    } else if (name == "index") {
      column.indexed = truth_of(&value);
    } else if (name == "default" || name == "default_factory") {
      if (!insert_default_) {
        set_default(value);
      }
    } else if (name == "insert_default") {
      set_default(value);
      insert_default_ = true;
    } else if (name == "server_default") {
      server_default(value);
    } else if (name == "onupdate") {
      column.onupdate_kind = read_default(program_, value).kind;
    } else if (name == "server_onupdate") {
      column.onupdate_kind = DefaultKind::server;
    } else if (name == "autoincrement") {
      column.generated = truth_of(&value) == Truth::no ? Truth::no : Truth::yes;
    } else if (name == "type_" || name == "sa_type") {
      if (!set_type(value)) {
        not_understood(value);
      }
    } else if (name == "name") {
      column.name = known_string(program_, value).value_or(column.name);
    } else if (name == "key") {
      reading_.key = known_string(program_, value).value_or(std::string());
    }
  }

  /// SQLModel's Field(...). Source: sqlmodel 0.0.22 main.py get_column_from_field().
  void apply_field(const Value& call)
  {
    if (const ValueRef column = keyword(call, "sa_column")) {
      const ValueRef inner = column_call(program_, *column);
      sa_column_ = true;
      if (inner == nullptr) {
        reading_.whole = Truth::no;
      } else {
        apply(*inner);
      }
      if (const ValueRef factory = keyword(call, "default_factory")) {
        set_default(*factory);
      }
      return;
    }
    for (const auto& [name, value] : call.keywords) {
      field_keyword(name, *value);
    }
    const ValueRef factory = keyword(call, "default_factory");
    const ValueRef standard = argument_or_keyword(call, 0, "default");
    if (factory != nullptr) {
      set_default(*factory);
    } else if (standard != nullptr) {
      field_default(settled(*standard));
    }
    if (keyword(call, "primary_key") != nullptr && !nullable_given_) {
      field_nullable_ =
        truth_of(keyword(call, "primary_key")) == Truth::yes ? Truth::no : Truth::unknown;
    }
    if (has_unknown_arguments(call)) {
      unknown_arguments();
    }
  }

  void field_keyword(const std::string& name, const Value& value)
  {
    if (name == "default" || name == "default_factory") {
      return;
    }
    if (name == "foreign_key") {
      ForeignKeyReading key;
      key.target = &value;
      key.key.where = source_.where;
      if (!is_none(&value)) {
        reading_.foreign_keys.push_back(std::move(key));
      }
    } else if (name == "max_length" && settled(value).kind == ValueKind::integer) {
      length_ = static_cast<int>(settled(value).number);
    } else if (name == "ondelete") {
      field_ondelete_ = referential_action(known_string(program_, value).value_or("?"));
    } else if (name == "sa_column_kwargs") {
      const Value& options = settled(value);
      for (std::size_t i = 0; i < options.keys.size(); ++i) {
        if (options.keys[i] != nullptr && options.keys[i]->kind == ValueKind::string) {
          given(options.keys[i]->text, *options.items[i]);
        } else {
          unknown_arguments();
        }
      }
    } else if (name == "sa_column_args") {
      for (const ValueRef item : sequence_items(value, reading_.whole)) {
        constraint(settled(*item));
      }
    } else {
      given(name, value);
    }
  }

  /// Pydantic copies mutable defaults for each object, so a literal is never shared; a call was
  /// still made at import.
  void field_default(const Value& value)
  {
    const bool literal = value.kind == ValueKind::list || value.kind == ValueKind::dict
                         || value.kind == ValueKind::set;
    const bool required = value.origin != nullptr && value.origin->text == "...";
    if (literal) {
      reading_.column.default_kind = DefaultKind::constant;
      reading_.column.default_text = source_text(value);
    } else if (!required && value.kind != ValueKind::unknown) {
      set_default(value);
      if (reading_.column.default_kind == DefaultKind::callable) {
        reading_.column.default_kind = DefaultKind::constant;
      }
    }
  }

  void finish_type()
  {
    if (!type_ && source_.hint.present) {
      type_ = type_of_hint();
    }
    if (!type_) {
      return;
    }
    Column& column = reading_.column;
    column.family = type_->family;
    column.type_text = type_->text;
    column.length = type_->length ? type_->length : length_;
    column.enum_labels = type_->labels;
    for (ForeignKeyReading& key : reading_.foreign_keys) {
      key.key.ondelete = key.key.ondelete.empty() ? field_ondelete_ : key.key.ondelete;
    }
  }

  std::optional<TypeReading> type_of_hint()
  {
    for (const ValueRef alias : source_.hint.aliases) {
      for (const auto& [key, type] : types_) {
        if (same_type(*alias, *key)) {
          return read_type(program_, *type);
        }
      }
    }
    if (source_.hint.type == nullptr) {
      return std::nullopt;
    }
    TypeReading type = read_python_type(program_, *source_.hint.type);
    type.text = source_.hint.text;
    return type;
  }

  static bool same_type(const Value& hint, const Value& key)
  {
    const Value& left = settled(hint);
    const Value& right = settled(key);
    if (&left == &right || (left.origin != nullptr && left.origin == right.origin)) {
      return true;
    }
    const std::string dotted = dotted_name(left);
    if (!dotted.empty()) {
      return dotted == dotted_name(right);
    }
    return left.kind == ValueKind::subscript && right.kind == ValueKind::subscript
           && !left.items.empty() && left.items.size() == right.items.size()
           && dotted_name(*left.base) == dotted_name(*right.base)
           && std::ranges::equal(
             left.items, right.items, [](ValueRef a, ValueRef b) { return same_type(*a, *b); });
  }

  void finish_nullable()
  {
    Column& column = reading_.column;
    if (column.default_kind == DefaultKind::none
        && column.server_default_kind != DefaultKind::none) {
      column.default_kind = column.server_default_kind;
    }
    column.nullable_explicit = truth(nullable_given_);
    if (nullable_given_) {
      column.nullable = explicit_nullable_;
    } else if (column.primary_key == Truth::yes || identity_ || field_nullable_ == Truth::no) {
      column.nullable = Truth::no;
    } else if (column.primary_key == Truth::unknown) {
      column.nullable = Truth::unknown;
    } else if (source_.rules == ColumnRules::classic || sa_column_ || !source_.hint.present) {
      column.nullable = Truth::yes;
    } else {
      column.nullable = source_.hint.type == nullptr && source_.hint.optional == Truth::no
                          ? Truth::unknown
                          : source_.hint.optional;
    }
    if (column.primary_key == Truth::yes) {
      column.nullable = Truth::no;
    }
  }

  Program& program_;
  const ColumnSource& source_;
  const TypeMap& types_;
  ColumnReading reading_;
  std::optional<TypeReading> type_;
  std::optional<int> length_;
  std::string field_ondelete_;
  Truth explicit_nullable_ = Truth::unknown;
  Truth field_nullable_ = Truth::unknown;
  bool nullable_given_ = false;
  bool insert_default_ = false;
  bool identity_ = false;
  bool sa_column_ = false;
};

} // namespace

ColumnReading read_column(Program& program, const ColumnSource& source, const TypeMap& types)
{
  return ColumnReader(program, source, types).read();
}

ValueRef column_call(Program& program, const Value& value)
{
  const Value* current = &settled(value);
  for (int depth = 0; depth < 6 && current->kind == ValueKind::call; ++depth) {
    const Construct called = construct(program, *current->base);
    if (called.name == "Column" || called.name == "mapped_column") {
      return current;
    }
    const Value& callee = settled(*current->base);
    const bool copies =
      callee.kind == ValueKind::attribute
      && (callee.text == "copy" || callee.text == "_copy" || callee.text == "label");
    const bool wraps = called.name == "deferred" || called.name == "column_property"
                       || called.name == "declared_attr";
    if (copies) {
      current = &settled(*callee.base);
    } else if (wraps && !current->items.empty()) {
      current = &settled(*current->items.front());
      if (current->kind == ValueKind::lambda && current->origin != nullptr
          && current->module != nullptr && current->origin->value != nullptr) {
        current = &settled(*program.evaluate(*current->origin->value, *current->module));
      }
    } else {
      return nullptr;
    }
  }
  return nullptr;
}

} // namespace assay::facts
