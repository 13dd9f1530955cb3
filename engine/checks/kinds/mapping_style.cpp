// SPDX-License-Identifier: MIT
#include "engine/checks/examples.hpp"
#include "engine/checks/lookup.hpp"
#include "engine/checks/tally.hpp"

#include <algorithm>
#include <set>

namespace assay::checks::mapping_style {

namespace {

constexpr Param k_params[] = {
  {.name = "entities",
   .type = ParamType::entity_list,
   .required = true,
   .summary = "The entities whose classes are looked at."},
};

constexpr Level k_levels[] = {
  {"no_repr", 0.8, "Fewer than half of the classes have a __repr__."},
  {"undocumented", 0.7, "Fewer than half of the classes have annotations or a docstring."},
  {"mixed_styles", 0.5, "Several mapping styles without need."},
};

constexpr ExampleFile k_tidy[] = {{"models.py", R"(
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Author(Base):
    """Writes books."""
    __tablename__ = "authors"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]

    def __repr__(self) -> str:
        return f"<Author {self.email}>"
)"}};

constexpr ExampleFile k_bare[] = {{"models.py", R"(
from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()

class Author(Base):
    __tablename__ = "authors"
    id = Column(Integer, primary_key=True)
    email = Column(String(200))
)"}};

constexpr Example k_examples[] = {
  {"Typed, documented, with a repr", k_tidy, "{entities: [author]}", "pass"},
  {"Neither repr nor documentation", k_bare, "{entities: [author]}", "partial"},
  {"No such entity", k_no_models, "{entities: [author]}", "fail"},
  {"Classes made from an existing database",
   k_reflected_models,
   "{entities: [author]}",
   "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::schema};

/// Styles that go together are one; nothing for a style that goes with every other.
std::string_view style_group(MappingStyle style)
{
  switch (style) {
  case MappingStyle::declarative:
    return "classic declarative";
  case MappingStyle::typed:
  case MappingStyle::dataclass:
    return "typed declarative";
  case MappingStyle::imperative:
    return "imperative";
  case MappingStyle::sqlmodel:
    return "SQLModel";
  case MappingStyle::hybrid_table:
    return "hybrid tables";
  case MappingStyle::flask_sqlalchemy:
  case MappingStyle::automap:
    break;
  }
  return {};
}

/// The library gives these classes a repr of their own.
bool brings_repr(MappingStyle style)
{
  return style == MappingStyle::sqlmodel || style == MappingStyle::dataclass
         || style == MappingStyle::flask_sqlalchemy;
}

struct Counts {
  int classes = 0;
  int with_repr = 0;
  int documented = 0;
  int incomplete = 0;
  std::set<std::string_view> styles;
};

Counts count(const std::vector<const MappedClass*>& classes)
{
  Counts counts;
  for (const MappedClass* mapped : classes) {
    ++counts.classes;
    counts.with_repr += mapped->has_repr || brings_repr(mapped->style) ? 1 : 0;
    counts.documented += mapped->annotated || mapped->has_docstring ? 1 : 0;
    counts.incomplete += mapped->complete == Truth::yes ? 0 : 1;
    if (!style_group(mapped->style).empty()) {
      counts.styles.insert(style_group(mapped->style));
    }
  }
  return counts;
}

Finding evaluate(const Subject& subject, const Params& params)
{
  std::vector<const MappedClass*> classes;
  std::vector<Evidence> evidence;
  for (const std::string& role : params.list("entities")) {
    const EntityView view = view_entity(subject, role);
    if (view.mapped != nullptr) {
      classes.push_back(view.mapped);
      add_evidence(evidence, view.mapped->where, short_name(view.mapped->name));
    }
  }
  if (classes.empty()) {
    return nothing_to_inspect(subject);
  }
  const Counts counts = count(classes);
  Finding finding = shared(1, subject.facts.schema.confidence, {}, std::move(evidence));
  std::vector<std::string> remarks;
  const auto subtract = [&](std::string level, std::string remark) {
    finding.share -= 1 - params.credit(level);
    finding.noted.push_back(std::move(level));
    remarks.push_back(std::move(remark));
  };
  if (2 * counts.with_repr < counts.classes) {
    subtract("no_repr", "most classes have no __repr__");
  }
  if (2 * counts.documented < counts.classes) {
    subtract("undocumented", "most classes have neither annotations nor a docstring");
  }
  if (counts.styles.size() > 1) {
    std::vector<std::string> names(counts.styles.begin(), counts.styles.end());
    subtract("mixed_styles", "several mapping styles are mixed: " + join_remarks(names));
  }
  finding.share = std::max(finding.share, 0.0);
  finding.reason =
    sentence(remarks.empty() ? "one mapping style, documented or annotated, with a __repr__"
                             : join_remarks(remarks));
  const bool repr_may_be_inherited = 2 * counts.with_repr < counts.classes && counts.incomplete > 0;
  if (repr_may_be_inherited) {
    finding.state = Finding::State::undetermined;
    finding.reason += "; a base class that was not understood may bring it";
  }
  return finding;
}

} // namespace

extern constinit const Kind kind{
  .id = "mapping.style",
  .since = "0.1",
  .summary = "The models keep one style and say what they are.",
  .why =
    "One mapping style, typed or consistently classic; a __repr__ on at least half of the classes; "
    "annotations or docstrings on at least half. Each shortcoming is subtracted.",
  .blind_spots = "Whether a docstring says anything.",
  .params = k_params,
  .levels = k_levels,
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_schema<evaluate>,
};

} // namespace assay::checks::mapping_style
