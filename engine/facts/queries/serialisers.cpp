// SPDX-License-Identifier: MIT
// Pydantic response models and marshmallow schemas: their fields read relationships.
#include "engine/facts/queries/renderers.hpp"

#include <algorithm>
#include <array>

namespace assay::facts::queries {

namespace {

// post -> comments -> author -> profile: the walk of checks.md 4.5 stops at depth four.
constexpr int k_max_depth = 4;

/// The project class inside an annotation: PostOut, list[PostOut], Optional[PostOut],
/// Page[PostOut].
const ClassInfo* schema_in(ValueRef annotation, int depth)
{
  if (annotation == nullptr || depth > k_max_depth) {
    return nullptr;
  }
  const Value& value = settled(*annotation);
  if (value.kind == ValueKind::class_ref) {
    return value.class_info;
  }
  for (const ValueRef item : value.items) {
    if (const ClassInfo* info = schema_in(item, depth + 1)) {
      return info;
    }
  }
  return nullptr;
}

class SchemaFields {
public:
  SchemaFields(Recorder& recorder, std::string via, Location where)
    : recorder_(recorder),
      reader_(recorder.reader()),
      via_(std::move(via)),
      where_(std::move(where))
  {
  }

  void read(const ClassInfo& schema, const Holding& owner, int loops, int depth)
  {
    if (depth > k_max_depth || std::ranges::find(active_, &schema) != active_.end()) {
      return;
    }
    active_.push_back(&schema);
    for (const ClassInfo* level : reader_.program().ancestry(schema)) {
      for (const ClassAttribute& field : level->attributes) {
        field_of(field, *level, owner, loops, depth);
      }
    }
    active_.pop_back();
  }

private:
  void field_of(
    const ClassAttribute& field, const ClassInfo& level, const Holding& owner, int loops, int depth)
  {
    const Relationship* relation = reader_.schema().relationship(owner.class_name, field.name);
    if (relation == nullptr) {
      return;
    }
    recorder_.note_access(*relation, owner, loops, via_, where_);
    const ClassInfo* inner = nested(field, level);
    if (inner == nullptr || relation->target.empty()
        || reader_.schema().mapped(inner->qualified) != nullptr) {
      return;
    }
    Holding next = owner;
    next.class_name = relation->target;
    read(*inner, next, loops + (is_to_many(*relation) ? 1 : 0), depth + 1);
  }

  const ClassInfo* nested(const ClassAttribute& field, const ClassInfo& level)
  {
    Program& program = reader_.program();
    if (field.annotation != nullptr) {
      return schema_in(program.annotation(*field.annotation, *level.module, &level), 0);
    }
    return field.value == nullptr
             ? nullptr
             : marshmallow(program.evaluate(*field.value, *level.module, &level), level, 0);
  }

  /// fields.Nested(CommentSchema, many=True), fields.List(fields.Nested("CommentSchema"))
  const ClassInfo* marshmallow(ValueRef ref, const ClassInfo& level, int depth)
  {
    const Value& value = settled(*ref);
    if (value.kind == ValueKind::class_ref) {
      return value.class_info;
    }
    if (value.kind == ValueKind::string) {
      const ValueRef named = reader_.program().lookup(*level.module, value.text);
      return named == nullptr ? nullptr : marshmallow(named, level, depth + 1);
    }
    if (value.kind != ValueKind::call || value.items.empty() || depth > k_max_depth) {
      return nullptr;
    }
    return marshmallow(value.items.front(), level, depth + 1);
  }

  Recorder& recorder_;
  Reader& reader_;
  std::string via_;
  Location where_;
  std::vector<const ClassInfo*> active_;
};

bool is_many(const Holding& held)
{
  return held.shape == Shape::collection;
}

void read_fields(Recorder& recorder,
                 const ClassInfo& schema,
                 const Holding& held,
                 int loops,
                 const Location& where)
{
  if ((held.shape != Shape::entity && held.shape != Shape::collection) || held.fresh) {
    return;
  }
  if (recorder.reader().schema().mapped(schema.qualified) != nullptr) {
    return; // a mapped class as response model: its relationships are left out
  }
  SchemaFields fields(
    recorder, schema.module->path + "::" + std::string(schema.syntax->name), where);
  fields.read(schema, held, loops + (is_many(held) ? 1 : 0), 0);
}

} // namespace

void note_serialiser(Recorder& recorder, const Value& call, int loops)
{
  constexpr std::array<std::string_view, 6> k_reading = {
    "model_validate", "from_orm", "validate", "validate_python", "dump", "dumps"};
  const Value& callee = settled(*call.base);
  const bool reads = callee.kind == ValueKind::attribute
                     && std::ranges::find(k_reading, callee.text) != k_reading.end()
                     && !call.items.empty();
  if (!reads) {
    return;
  }
  Reader& reader = recorder.reader();
  const Value& owner = settled(*reader.resolve(callee.base));
  const ClassInfo* schema =
    owner.kind == ValueKind::class_ref ? owner.class_info : reader.instance_class(callee.base);
  if (schema == nullptr && owner.kind == ValueKind::call && !owner.items.empty()) {
    schema = schema_in(owner.items.front(), 0); // TypeAdapter(list[PostOut])
  }
  if (schema == nullptr) {
    return;
  }
  read_fields(
    recorder, *schema, reader.holding(call.items.front()), loops, reader.program().locate(call));
}

void note_response_model(Recorder& recorder, ValueRef model, const Location& where)
{
  if (const ClassInfo* schema = schema_in(model, 0)) {
    read_fields(recorder, *schema, recorder.returned(), 0, where);
  }
}

} // namespace assay::facts::queries
