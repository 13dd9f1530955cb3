// SPDX-License-Identifier: MIT
// What could play a role: mapped classes, Core tables, tables that only a migration or raw SQL
// knows.
#pragma once

#include "engine/model/facts.hpp"
#include "engine/model/resolution.hpp"

#include <string>
#include <vector>

namespace assay::facts {

struct Candidate {
  std::string class_name;       ///< qualified; empty without a class
  std::string simple_name;      ///< last part of it
  const Table* table = nullptr; ///< null for a class whose table was not found
  EntityOrigin origin = EntityOrigin::mapped;
  std::vector<std::string> aliases; ///< classes that may stand for it
  std::vector<const Table*> tables; ///< own table first, then those of aliases and bases
  bool link = false;                ///< looks like the link of a many-to-many
  Location where;
};

std::vector<Candidate> find_candidates(const Facts& facts);

/// A table that a class, a migration or raw SQL declares; null if there is none.
const Table* find_table(const std::vector<Table>& tables, const std::string& name);

/// True if a foreign key of `from` refers to one of the tables of `to`. `mandatory` asks for a
/// column that is NOT NULL.
enum class Mandatory { no, yes };
bool refers_to(const Candidate& from, const Candidate& to, Mandatory mandatory);

} // namespace assay::facts
