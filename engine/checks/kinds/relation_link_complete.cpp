// SPDX-License-Identifier: MIT
#include "engine/base/text.hpp"
#include "engine/checks/examples.hpp"
#include "engine/checks/link_examples.hpp"
#include "engine/checks/lookup.hpp"
#include "engine/checks/relation_columns.hpp"
#include "engine/checks/tally.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace assay::checks::relation_link_complete {

namespace {

constexpr Param k_params[] = {
  {.name = "relation",
   .type = ParamType::relation,
   .required = true,
   .summary = "The many-to-many relation."},
  {.name = "ondelete",
   .type = ParamType::text,
   .fallback = "CASCADE",
   .summary = "The ON DELETE action of both foreign keys; empty: any."},
};

constexpr Level k_levels[] = {
  {"nullable", 0.4, "A column of the link may be NULL."},
  {"no_ondelete", 0.75, "A foreign key of the link has no such ON DELETE action."},
  {"one_fk", 0.5, "Only one side has a foreign key."},
  {"other_technology", 0.5, "The link exists in SQL or in a migration only."},
};

constexpr Example k_examples[] = {
  {"Two keys with ON DELETE CASCADE", k_sound_link, "{relation: classified}", "pass"},
  {"Both may be NULL", k_keyless_link, "{relation: classified}", "partial"},
  {"No models", k_no_models, "{relation: classified}", "fail"},
  {"Classes made from an existing database",
   k_reflected_models,
   "{relation: classified}",
   "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::schema, FactFamily::migration};

Truth columns_not_null(const LinkRef& link)
{
  Truth result = Truth::yes;
  for (const ForeignKey* key : {link.from_key, link.to_key}) {
    if (key != nullptr) {
      result = both(result, all_not_null({link.table, key->columns, key}));
    }
  }
  return result;
}

bool has_action(const LinkRef& link, const std::string& action)
{
  return std::ranges::all_of(std::initializer_list<const ForeignKey*>{link.from_key, link.to_key},
                             [&](const ForeignKey* key) {
                               return key == nullptr || to_lower(key->ondelete) == to_lower(action);
                             });
}

Finding judge_link(const Subject& subject, const Params& params, const LinkRef& link)
{
  const std::string& name = link.table->name;
  std::vector<Evidence> evidence;
  for (const ForeignKey* key : {link.from_key, link.to_key}) {
    if (key != nullptr) {
      add_evidence(evidence, key->where, "foreign key to " + key->target_table);
    }
  }
  const int keys = (link.from_key != nullptr ? 1 : 0) + (link.to_key != nullptr ? 1 : 0);
  const bool complete = link.table->complete == Truth::yes;
  if (keys < 2 && (!complete || !absence_proves(subject))) {
    return undetermined(
      "Not all of the link table " + name + " could be read", 0.5, std::move(evidence));
  }
  if (keys == 0) {
    return not_there(
      subject, {}, "the link table " + name + " has no foreign keys", 0, std::move(evidence));
  }
  Finding finding = passed(subject.facts.schema.confidence, {}, std::move(evidence));
  std::vector<std::string> remarks;
  const auto lower_to = [&](std::string level, std::string remark) {
    finding.levels.push_back(std::move(level));
    remarks.push_back(std::move(remark));
  };
  if (keys == 1) {
    lower_to("one_fk", "only one column of " + name + " is a foreign key");
  }
  const Truth not_null = columns_not_null(link);
  if (not_null == Truth::no) {
    lower_to("nullable", "a foreign key of " + name + " may be NULL");
  }
  const std::string& action = params.text("ondelete");
  if (!action.empty() && !has_action(link, action)) {
    lower_to("no_ondelete",
             fmt::format("not both foreign keys of {} say ON DELETE {}", name, action));
  }
  if (link.origin == EntityOrigin::migration || link.origin == EntityOrigin::raw_sql) {
    lower_to("other_technology", name + " is not part of the models");
  }
  finding.reason =
    sentence(remarks.empty() ? "both columns of " + name + " are foreign keys and NOT NULL"
                             : join_remarks(remarks));
  if (not_null == Truth::unknown) {
    return undetermined("Whether the foreign keys of " + name + " may be NULL could not be read",
                        finding.levels.empty() ? 1 : 0.5,
                        finding.evidence);
  }
  return finding;
}

Finding evaluate(const Subject& subject, const Params& params)
{
  const RelationSpec* relation = find_relation_spec(subject, params.text("relation"));
  if (relation == nullptr) {
    return undetermined("The rubric declares no such relation");
  }
  const std::vector<LinkRef> found = links(subject, *relation);
  if (!found.empty()) {
    return judge_link(subject, params, found.front());
  }
  const EntityView from = view_entity(subject, relation->from);
  const EntityView to = view_entity(subject, relation->to);
  const std::string reason =
    fmt::format("there is no link table between {} and {}", label(from), label(to));
  return migrations_may_hide(subject) ? undetermined(sentence(reason) + " in what could be read")
                                      : not_there(subject, {&from, &to}, reason);
}

} // namespace

extern constinit const Kind kind{
  .id = "relation.link_complete",
  .since = "0.1",
  .summary = "Both columns of a link table are foreign keys and NOT NULL.",
  .why = "A link must lead to both sides; as part of the primary key its columns are NOT NULL. The "
         "ON DELETE action "
         "keeps the link clean when rows are deleted outside the ORM.",
  .blind_spots = "ON DELETE actions that only a migration adds.",
  .params = k_params,
  .levels = k_levels,
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_schema<evaluate>,
};

} // namespace assay::checks::relation_link_complete
