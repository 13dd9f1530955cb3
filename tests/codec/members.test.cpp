// SPDX-License-Identifier: MIT
// A member that was added to a model type and not to the codec would be lost in silence; these
// tests are the alarm.
#include "engine/codec/members.hpp"

#include "engine/codec/enums.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/member_count.hpp"

#include <set>
#include <string>
#include <string_view>
#include <utility>

using namespace assay;

namespace {

/// True if the compiler knows `value` as an enumerator and not only as a number.
template<auto value>
constexpr bool is_enumerator()
{
  constexpr std::string_view signature = __PRETTY_FUNCTION__;
  constexpr auto shown = signature.substr(signature.find("value = ") + 8);
  return shown[0] != '(';
}

template<class Enum, std::size_t... index>
constexpr std::size_t enumerator_count(std::index_sequence<index...>)
{
  return (std::size_t{is_enumerator<static_cast<Enum>(index)>()} + ...);
}

} // namespace

TEMPLATE_TEST_CASE("The codec lists every member of a model type once",
                   "",
                   Location,
                   Evidence,
                   SourceFile,
                   EnvironmentFacts,
                   IntegrityFlag,
                   Signal,
                   ReadmeStatement,
                   StyleFacts,
                   RunError,
                   ModuleImport,
                   ImportStatement,
                   RegistryRun,
                   SchemaRun,
                   ExecutionFacts,
                   LateLoad,
                   RepeatedStatement,
                   RelationState,
                   DriveRun,
                   TableScan,
                   SentSelects,
                   DrivenCallable,
                   QueryRunFacts,
                   Facts,
                   Fingerprint,
                   FileFingerprints,
                   TreeFingerprints,
                   Column,
                   ForeignKey,
                   Key,
                   Check,
                   Table,
                   MappedClass,
                   Relationship,
                   ImportEffect,
                   MetadataFacts,
                   MappingProblem,
                   SchemaFacts,
                   Filter,
                   LoadStep,
                   LoadPath,
                   Join,
                   Ordering,
                   Statement,
                   RelationAccess,
                   SqlBuild,
                   CallableParameter,
                   Callable,
                   QueryFacts,
                   Operation,
                   RevisionProblem,
                   Revision,
                   MigrationFacts,
                   SourcePosition,
                   ParamValue,
                   ColumnRole,
                   EntitySpec,
                   RelationSpec,
                   QuerySpec,
                   CategorySpec,
                   CheckSpec,
                   BandSpec,
                   GateCondition,
                   GateSpec,
                   TopicSpec,
                   Rubric,
                   ResolvedEntity,
                   ResolvedRelation,
                   Resolution,
                   Verdict,
                   Judgement,
                   ScoredCheck,
                   Interval,
                   CategoryScore,
                   GateResult,
                   Scorecard,
                   SkippedPath,
                   History,
                   SubmissionRecord,
                   ExecutionRecord,
                   Timings,
                   RunRecord)
{
  const TestType value{};
  std::set<std::string> names;
  std::set<const void*> places;
  codec::members(codec::Of<TestType>{}, [&](const char* name, auto member) {
    names.insert(name);
    places.insert(&(value.*member));
  });
  CHECK(names.size() == test::member_count<TestType>());
  CHECK(places.size() == test::member_count<TestType>());
}

TEMPLATE_TEST_CASE("Every enumerator has a word of its own",
                   "",
                   Truth,
                   Basis,
                   FileRole,
                   Dialect,
                   SkipReason,
                   TypeFamily,
                   DefaultKind,
                   KeyKind,
                   MappingStyle,
                   Direction,
                   ImportEffectKind,
                   CallableKind,
                   StatementStyle,
                   Operand,
                   SessionSource,
                   OperationKind,
                   MigrationKind,
                   EntityOrigin,
                   ParamValue::Kind,
                   Cardinality,
                   Outcome)
{
  constexpr auto& list = codec::Words<TestType>::list;
  const std::set<std::string_view> distinct(list.begin(), list.end());
  CHECK(distinct.size() == enumerator_count<TestType>(std::make_index_sequence<64>{}));
  CHECK(list.size() == distinct.size());
  for (const std::string_view text : list) {
    CAPTURE(text);
    const auto value = codec::from_word<TestType>(text);
    REQUIRE(value);
    CHECK(codec::word(*value) == text);
  }
  CHECK_FALSE(codec::from_word<TestType>("Unknown"));
}
