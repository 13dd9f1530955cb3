// SPDX-License-Identifier: MIT
#include "engine/cli/batch_source.hpp"

#include "engine/store/batches.hpp"

#include <CLI/CLI.hpp>

namespace assay::cli {

namespace {

Result<std::vector<batch::Standing>> open_batch(const BatchSource& source, std::string_view command)
{
  const auto mode = source.reveal.empty() ? store::OpenMode::read_only : store::OpenMode::existing;
  ASSAY_ASSIGN(store::Store database, store::Store::open(database_path(source), mode));
  ASSAY_ASSIGN(const std::string name, store::Batches(database).find(source.batch));
  ASSAY_ASSIGN(const batch::Blind blind, blindness(database, source, command));
  ASSAY_ASSIGN(std::vector<batch::Standing> standings,
               batch::load_standings(database, name, blind));
  return standings;
}

} // namespace

void add_blind_options(CLI::App& command, BatchSource& source)
{
  CLI::Option* blind = command.add_flag(
    "--blind", source.blind, "Aliases in place of names, e-mails and repositories");
  command
    .add_option(
      "--reveal", source.reveal, "Show the names of a blind database; who asks is noted in it")
    ->type_name("WHO")
    ->excludes(blind);
}

void add_batch_options(CLI::App& command, BatchSource& source)
{
  command
    .add_option("--db", source.database, "Results database; by default in the user's data folder")
    ->type_name("FILE");
  command.add_option("--batch", source.batch, "Name of the batch; the newest unless given")
    ->type_name("NAME");
  add_blind_options(command, source);
}

std::filesystem::path database_path(const BatchSource& source)
{
  return source.database.empty() ? default_database() : std::filesystem::path(source.database);
}

Result<batch::Blind>
blindness(store::Store& database, const BatchSource& source, std::string_view command)
{
  if (source.blind) {
    return batch::Blind::yes;
  }
  store::Reviews reviews(database);
  ASSAY_ASSIGN(const bool blind, reviews.blind());
  if (blind && source.reveal.empty()) {
    return batch::Blind::yes;
  }
  if (blind) {
    ASSAY_TRY(reviews.disclose(source.reveal, command, SystemClock{}.now()));
  }
  return batch::Blind::no;
}

Result<RunRecord> record_to_show(store::Store& database, RunId run, batch::Blind blind)
{
  ASSAY_ASSIGN(RunRecord record, database.load(run));
  const store::Reviews reviews(database);
  ASSAY_ASSIGN(const std::vector<store::Review> given, reviews.current(record.submission.source));
  for (const std::string& check : batch::apply_reviews(record, given)) {
    complain(check + ": reviewed when the engine said something else of it; look again");
  }
  if (blind == batch::Blind::yes) {
    ASSAY_ASSIGN(const std::string key, reviews.alias_key());
    record.submission.source = batch::alias_of(key, record.submission.source);
  }
  return record;
}

Exit show_batch(const BatchSource& source,
                std::string_view command,
                const OutputOptions& output,
                const RenderBatch& render)
{
  auto standings = open_batch(source, command);
  if (!standings) {
    return refuse(standings.error());
  }
  const auto bytes = render(std::move(*standings));
  if (!bytes) {
    return refuse(bytes.error());
  }
  const auto delivered = deliver(*bytes, output);
  return delivered ? Exit::graded : refuse(delivered.error());
}

} // namespace assay::cli
