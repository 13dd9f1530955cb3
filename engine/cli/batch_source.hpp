// SPDX-License-Identifier: MIT
// What the commands about a stored batch share: which one, and whether names are shown.
#pragma once

#include "engine/batch/standing.hpp"
#include "engine/cli/command.hpp"
#include "engine/cli/output.hpp"
#include "engine/store/reviews.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}

namespace assay::cli {

struct BatchSource {
  std::string database;
  std::string batch;
  bool blind = false;
  std::string reveal; ///< who wants the names of a blind database
};

void add_blind_options(CLI::App& command, BatchSource& source);
void add_batch_options(CLI::App& command, BatchSource& source);

std::filesystem::path database_path(const BatchSource& source);

/// Whether names are left out: asked for, or the database is blind and nobody lifts it. Who lifts
/// it is noted in the database; `command` says for what. Errors: as of the store.
Result<batch::Blind>
blindness(store::Store& database, const BatchSource& source, std::string_view command);

/// A run as it may be shown: with the credit that people gave; blind, an alias for its source. Says
/// on standard error which reviews were made of other facts. Errors: as of the store.
Result<RunRecord> record_to_show(store::Store& database, RunId run, batch::Blind blind);

using RenderBatch = std::function<Result<std::string>(std::vector<batch::Standing>)>;

/// A whole command: opens the batch, in the order of its manifest, and delivers what `render` makes
/// of it, or says what is wrong.
Exit show_batch(const BatchSource& source,
                std::string_view command,
                const OutputOptions& output,
                const RenderBatch& render);

} // namespace assay::cli
