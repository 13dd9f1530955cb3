// SPDX-License-Identifier: MIT
#include "engine/checks/examples.hpp"
#include "engine/checks/lookup.hpp"

#include <array>

namespace assay::checks::entity_behaviour {

namespace {

constexpr std::array<std::string_view, 3> k_expectations = {"refused", "stored", "filled"};

constexpr Param k_params[] = {
  {.name = "entity",
   .type = ParamType::entity,
   .required = true,
   .summary = "The entity whose rows are written."},
  {.name = "steps",
   .type = ParamType::text_list,
   .required = true,
   .summary =
     "What is written, in column roles: \"insert\", \"insert again\", \"insert without title\"."},
  {.name = "expect",
   .type = ParamType::text,
   .fallback = "refused",
   .summary = "What must come of the last step.",
   .choices = k_expectations},
};

constexpr ExampleFile k_written[] = {{"models.py", R"(
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Author(Base):
    __tablename__ = "authors"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
)"}};

constexpr Example k_examples[] = {
  {"Rows can only be written by running",
   k_written,
   "{entity: author, steps: [insert, insert again]}",
   "unverified"},
  {"No such entity", k_no_models, "{entity: author, steps: [insert, insert again]}", "fail"},
};

constexpr FactFamily k_requests[] = {FactFamily::schema};

Finding evaluate(const Subject& subject, const Params& params)
{
  const EntityView view = view_entity(subject, params.text("entity"));
  if (!view.found()) {
    return role_missing(subject, view);
  }
  std::vector<Evidence> evidence;
  add_evidence(evidence, view.entity->where, label(view));
  return undetermined("What the database does with rows of " + label(view)
                        + " shows only when they are written",
                      0.5,
                      std::move(evidence));
}

} // namespace

extern constinit const Kind kind{
  .id = "entity.behaviour",
  .since = "0.1",
  .summary = "Rows are refused, stored or filled as the assignment expects.",
  .why = "Some rules show only when rows are written: a second row of the same name, a value that "
         "is missing, a "
         "column that the database fills.",
  .blind_spots = "Undetermined by reading, unless the entity is missing.",
  .params = k_params,
  .levels = {},
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_schema<evaluate>,
};

} // namespace assay::checks::entity_behaviour
