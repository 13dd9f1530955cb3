// SPDX-License-Identifier: MIT
// What a foreign key means for the rows of its table, and which table plays a role.
#pragma once

#include "engine/model/resolution.hpp"
#include "engine/model/rubric.hpp"
#include "engine/model/schema_facts.hpp"

#include <string>
#include <string_view>

namespace assay::probe {

/// Whether `name`, with or without a schema, is that of the table.
bool same_table(std::string_view name, const Table& table);

/// nullptr if there is none.
const Table* find_table(const SchemaFacts& schema, std::string_view name);
const Table* table_of(const SchemaFacts& schema, const Resolution& roles, const std::string& role);

bool in_primary_key(const Table& table, std::string_view column);

/// A foreign key that is the whole primary key: the row extends another one.
bool extends(const Table& table, const ForeignKey& key);

/// No two rows may point at the same one.
bool is_unique(const Table& table, const ForeignKey& key);

/// It cannot be left empty.
bool is_required(const Table& table, const ForeignKey& key);

/// Adds foreign keys for columns that hold another role's key without saying so.
void imply_keys(SchemaFacts& schema, const Resolution& roles, const Rubric& rubric);

} // namespace assay::probe
