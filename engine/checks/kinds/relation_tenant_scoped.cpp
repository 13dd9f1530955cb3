// SPDX-License-Identifier: MIT
#include "engine/checks/examples.hpp"
#include "engine/checks/lookup.hpp"
#include "engine/checks/relation_columns.hpp"
#include "engine/checks/tally.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace assay::checks::relation_tenant_scoped {

namespace {

constexpr Param k_params[] = {
  {.name = "tenant",
   .type = ParamType::entity,
   .required = true,
   .summary = "The entity that owns the rows of the others."},
  {.name = "entities",
   .type = ParamType::entity_list,
   .required = true,
   .summary = "The entities that belong to a tenant."},
  {.name = "unique_scope",
   .type = ParamType::flag,
   .fallback = "true",
   .summary = "Unique constraints must hold within one tenant, not across all."},
};

constexpr Level k_levels[] = {
  {"nullable", 0.5, "The tenant of a row may be NULL."},
  {"global_unique", 0.7, "A unique constraint leaves the tenant out."},
};

constexpr ExampleFile k_scoped[] = {{"models.py", R"(
from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Author(Base):
    __tablename__ = "authors"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]

class Book(Base):
    __tablename__ = "books"
    __table_args__ = (UniqueConstraint("author_id", "title"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"))
)"}};

constexpr ExampleFile k_unscoped[] = {{"models.py", R"(
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Author(Base):
    __tablename__ = "authors"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]

class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
)"}};

constexpr Example k_examples[] = {
  {"Every row has its tenant", k_scoped, "{tenant: author, entities: [book]}", "pass"},
  {"No tenant", k_unscoped, "{tenant: author, entities: [book]}", "fail"},
  {"Classes made from an existing database",
   k_reflected_models,
   "{tenant: author, entities: [book]}",
   "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::schema};

bool has_global_unique(const ForeignKeyRef& tenant)
{
  return std::ranges::any_of(unique_sets(*tenant.table), [&](const UniqueSet& set) {
    return set.kind != KeyKind::primary
           && std::ranges::none_of(set.columns, [&](const std::string& name) {
                return std::ranges::find(tenant.key->columns, name) != tenant.key->columns.end();
              });
  });
}

Part grade(const Subject& subject,
           const Params& params,
           const EntityView& tenant,
           const std::string& role)
{
  const EntityView view = view_entity(subject, role);
  if (!view.found() || !tenant.found()) {
    return missing_part(subject, view.found() ? tenant : view);
  }
  Part part;
  part.confidence = view.confidence;
  const std::vector<ForeignKeyRef> keys = foreign_keys(view, tenant);
  if (keys.empty()) {
    part.known = view.complete == Truth::yes;
    part.remark = fmt::format("{} has no foreign key to {}", label(view), label(tenant));
    return part;
  }
  const ForeignKeyRef& key = keys.front();
  add_evidence(part.evidence, key.key->where, "tenant");
  part.value = 1;
  const Truth required = all_not_null({key.table, key.key->columns, key.key});
  if (required != Truth::yes) {
    part.known = required == Truth::no;
    part.value = params.credit("nullable");
    part.noted = "nullable";
    part.remark = fmt::format("the {} of {} may be NULL", label(tenant), label(view));
  }
  if (params.flag("unique_scope") && has_global_unique(key)) {
    part.value *= params.credit("global_unique");
    part.noted = "global_unique";
    part.remark =
      fmt::format("a unique constraint of {} holds across all of {}", label(view), label(tenant));
  }
  return part;
}

Finding evaluate(const Subject& subject, const Params& params)
{
  const EntityView tenant = view_entity(subject, params.text("tenant"));
  std::vector<Part> parts;
  for (const std::string& role : params.list("entities")) {
    parts.push_back(grade(subject, params, tenant, role));
  }
  return total(parts, "every row belongs to a " + label(tenant));
}

} // namespace

extern constinit const Kind kind{
  .id = "relation.tenant_scoped",
  .since = "0.1",
  .summary = "Rows belong to a tenant, and unique constraints hold within one.",
  .why = "Every table has a foreign key to the tenant that is NOT NULL; what is unique is unique "
         "per tenant.",
  .blind_spots = "Row level security in the database; whether queries filter by tenant.",
  .params = k_params,
  .levels = k_levels,
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_schema<evaluate>,
};

} // namespace assay::checks::relation_tenant_scoped
