// SPDX-License-Identifier: MIT
// What the submission asks to have installed, wherever it says so. In: the snapshot's requirement
// files. Out: distributions with the versions as written. Lock files count only where nothing else
// names the version.
#pragma once

#include "engine/model/location.hpp"
#include "engine/model/submission.hpp"

#include <string>
#include <vector>

namespace assay::facts {

struct Requirement {
  std::string name;    ///< normalised: "flask-sqlalchemy"
  std::string version; ///< as written: ">=1.4,<2.1", "^2.0.25"; empty if any will do
  bool locked = false; ///< from a lock file
  Location where;
};

/// From requirements*.txt, pyproject.toml, setup.cfg, setup.py, Pipfile, environment.yml,
/// poetry.lock, uv.lock, Pipfile.lock.
std::vector<Requirement> read_requirements(const Snapshot& snapshot);

/// 14, 20 or 21 if the specifier allows just one of them (or prefers one: a caret, a lower bound
/// of 2.0); else 0.
int sqlalchemy_major(const std::string& version);

} // namespace assay::facts
