// SPDX-License-Identifier: MIT
// The revision graph: identities read off the files, then order, heads and breaks.
#pragma once

#include "engine/facts/program.hpp"
#include "engine/model/migration_facts.hpp"

#include <string>
#include <vector>

namespace assay::facts {

/// A revision file under interpretation.
struct RevisionFile {
  const ModuleInfo* module = nullptr;
  Revision facts;
  bool identity_known = true;     ///< `revision` and `down_revision` were understood
  bool has_down_revision = false; ///< it is assigned at all
};

/// Ids, links, message and date of a revision file. A message comes from the docstring, without its
/// "Revision ID:" lines. Source: alembic.script.base.Script and its file template.
RevisionFile read_identity(Program& program, const ModuleInfo& module);

struct RevisionGraph {
  std::vector<std::size_t>
    order; ///< indexes into the files, parents first where the graph allows it, then by path
  std::vector<std::string> heads;
  Truth ok = Truth::unknown;
  std::vector<std::string> problems;
};

/// `files` sorted by path. Source: alembic.script.revision.RevisionMap.
RevisionGraph read_graph(const std::vector<RevisionFile>& files);

} // namespace assay::facts
