// SPDX-License-Identifier: MIT
#include "engine/checks/examples.hpp"
#include "engine/checks/lookup.hpp"
#include "engine/checks/tally.hpp"
#include "engine/model/type_family.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace assay::checks::entity_primary_key {

namespace {

constexpr Param k_params[] = {
  {.name = "entities",
   .type = ParamType::entity_list,
   .required = true,
   .summary = "The entities that need a primary key."},
  {.name = "families",
   .type = ParamType::text_list,
   .fallback = "[integer, big_integer, small_integer, uuid, string]",
   .summary = "Type families a key column may have; text counts as string.",
   .choices = k_family_names},
  {.name = "forbid",
   .type = ParamType::column_role_list,
   .fallback = "[]",
   .summary = "Business text that must not be the key."},
};

constexpr Level k_levels[] = {
  {"constant_default", 0.3, "The key's default is one value for all rows."},
  {"other_technology", 0.2, "The key exists in SQL or in a migration only."},
};

constexpr ExampleFile k_surrogate[] = {{"models.py", R"(
import uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Author(Base):
    __tablename__ = "authors"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    email: Mapped[str]
)"}};

constexpr ExampleFile k_frozen[] = {{"models.py", R"(
import uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Author(Base):
    __tablename__ = "authors"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4())
    email: Mapped[str]
)"}};

constexpr Example k_examples[] = {
  {"A key with a default per row", k_surrogate, "{entities: [author]}", "pass"},
  {"A default evaluated once", k_frozen, "{entities: [author]}", "partial"},
  {"No such entity", k_no_models, "{entities: [author]}", "fail"},
  {"Classes made from an existing database",
   k_reflected_models,
   "{entities: [author]}",
   "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::schema, FactFamily::migration};

enum class Fit { good, bad, unknown };

class KeyGrader {
public:
  KeyGrader(const Subject& subject, const Params& params)
    : subject_(subject),
      params_(params),
      families_(params.list("families")),
      forbidden_(params.list("forbid"))
  {
  }

  [[nodiscard]] Part grade(const std::string& role) const
  {
    const EntityView view = view_entity(subject_, role);
    if (!view.found()) {
      return missing_part(subject_, view);
    }
    Part part;
    part.confidence = view.confidence;
    const Table* table = key_table(view);
    if (table == nullptr) {
      part.known = view.complete == Truth::yes;
      part.remark = label(view) + " has no primary key";
      part.value = part.known ? 0 : 1;
      add_evidence(part.evidence, view.entity->where, "no primary key");
      return part;
    }
    grade_key(part, view, *table);
    return part;
  }

private:
  static const Table* key_table(const EntityView& view)
  {
    const auto found = std::ranges::find_if(
      view.tables, [](const Table* table) { return !primary_key_columns(*table).empty(); });
    return found == view.tables.end() ? nullptr : *found;
  }

  void grade_key(Part& part, const EntityView& view, const Table& table) const
  {
    part.value = 1;
    const std::vector<std::string> names = primary_key_columns(table);
    if (is_business_text(view, names)) {
      part.value = 0;
      part.remark =
        fmt::format("the primary key of {} is business text ({})", label(view), names.front());
    }
    for (const std::string& name : names) {
      const Column* column = find_column(table, name);
      if (column != nullptr) {
        add_evidence(part.evidence, column->where, "primary key");
        grade_column(part, {&table, column});
      }
    }
    if (part.value > 0 && !view.in_models()) {
      part.value = std::min(part.value, params_.credit("other_technology"));
      part.noted = "other_technology";
      part.remark = label(view) + " has a primary key, but is not part of the models";
    }
  }

  [[nodiscard]] bool is_business_text(const EntityView& view,
                                      const std::vector<std::string>& names) const
  {
    return std::ranges::all_of(names, [&](const std::string& name) {
      return std::ranges::any_of(forbidden_, [&](const std::string& dotted) {
        const auto [role, column_role] = split_column_role(dotted);
        return role == view.role
               && std::ranges::any_of(columns_of(view, column_role), [&](const ColumnRef& column) {
                    return column.column->name == name;
                  });
      });
    });
  }

  void grade_column(Part& part, const ColumnRef& column) const
  {
    switch (fit_of(column)) {
    case Fit::good:
      break;
    case Fit::bad:
      part.value = 0;
      part.remark = fmt::format(
        "{} is a primary key of type {}", label(column), family_name(column.column->family));
      return;
    case Fit::unknown:
      part.known = false;
      part.remark = "the type of " + label(column) + " was not understood";
      return;
    }
    const DefaultKind kind = column.column->default_kind;
    if (kind == DefaultKind::frozen || kind == DefaultKind::constant) {
      part.value = std::min(part.value, params_.credit("constant_default"));
      part.noted = "constant_default";
      part.remark = label(column) + " has one default value for all rows";
    } else if (kind == DefaultKind::unknown) {
      part.known = false;
      part.remark = "the default of " + label(column) + " was not understood";
    }
  }

  [[nodiscard]] Fit fit_of(const ColumnRef& column) const
  {
    const TypeFamily family =
      column.column->family == TypeFamily::text ? TypeFamily::string : column.column->family;
    if (std::ranges::find(families_, family_name(family)) != families_.end()) {
      return Fit::good;
    }
    const bool copies_target =
      std::ranges::any_of(column.table->foreign_keys, [&](const ForeignKey& key) {
        return std::ranges::find(key.columns, column.column->name) != key.columns.end();
      });
    if (is_opaque(family)) {
      return copies_target ? Fit::good : Fit::unknown;
    }
    return family == TypeFamily::binary ? Fit::unknown : Fit::bad;
  }

  const Subject& subject_;
  const Params& params_;
  std::vector<std::string> families_;
  std::vector<std::string> forbidden_;
};

Finding evaluate(const Subject& subject, const Params& params)
{
  const KeyGrader grader(subject, params);
  std::vector<Part> parts;
  for (const std::string& role : params.list("entities")) {
    parts.push_back(grader.grade(role));
  }
  return total(parts, "every entity has a proper primary key");
}

} // namespace

extern constinit const Kind kind{
  .id = "entity.primary_key",
  .since = "0.1",
  .summary = "Every entity has a proper surrogate or natural primary key.",
  .why =
    "A key may stand on the class, a mixin or a base, be an Identity, a sequence, a UUID or a "
    "string. "
    "Business text that may change is no key, and a default that is computed once gives every row "
    "the same key.",
  .blind_spots = "Whether a natural key is really stable; types of private libraries.",
  .params = k_params,
  .levels = k_levels,
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_schema<evaluate>,
};

} // namespace assay::checks::entity_primary_key
