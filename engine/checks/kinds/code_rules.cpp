// SPDX-License-Identifier: MIT
#include "engine/checks/examples.hpp"
#include "engine/checks/lookup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace assay::checks::code_rules {

namespace {

constexpr std::array<std::string_view, 4> k_rules = {
  "frozen_default", "sql_from_values", "commit_while_reading", "missing_await"};

constexpr Param k_params[] = {
  {.name = "enable",
   .type = ParamType::text_list,
   .fallback = "[frozen_default, sql_from_values, commit_while_reading, missing_await]",
   .summary = "The rules that count.",
   .choices = k_rules},
  {.name = "tolerate",
   .type = ParamType::number,
   .fallback = "0",
   .unit = "places",
   .summary = "This many places still pass."},
};

constexpr Level k_levels[] = {
  {"few", 0.5, "One place more than is tolerated."},
};

constexpr ExampleFile k_clean[] = {{"models.py", R"(
from datetime import datetime
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    created_at: Mapped[datetime] = mapped_column(default=datetime.utcnow)
)"}};

constexpr ExampleFile k_frozen[] = {{"models.py", R"(
from datetime import datetime
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    created_at: Mapped[datetime] = mapped_column(default=datetime.utcnow())
    updated_at: Mapped[datetime] = mapped_column(default=datetime.utcnow())
)"}};

constexpr Example k_examples[] = {
  {"Nothing to say", k_clean, "{enable: [frozen_default]}", "pass"},
  {"Two frozen defaults", k_frozen, "{enable: [frozen_default]}", "fail"},
  {"Classes made from an existing database",
   k_reflected_models,
   "{enable: [frozen_default]}",
   "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::schema, FactFamily::queries};

class Lint {
public:
  Lint(const Subject& subject, const Params& params)
    : enabled_(params.list("enable"))
  {
    if (enabled("frozen_default")) {
      look_at(subject.facts.schema);
    }
    for (const Callable& callable : subject.facts.queries.callables) {
      if (callable.live != Truth::no && !callable.bad_example) {
        look_at(callable);
      }
    }
  }

  [[nodiscard]] const std::vector<Evidence>& places() const { return places_; }

  [[nodiscard]] bool needs_schema() const { return enabled("frozen_default"); }

private:
  [[nodiscard]] bool enabled(std::string_view rule) const
  {
    return std::ranges::find(enabled_, rule) != enabled_.end();
  }

  void look_at(const SchemaFacts& schema)
  {
    for (const Table& table : schema.tables) {
      for (const Column& column : table.columns) {
        if (column.default_kind == DefaultKind::frozen
            || column.onupdate_kind == DefaultKind::frozen) {
          places_.push_back(
            {column.where, "default evaluated at import: " + label(ColumnRef{&table, &column})});
        }
      }
    }
  }

  void look_at(const Callable& callable)
  {
    if (enabled("sql_from_values")) {
      for (const SqlBuild& build : callable.built_sql) {
        places_.push_back({build.where, "SQL built by " + build.how});
      }
    }
    if (enabled("commit_while_reading") && callable.commits_while_reading) {
      places_.push_back({callable.where, "commits while reading: " + callable.name});
    }
    if (enabled("missing_await") && callable.missing_await) {
      places_.push_back({callable.where, "await is missing: " + callable.name});
    }
  }

  std::vector<std::string> enabled_;
  std::vector<Evidence> places_;
};

Finding evaluate(const Subject& subject, const Params& params)
{
  const Lint lint(subject, params);
  const auto count = static_cast<double>(lint.places().size());
  const double over = count - params.number("tolerate");
  const double confidence = subject.facts.schema.confidence;
  if (over > 0) {
    const std::string reason =
      fmt::format("{} places break a rule, the first: {}", count, lint.places().front().note);
    return over <= 1 ? at_level("few", confidence, reason, lint.places())
                     : failed(confidence, reason, lint.places());
  }
  if (subject.facts.schema.classes.empty() && lint.needs_schema()) {
    return nothing_to_inspect(subject);
  }
  const bool hidden = subject.facts.queries.complete != Truth::yes || !absence_proves(subject);
  return hidden ? undetermined(
           "No rule is broken in what could be read, but not everything was understood", 1)
                : passed(confidence, "No rule is broken", lint.places());
}

} // namespace

extern constinit const Kind kind{
  .id = "code.rules",
  .since = "0.1",
  .summary = "Database code keeps a few plain rules.",
  .why = "Defaults are not evaluated at import, SQL is not built from values, reading does not "
         "commit, coroutines are "
         "awaited. Dead code and code that is labelled as a bad example do not count.",
  .blind_spots = "Style in general; this is no replacement for a linter.",
  .params = k_params,
  .levels = k_levels,
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_schema<evaluate>,
};

} // namespace assay::checks::code_rules
