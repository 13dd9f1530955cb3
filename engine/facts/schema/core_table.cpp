// SPDX-License-Identifier: MIT
// Core tables: Table("users", metadata, Column(...), ...).
#include "engine/facts/schema/assemble.hpp"

#include <algorithm>

namespace assay::facts {

namespace {

class TableReader {
public:
  TableReader(Draft& draft, MetadataBook& metadata, const ModuleEvents::Call& event)
    : draft_(draft),
      program_(draft.program),
      metadata_(metadata),
      event_(event),
      call_(*event.call)
  {
  }

  void read()
  {
    const ValueRef name = argument_or_keyword(call_, 0, "name");
    const auto text = name == nullptr ? std::nullopt : known_string(program_, *name);
    result_.table.name = text.value_or(std::string());
    result_.table.where = event_.written == nullptr
                            ? program_.locate(call_)
                            : program_.locate(*event_.module, event_.written->span);
    result_.origin = call_.origin;
    result_.module = event_.module;
    result_.conditional = event_.conditional;
    find_metadata();
    std::vector<ValueRef> arguments;
    for (std::size_t i = keyword(call_, "name") == nullptr ? 1 : 0; i < call_.items.size(); ++i) {
      const Value& item = settled(*call_.items[i]);
      if (const ValueRef column = column_call(program_, item)) {
        add(*column);
      } else {
        arguments.push_back(&item);
      }
    }
    for (const ValueRef item : arguments) {
      other(*item);
    }
    keywords();
    if (text && !text->empty() && !known()) {
      draft_.add_table(std::move(result_));
    } else if (!text) {
      draft_.gap("The name of the table at " + result_.table.where.path + ":"
                 + std::to_string(result_.table.where.line) + " could not be read.");
    }
  }

private:
  void find_metadata()
  {
    const ValueRef given = argument_or_keyword(call_, 1, "metadata");
    if (given != nullptr && settled(*given).kind != ValueKind::string
        && column_call(program_, *given) == nullptr) {
      result_.table.metadata = metadata_.of_value(*given);
      is_metadata_ = &settled(*given);
    }
    const Value& callee = settled(*call_.base);
    if (result_.table.metadata.empty() && callee.kind == ValueKind::attribute) {
      result_.table.metadata = metadata_.of_value(*callee.base); // db.Table("name", ...)
      is_metadata_ = nullptr;
    }
  }

  void add(const Value& column)
  {
    ColumnSource source;
    source.value = &column;
    source.where = program_.locate(column);
    ColumnReading reading = read_column(program_, source, {});
    if (reading.column.name.empty()) {
      incomplete();
      return;
    }
    draft_.by_name = draft_.by_name || reading.by_name;
    add_column(result_, std::move(reading), &column, nullptr);
  }

  void other(const Value& item)
  {
    if (&item == is_metadata_) {
      return;
    }
    if (!add_table_argument(draft_, result_, item, nullptr)) {
      incomplete();
    }
  }

  void keywords()
  {
    std::string schema = metadata_.schema_of(result_.table.metadata);
    for (const auto& [name, value] : call_.keywords) {
      if (name == "schema") {
        schema = is_none(value) ? std::string() : known_string(program_, *value).value_or(schema);
      } else if (name.starts_with("autoload") && truth_of(value) != Truth::no) {
        incomplete();
      } else if (name == "extend_existing" || name == "keep_existing") {
        result_.extends_existing = truth_of(value) != Truth::no;
      } else if (name.empty()) {
        incomplete();
      }
    }
    result_.table.schema = schema;
    result_.table.name = qualified_table(schema, result_.table.name);
  }

  void incomplete()
  {
    result_.table.complete = Truth::no;
    draft_.gap("A part of the table " + result_.table.name + " could not be read.");
  }

  /// A helper is walked where it is defined and where it is called; one call makes one table.
  bool known()
  {
    const auto found = draft_.tables_by_name.find(result_.table.name);
    return found != draft_.tables_by_name.end()
           && std::ranges::any_of(found->second, [this](std::size_t index) {
                return draft_.tables[index].origin == result_.origin;
              });
  }

  Draft& draft_;
  Program& program_;
  MetadataBook& metadata_;
  const ModuleEvents::Call& event_;
  const Value& call_;
  TableDraft result_;
  const Value* is_metadata_ = nullptr;
};

} // namespace

void read_tables(Draft& draft, MetadataBook& metadata, const ModuleEvents& events)
{
  for (const ModuleEvents::Call& event : events.tables) {
    TableReader(draft, metadata, event).read();
  }
}

std::size_t table_of_value(Draft& draft, const Value& value, const ModuleInfo* module)
{
  const Value* plain = &settled(value);
  if (plain->kind == ValueKind::lambda && plain->origin != nullptr
      && plain->origin->value != nullptr && plain->module != nullptr) {
    plain = &settled(*draft.program.evaluate(*plain->origin->value, *plain->module));
  }
  if (plain->kind == ValueKind::attribute
      && (plain->text == "__table__" || plain->text == "table")) {
    plain = &settled(*plain->base);
  }
  if (plain->kind == ValueKind::class_ref) {
    const ClassDraft* found = draft.find_class(plain->class_info);
    return found == nullptr ? k_none : found->table;
  }
  if (plain->kind == ValueKind::subscript && plain->items.size() == 1) {
    plain = &settled(*plain->items.front()); // metadata.tables["post_tags"]
  }
  if (plain->kind == ValueKind::string) {
    if (const std::size_t index = draft.find_table(plain->text); index != k_none) {
      return index;
    }
    if (module != nullptr && plain->origin != nullptr) {
      const Value& evaluated =
        settled(*draft.program.evaluate_text(plain->text, *module, *plain->origin));
      return evaluated.kind == ValueKind::string ? k_none
                                                 : table_of_value(draft, evaluated, nullptr);
    }
    return k_none;
  }
  if (plain->kind != ValueKind::call || !calls_any(draft.program, *plain, {"Table"})) {
    return k_none;
  }
  const ValueRef name = argument_or_keyword(*plain, 0, "name");
  const std::string text =
    name == nullptr ? std::string() : known_string(draft.program, *name).value_or(std::string());
  std::size_t same_origin = k_none;
  for (std::size_t index = 0; index < draft.tables.size(); ++index) {
    const TableDraft& table = draft.tables[index];
    if (table.origin == plain->origin && table.origin != nullptr) {
      same_origin = index;
      if (last_name(table.table.name) == text) {
        return index;
      }
    }
  }
  return same_origin != k_none ? same_origin : draft.find_table(text);
}

} // namespace assay::facts
