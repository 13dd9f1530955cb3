// SPDX-License-Identifier: MIT
#include "engine/cli/rubric_source.hpp"

#include "engine/cli/command.hpp"
#include "engine/rubric/rubric.hpp"

namespace assay::cli {

Result<checks::BoundRubric> open_rubric(const std::string& name)
{
  ASSAY_ASSIGN(const std::filesystem::path path, rubric::find_rubric(name, executable_folder()));
  ASSAY_ASSIGN(const Rubric read, rubric::load_rubric(path));
  return checks::bind(read);
}

} // namespace assay::cli
