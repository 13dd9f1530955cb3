// SPDX-License-Identifier: MIT
#include "engine/checks/examples.hpp"
#include "engine/checks/lookup.hpp"
#include "engine/checks/tally.hpp"
#include "engine/checks/uniqueness.hpp"
#include "engine/model/type_family.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace assay::checks::entity_not_null {

namespace {

constexpr Param k_params[] = {
  {.name = "columns",
   .type = ParamType::column_role_list,
   .required = true,
   .summary = "The columns that must be NOT NULL."},
  {.name = "draft_columns",
   .type = ParamType::column_role_list,
   .fallback = "[]",
   .summary = "Columns that may be NULL when the entity has a draft state."},
  {.name = "draft_states",
   .type = ParamType::text_list,
   .fallback = "[status, state, draft, published, estado, borrador, publicado, rascunho]",
   .unit = "identifier words",
   .summary = "Columns with these words are a draft state."},
};

constexpr Level k_levels[] = {
  {"other_technology", 0.5, "NOT NULL in SQL or in a migration only."},
};

constexpr ExampleFile k_typed[] = {{"models.py", R"(
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    summary: Mapped[str]
)"}};

constexpr ExampleFile k_classic[] = {{"models.py", R"(
from sqlalchemy import Column, Integer, String, Text
from sqlalchemy.orm import declarative_base

Base = declarative_base()

class Book(Base):
    __tablename__ = "books"
    id = Column(Integer, primary_key=True)
    title = Column(String(200))
    summary = Column(Text)
)"}};

constexpr Example k_examples[] = {
  {"Annotations without Optional", k_typed, "{columns: [book.title, book.summary]}", "pass"},
  {"Column() is nullable by default", k_classic, "{columns: [book.title, book.summary]}", "fail"},
  {"Classes made from an existing database",
   k_reflected_models,
   "{columns: [book.title]}",
   "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::schema, FactFamily::migration};

class RequiredColumns {
public:
  RequiredColumns(const Subject& subject, const Params& params)
    : subject_(subject),
      params_(params),
      columns_(params.list("columns")),
      draft_columns_(params.list("draft_columns")),
      draft_states_(params.list("draft_states"))
  {
  }

  [[nodiscard]] std::vector<Part> grade() const
  {
    std::vector<Part> parts;
    for (const std::string& dotted : columns_) {
      const auto [role, column_role] = split_column_role(dotted);
      const EntityView view = view_entity(subject_, role);
      if (!view.found()) {
        parts.push_back(missing_part(subject_, view));
        continue;
      }
      Part part;
      part.confidence = view.confidence;
      const std::vector<ColumnRef> candidates = columns_of(view, column_role);
      if (!candidates.empty()) {
        grade_column(part, view, dotted, judged(candidates));
        parts.push_back(part);
      } else if (!other_column_stands(view, dotted)) {
        grade_absent(part, view, column_role);
        parts.push_back(part);
      }
    }
    return parts;
  }

private:
  /// R15: of several columns of one role, the one that makes it unique; else the first that is
  /// required.
  [[nodiscard]] static ColumnRef judged(const std::vector<ColumnRef>& candidates)
  {
    const auto rank = [](const ColumnRef& column) {
      const bool unique = unique_in(*column.table, column.column->name, {}) == UniqueIn::alone;
      const bool required = is_nullable(column) == Truth::no;
      return unique && required ? 0 : unique ? 1 : 2;
    };
    return *std::ranges::min_element(candidates, {}, rank);
  }

  /// An entity may do without one of its text columns (a note without a title).
  [[nodiscard]] bool other_column_stands(const EntityView& view, const std::string& dotted) const
  {
    return std::ranges::any_of(columns_, [&](const std::string& other) {
      const auto [role, column_role] = split_column_role(other);
      return other != dotted && role == view.role && !columns_of(view, column_role).empty();
    });
  }

  void grade_absent(Part& part, const EntityView& view, const std::string& column_role) const
  {
    const std::vector<ColumnRef> others = unassigned_columns(view);
    const bool hidden = std::ranges::any_of(others, [](const ColumnRef& column) {
      return is_text(column.column->family) || is_opaque(column.column->family);
    });
    part.known = view.complete == Truth::yes && !hidden;
    part.value = part.known ? 0 : 0.5;
    part.remark = fmt::format("{} has no column that reads as {}", label(view), column_role);
  }

  [[nodiscard]] bool has_draft_state(const EntityView& view) const
  {
    return std::ranges::any_of(all_columns(view), [&](const ColumnRef& column) {
      return has_any_words(column.column->name, draft_states_);
    });
  }

  void grade_column(Part& part,
                    const EntityView& view,
                    const std::string& dotted,
                    const ColumnRef& column) const
  {
    const Truth nullable = is_nullable(column);
    const bool may_be_draft = std::ranges::find(draft_columns_, dotted) != draft_columns_.end();
    add_evidence(part.evidence, column.column->where, label(column));
    if (nullable == Truth::unknown) {
      part.known = false;
      part.value = 0.5;
      part.remark = "whether " + label(column) + " may be NULL could not be read";
    } else if (nullable == Truth::no || (may_be_draft && has_draft_state(view))) {
      part.value = 1;
    } else {
      const bool omitted = column.column->nullable_explicit == Truth::no;
      part.remark =
        label(column) + (omitted ? " may be NULL because nothing forbids it" : " may be NULL");
    }
    if (part.value > 0 && !view.in_models()) {
      part.value = params_.credit("other_technology");
      part.noted = "other_technology";
    }
  }

  const Subject& subject_;
  const Params& params_;
  std::vector<std::string> columns_;
  std::vector<std::string> draft_columns_;
  std::vector<std::string> draft_states_;
};

Finding evaluate(const Subject& subject, const Params& params)
{
  return total(RequiredColumns(subject, params).grade(), "all required columns are NOT NULL");
}

} // namespace

extern constinit const Kind kind{
  .id = "entity.not_null",
  .since = "0.1",
  .summary = "Required columns are NOT NULL.",
  .why =
    "NOT NULL comes from nullable=False, from an annotation without Optional, from the primary key "
    "or "
    "from a CHECK; Column() alone is nullable. Every column counts the same. A column that may be "
    "empty while something is a draft may be NULL. Of several columns with one role the unique one "
    "counts.",
  .blind_spots =
    "Validators in Python do not count; a column that goes by an unusual name is not found.",
  .params = k_params,
  .levels = k_levels,
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_schema<evaluate>,
};

} // namespace assay::checks::entity_not_null
