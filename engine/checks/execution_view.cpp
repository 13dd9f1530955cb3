// SPDX-License-Identifier: MIT
#include "engine/checks/execution_view.hpp"

#include <algorithm>
#include <set>

namespace assay::checks {

bool concerns_roles(const Subject& subject, const std::string& metadata)
{
  std::set<std::string> own;
  for (const auto& [role, entity] : subject.roles.entities) {
    for (const MappedClass& mapped : subject.facts.schema.classes) {
      if (mapped.name == entity.class_name) {
        own.insert(mapped.metadata);
      }
    }
  }
  return own.empty() || own.contains("") || metadata.empty() || own.contains(metadata);
}

ModelsRun models_run(const Subject& subject)
{
  const Facts& facts = subject.facts;
  ModelsRun run;
  if (!facts.execution.ran) {
    return run;
  }
  std::set<std::string> mapping;
  for (const MappedClass& mapped : facts.schema.classes) {
    if (concerns_roles(subject, mapped.metadata)) {
      mapping.insert(mapped.where.path);
    }
  }
  run.usable = !mapping.empty();
  for (const ModuleImport& module : facts.execution.modules) {
    // Whatever else is imported may bring settings and packages that had to be made up.
    run.stand_ins = run.stand_ins || module.outcome == ImportOutcome::stubbed;
    if (!mapping.contains(module.path)) {
      continue;
    }
    mapping.erase(module.path);
    run.modules.push_back(&module);
    if (module.outcome == ImportOutcome::failed && run.failed == nullptr) {
      run.failed = &module;
    }
    run.usable = run.usable && module.outcome != ImportOutcome::not_tried
                 && module.outcome != ImportOutcome::missing;
  }
  run.usable = run.usable && mapping.empty();
  if (facts.execution.other_version) {
    run.stand_ins = true;
    run.usable = run.usable && run.failed == nullptr
                 && std::ranges::none_of(
                   facts.execution.registries,
                   [](const RegistryRun& registry) { return registry.configures == Truth::no; })
                 && std::ranges::none_of(facts.execution.schemas, [](const SchemaRun& schema) {
                      return schema.created == Truth::no;
                    });
  }
  return run;
}

double observed_confidence(const ModelsRun& run, bool shims)
{
  return run.stand_ins || shims ? 0.85 : 0.95;
}

Finding observed(Finding finding)
{
  finding.basis = Basis::observed;
  return finding;
}

std::string describe(const RunError& error)
{
  constexpr std::size_t k_longest = 200;
  std::string text = error.type;
  if (!error.message.empty()) {
    text += (text.empty() ? "" : ": ") + error.message;
  }
  if (text.size() > k_longest) {
    std::size_t end = k_longest;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
      --end;
    }
    text = text.substr(0, end) + "…";
  }
  return text;
}

} // namespace assay::checks
