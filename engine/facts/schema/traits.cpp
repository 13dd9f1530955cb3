// SPDX-License-Identifier: MIT
// What a mapped class has besides columns: __repr__, validators, soft deletion.
#include "engine/base/text.hpp"
#include "engine/facts/schema/assemble.hpp"

#include <algorithm>
#include <array>

namespace assay::facts {

namespace {

bool generates_repr(Program& program, const ClassInfo& info)
{
  for (const syntax::Expr* decorator : info.syntax->decorators) {
    const bool called = decorator->kind == syntax::ExprKind::call;
    const syntax::Expr* callee = called ? decorator->value : decorator;
    const std::string dotted = dotted_name(*program.evaluate(*callee, *info.module));
    const std::string_view name = last_name(dotted);
    if (name != "dataclass" && name != "mapped_as_dataclass" && name != "generic_repr"
        && name != "define" && name != "frozen" && dotted != "attr.s") {
      continue;
    }
    const bool refused =
      called && std::ranges::any_of(decorator->keywords, [](const syntax::Keyword& keyword) {
        return keyword.name == "repr" && keyword.value->text == "False";
      });
    if (!refused) {
      return true;
    }
  }
  return false;
}

bool has_repr(Program& program, const ClassInfo& info)
{
  for (const ClassInfo* owner : lineage(program, info)) {
    const auto is_repr = [](std::string_view name) { return name == "__repr__"; };
    if (std::ranges::any_of(
          owner->methods, is_repr, [](const FunctionInfo* method) { return method->syntax->name; })
        || std::ranges::any_of(owner->attributes, is_repr, &ClassAttribute::name)
        || generates_repr(program, *owner)) {
      return true;
    }
    const auto& keywords = owner->syntax->keywords;
    if (std::ranges::any_of(keywords, [](const syntax::Keyword& keyword) {
          return keyword.name == "repr" && keyword.value->text == "False";
        })) {
      return false;
    }
  }
  return has_library_base(
    program,
    info,
    {"MappedAsDataclass", "SQLModel", "ReprMixin", "AllFeaturesMixin", "RepresentableBase"});
}

bool means_soft_delete(std::string_view name)
{
  constexpr std::array<std::string_view, 33> k_names = {
    "deleted_at",        "deleted_on",    "deleted",      "is_deleted",   "removed_at",
    "is_removed",        "removed",       "archived",     "archived_at",  "is_archived",
    "date_deleted",      "deletion_date", "deleted_date", "soft_deleted", "deleted_flag",
    "discarded_at",      "trashed_at",    "eliminado",    "eliminado_en", "esta_eliminado",
    "fecha_eliminacion", "borrado",       "borrado_en",   "esta_borrado", "fecha_borrado",
    "fecha_baja",        "excluido",      "excluido_em",  "deletado",     "deletado_em",
    "apagado_em",        "removido_em",   "data_exclusao"};
  return std::ranges::find(k_names, name) != k_names.end();
}

struct Assigned {
  std::string_view attribute;
  const syntax::Expr* value = nullptr;
};

/// Attributes of self that a function assigns, directly or under an if.
void assigned_to_self(const syntax::Block& block,
                      std::string_view self,
                      std::vector<Assigned>& found)
{
  for (const syntax::Stmt* statement : block) {
    for (const syntax::Expr* target : statement->targets) {
      if (target->kind == syntax::ExprKind::attribute && target->value != nullptr
          && target->value->kind == syntax::ExprKind::name && target->value->text == self) {
        found.push_back({target->text, statement->value});
      }
    }
    assigned_to_self(statement->body, self, found);
    assigned_to_self(statement->orelse, self, found);
    for (const syntax::Handler& handler : statement->handlers) {
      assigned_to_self(handler.body, self, found);
    }
  }
}

std::vector<Assigned> assigned_to_self(const FunctionInfo& method)
{
  std::vector<Assigned> found;
  if (!method.syntax->parameters.empty()) {
    assigned_to_self(method.syntax->body, method.syntax->parameters.front().name, found);
  }
  return found;
}

/// The function that hashes in a chain of calls ("hashpw" in bcrypt.hashpw(...).decode()); empty if
/// none does by its name.
std::string hash_function(const syntax::Expr* expression)
{
  bool called = false;
  while (expression != nullptr) {
    const bool names = called
                       && (expression->text.find("hash") != std::string_view::npos
                           || expression->text.find("digest") != std::string_view::npos);
    if (names) {
      return std::string(expression->text);
    }
    if (expression->kind != syntax::ExprKind::call
        && expression->kind != syntax::ExprKind::attribute) {
      return {};
    }
    called = expression->kind == syntax::ExprKind::call;
    expression = expression->value;
  }
  return {};
}

class ValidatorReader {
public:
  ValidatorReader(Draft& draft, ClassDraft& drafted, Table* table)
    : program_(draft.program),
      drafted_(drafted),
      table_(table)
  {
  }

  void read(const FunctionInfo& method)
  {
    const std::string name(method.syntax->name);
    for (const syntax::Expr* decorator : method.syntax->decorators) {
      const Value& value = settled(*program_.evaluate(*decorator, *method.module));
      const bool validates =
        value.kind == ValueKind::call && last_name(dotted_name(*value.base)).ends_with("validates");
      const bool pydantic =
        value.kind == ValueKind::call && last_name(dotted_name(*value.base)).ends_with("validator");
      if (validates || pydantic) {
        for (const ValueRef item : value.items) {
          note(known_string(program_, *item).value_or(std::string()),
               drafted_.mapped.name + "." + name);
        }
      }
    }
    if (name == "__init__" || name == "__post_init__" || name == "__attrs_post_init__") {
      constructor(method);
    }
    for (const Assigned& assigned : assigned_to_self(method)) {
      const std::string attribute(assigned.attribute);
      if (is_setter(method)) {
        note(attribute, drafted_.mapped.name + "." + name);
      }
      if (const std::string hash = hash_function(assigned.value); !hash.empty()) {
        note(attribute, hash);
      }
    }
  }

private:
  /// `self.written_at = now()`: every new object has a value, though no column says so.
  void constructor(const FunctionInfo& method)
  {
    if (table_ == nullptr || method.syntax->parameters.empty()) {
      return;
    }
    const std::string_view self = method.syntax->parameters.front().name;
    for (const syntax::Stmt* statement : method.syntax->body) {
      const bool calls = statement->value != nullptr
                         && statement->value->kind == syntax::ExprKind::call
                         && !takes_parameter(*statement->value, *method.syntax);
      for (const syntax::Expr* target : statement->targets) {
        const bool own = target->kind == syntax::ExprKind::attribute && target->value != nullptr
                         && target->value->kind == syntax::ExprKind::name
                         && target->value->text == self;
        for (Column& column : table_->columns) {
          if (calls && own && column.attribute == target->text
              && column.default_kind == DefaultKind::none) {
            column.default_kind = DefaultKind::callable;
            column.default_text = "set by the constructor";
          }
        }
      }
    }
  }

  static bool takes_parameter(const syntax::Expr& call, const syntax::Function& function)
  {
    return std::ranges::any_of(call.items, [&](const syntax::Expr* item) {
      return item->kind == syntax::ExprKind::name
             && std::ranges::any_of(function.parameters, [&](const syntax::Parameter& parameter) {
                  return parameter.name == item->text;
                });
    });
  }

  static bool is_setter(const FunctionInfo& method)
  {
    if (method.syntax->name.starts_with("set_") || method.syntax->name.starts_with("hash_")) {
      return true;
    }
    return std::ranges::any_of(method.syntax->decorators, [](const syntax::Expr* decorator) {
      return decorator->kind == syntax::ExprKind::attribute && decorator->text == "setter";
    });
  }

  void note(const std::string& attribute, const std::string& path)
  {
    if (table_ == nullptr) {
      return;
    }
    for (Column& column : table_->columns) {
      const bool private_name =
        attribute.size() > 1 && attribute.front() == '_' && attribute.substr(1) == column.attribute;
      if ((column.attribute == attribute || private_name)
          && std::ranges::find(column.validators, path) == column.validators.end()) {
        column.validators.push_back(path);
      }
    }
  }

  Program& program_;
  ClassDraft& drafted_;
  Table* table_;
};

} // namespace

void read_traits(Draft& draft, ClassDraft& drafted)
{
  const ClassInfo& info = *drafted.info;
  drafted.mapped.has_repr = has_repr(draft.program, info);
}

void read_validators(Draft& draft)
{
  for (ClassDraft& drafted : draft.classes) {
    Table* table = drafted.table == k_none ? nullptr : &draft.tables[drafted.table].table;
    ValidatorReader reader(draft, drafted, table);
    for (const ClassInfo* owner : lineage(draft.program, *drafted.info)) {
      for (const FunctionInfo* method : owner->methods) {
        reader.read(*method);
      }
    }
    const auto soft = [](const Column& column) { return means_soft_delete(to_lower(column.name)); };
    drafted.mapped.soft_delete = table != nullptr && std::ranges::any_of(table->columns, soft);
  }
}

} // namespace assay::facts
