// SPDX-License-Identifier: MIT
#include "engine/checks/deletion.hpp"
#include "engine/checks/examples.hpp"
#include "engine/checks/lookup.hpp"
#include "engine/checks/tally.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

namespace assay::checks::relation_delete {

namespace {

constexpr std::array<std::string_view, 5> k_means = {
  "cascade", "set_null", "restrict", "soft_delete", "service"};

constexpr Param k_params[] = {
  {.name = "first",
   .type = ParamType::relation_list,
   .required = true,
   .summary = "Deleting the parent of these must be defined."},
  {.name = "then",
   .type = ParamType::relation_list,
   .fallback = "[]",
   .summary = "Of these too; less depends on them."},
  {.name = "shared",
   .type = ParamType::relation_list,
   .fallback = "[]",
   .summary = "Many-to-many relations that a delete must not cross."},
  {.name = "accept",
   .type = ParamType::text_list,
   .fallback = "[cascade, set_null, restrict, soft_delete, service]",
   .summary = "Results that count as defined.",
   .choices = k_means},
};

constexpr Level k_levels[] = {
  {"no_ondelete", 0.9, "The ORM cascades, the database does not."},
  {"no_passive_deletes", 0.6, "ON DELETE is there, but the ORM gets in its way."},
  {"then_undefined", 0.6, "Defined for the first relations, not for the others."},
  {"first_undefined", 0.4, "Defined for the other relations, not for the first."},
  {"other_technology", 0.5, "Defined in SQL, without models."},
};

constexpr ExampleFile k_defined[] = {{"models.py", R"(
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

class Base(DeclarativeBase):
    pass

class Author(Base):
    __tablename__ = "authors"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]
    books: Mapped[list["Book"]] = relationship(
        back_populates="author", cascade="all, delete-orphan", passive_deletes=True)

class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id", ondelete="CASCADE"))
    author: Mapped["Author"] = relationship(back_populates="books")
)"}};

constexpr ExampleFile k_undeclared[] = {{"models.py", R"(
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

class Base(DeclarativeBase):
    pass

class Author(Base):
    __tablename__ = "authors"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]
    books: Mapped[list["Book"]] = relationship(back_populates="author")

class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"))
    author: Mapped["Author"] = relationship(back_populates="books")
)"}};

constexpr Example k_examples[] = {
  {"ORM and database cascade", k_defined, "{first: [written_by]}", "pass"},
  {"Nothing declared", k_undeclared, "{first: [written_by]}", "fail"},
  {"Classes made from an existing database",
   k_reflected_models,
   "{first: [written_by]}",
   "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::schema, FactFamily::queries, FactFamily::files};

struct Group {
  bool undefined = false;
  bool unknown = false;
  bool any = false;
};

bool accepted(const Deletion& deletion, const std::vector<std::string>& accept)
{
  std::string_view name;
  switch (deletion.means) {
  case DeletionMeans::none:
    return false;
  case DeletionMeans::readme:
    return true;
  case DeletionMeans::cascade:
    name = "cascade";
    break;
  case DeletionMeans::set_null:
    name = "set_null";
    break;
  case DeletionMeans::restrict:
    name = "restrict";
    break;
  case DeletionMeans::soft_delete:
    name = "soft_delete";
    break;
  case DeletionMeans::service:
    name = "service";
    break;
  }
  return std::ranges::find(accept, name) != accept.end();
}

class DeleteRule {
public:
  DeleteRule(const Subject& subject, const Params& params)
    : subject_(subject),
      accept_(params.list("accept"))
  {
    finding_.confidence = subject.facts.schema.confidence;
    first_ = read(params.list("first"));
    then_ = read(params.list("then"));
    for (const std::string& id : params.list("shared")) {
      const RelationSpec* relation = find_relation_spec(subject, id);
      const Relationship* shared =
        relation == nullptr ? nullptr : deletes_shared(subject, *relation);
      if (shared != nullptr) {
        forbidden_ = fmt::format("{}.{} cascades a delete onto rows that others share",
                                 short_name(shared->owner),
                                 shared->name);
        add_evidence(forbidden_evidence_, shared->where, "deletes shared rows");
      }
    }
  }

  [[nodiscard]] Finding judge()
  {
    if (forbidden_) {
      return failed(finding_.confidence, *forbidden_, forbidden_evidence_);
    }
    if (!first_.any && !then_.any) {
      return nothing();
    }
    finding_.state = Finding::State::decided;
    finding_.share = 1;
    const bool first_undefined = first_.undefined || (!first_.any && !first_.unknown);
    if (first_undefined && (then_.undefined || !then_.any)) {
      finding_.share = 0;
    } else if (first_undefined) {
      finding_.levels = {"first_undefined"};
    } else if (then_.undefined) {
      finding_.levels = {"then_undefined"};
    } else {
      add_shortcomings();
    }
    if (finding_.share > 0 && !anything_mapped(subject_)) {
      finding_.levels.emplace_back("other_technology");
    }
    if (first_.unknown || then_.unknown) {
      finding_.state = Finding::State::undetermined;
      finding_.share = finding_.share > 0 ? 0.6 : 0;
      finding_.levels.clear();
    }
    finding_.reason =
      sentence(remarks_.empty() ? "what happens to the children of a deleted row is defined"
                                : join_remarks(remarks_));
    return finding_;
  }

private:
  Group read(const std::vector<std::string>& ids)
  {
    Group group;
    for (const std::string& id : ids) {
      const RelationSpec* relation = find_relation_spec(subject_, id);
      if (relation != nullptr) {
        take(group, judge_deletion(subject_, *relation));
      }
    }
    return group;
  }

  void take(Group& group, const Deletion& deletion)
  {
    switch (deletion.state) {
    case DeletionState::not_applicable:
      return;
    case DeletionState::upward:
      forbidden_ = deletion.remark;
      forbidden_evidence_ = deletion.evidence;
      return;
    case DeletionState::unknown:
      group.unknown = true;
      group.any = true;
      break;
    case DeletionState::undefined:
      group.undefined = true;
      group.any = true;
      break;
    case DeletionState::defined:
      group.any = true;
      group.undefined = group.undefined || !accepted(deletion, accept_);
      lacks_ondelete_ = lacks_ondelete_ || deletion.lacks_ondelete;
      lacks_passive_ = lacks_passive_ || deletion.lacks_passive_deletes;
      break;
    }
    finding_.evidence.insert(
      finding_.evidence.end(), deletion.evidence.begin(), deletion.evidence.end());
    if (!deletion.remark.empty()) {
      remarks_.push_back(deletion.remark);
    }
  }

  void add_shortcomings()
  {
    if (lacks_ondelete_) {
      finding_.levels.emplace_back("no_ondelete");
    }
    if (lacks_passive_) {
      finding_.levels.emplace_back("no_passive_deletes");
    }
  }

  [[nodiscard]] Finding nothing() const
  {
    Finding finding = not_there(
      subject_, {}, "there are no parents and children between which a delete could be defined");
    finding.nothing_seen = true;
    return finding;
  }

  const Subject& subject_;
  std::vector<std::string> accept_;
  Finding finding_;
  Group first_;
  Group then_;
  bool lacks_ondelete_ = false;
  bool lacks_passive_ = false;
  std::vector<std::string> remarks_;
  std::optional<std::string> forbidden_;
  std::vector<Evidence> forbidden_evidence_;
};

Finding evaluate(const Subject& subject, const Params& params)
{
  return DeleteRule(subject, params).judge();
}

} // namespace

extern constinit const Kind kind{
  .id = "relation.delete",
  .since = "0.1",
  .summary = "Deleting a parent has a defined result for its children.",
  .why = "Defined are: a delete cascade of the ORM (with ON DELETE CASCADE in full), ON DELETE "
         "CASCADE with "
         "passive_deletes or without a relationship in its way, SET NULL on a nullable column, "
         "RESTRICT, soft "
         "deletion, a service function that removes the children, and what the README states if it "
         "is so. A cascade "
         "from child to parent, or onto rows that others share, fails.",
  .blind_spots =
    "Triggers, listeners, and services that cannot be told by their name and statements.",
  .params = k_params,
  .levels = k_levels,
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_schema<evaluate>,
};

} // namespace assay::checks::relation_delete
