// SPDX-License-Identifier: MIT
// What the harness tells about classes, tables and relationships, as schema facts.
#pragma once

#include "engine/model/schema_facts.hpp"
#include "sandbox/cell/slot.hpp"
#include "sandbox/wire/value.hpp"

#include <optional>
#include <string>
#include <vector>

namespace assay::probe {

/// The MetaData objects of a `registries` answer, in its order. Their ids are the names under which
/// the candidate keeps them, "MetaData 1" for one without a name.
std::vector<MetadataFacts> metadata_from(const wire::Value& registries);

/// Asks for all classes, tables and relationships; after `registries`. Nothing if the process
/// ended or did not answer. Places are those that running shows: of classes alone.
std::optional<SchemaFacts> ask_schema(cell::Run& run, std::vector<MetadataFacts> metadata);

// For tests: one item of each page.
MappedClass class_from(const wire::Value& item);
Table table_from(const wire::Value& item, const std::vector<MetadataFacts>& metadata);

/// `configured`: false if its registry could not be configured; then most of it is unknown.
struct SeenRelationship {
  Relationship relationship;
  bool configured = false;
};

SeenRelationship relationship_from(const wire::Value& item);

} // namespace assay::probe
