// SPDX-License-Identifier: MIT
#include "engine/codec/codec.hpp"

#include "engine/codec/document.hpp"
#include "engine/codec/reader.hpp"
#include "engine/codec/writer.hpp"

namespace assay::codec {

namespace {

template<class T>
std::string write(const T& value)
{
  return dump(Writer::written(value));
}

template<class T>
Result<T> read(std::string_view name, std::string_view text, const ReadOptions& options)
{
  ASSAY_ASSIGN(const Document document, parse(text, options));
  try {
    T value{};
    Reader{options.missing, std::string(name)}.read(document, value);
    return value;
  } catch (const Mismatch& mismatch) {
    return Error{ErrorCode::invalid_input, mismatch.message};
  }
}

} // namespace

std::string to_json(const SourceFile& value)
{
  return write(value);
}

std::string to_json(const EnvironmentFacts& value)
{
  return write(value);
}

std::string to_json(const SchemaFacts& value)
{
  return write(value);
}

std::string to_json(const QueryFacts& value)
{
  return write(value);
}

std::string to_json(const MigrationFacts& value)
{
  return write(value);
}

std::string to_json(const Facts& value)
{
  return write(value);
}

std::string to_json(const Rubric& value)
{
  return write(value);
}

std::string to_json(const Resolution& value)
{
  return write(value);
}

std::string to_json(const Verdict& value)
{
  return write(value);
}

std::string to_json(const Judgement& value)
{
  return write(value);
}

std::string to_json(const Scorecard& value)
{
  return write(value);
}

std::string to_json(const SubmissionRecord& value)
{
  return write(value);
}

std::string to_json(const ExecutionRecord& value)
{
  return write(value);
}

std::string to_json(const Timings& value)
{
  return write(value);
}

std::string to_json(const RunRecord& value)
{
  return write(value);
}

template<>
Result<SourceFile> from_json(std::string_view text, const ReadOptions& options)
{
  return read<SourceFile>("file", text, options);
}

template<>
Result<EnvironmentFacts> from_json(std::string_view text, const ReadOptions& options)
{
  return read<EnvironmentFacts>("environment", text, options);
}

template<>
Result<SchemaFacts> from_json(std::string_view text, const ReadOptions& options)
{
  return read<SchemaFacts>("schema", text, options);
}

template<>
Result<QueryFacts> from_json(std::string_view text, const ReadOptions& options)
{
  return read<QueryFacts>("queries", text, options);
}

template<>
Result<MigrationFacts> from_json(std::string_view text, const ReadOptions& options)
{
  return read<MigrationFacts>("migration", text, options);
}

template<>
Result<Facts> from_json(std::string_view text, const ReadOptions& options)
{
  return read<Facts>("facts", text, options);
}

template<>
Result<Rubric> from_json(std::string_view text, const ReadOptions& options)
{
  return read<Rubric>("rubric", text, options);
}

template<>
Result<Resolution> from_json(std::string_view text, const ReadOptions& options)
{
  return read<Resolution>("resolution", text, options);
}

template<>
Result<Verdict> from_json(std::string_view text, const ReadOptions& options)
{
  return read<Verdict>("verdict", text, options);
}

template<>
Result<Judgement> from_json(std::string_view text, const ReadOptions& options)
{
  return read<Judgement>("judgement", text, options);
}

template<>
Result<Scorecard> from_json(std::string_view text, const ReadOptions& options)
{
  return read<Scorecard>("scorecard", text, options);
}

template<>
Result<SubmissionRecord> from_json(std::string_view text, const ReadOptions& options)
{
  return read<SubmissionRecord>("submission", text, options);
}

template<>
Result<ExecutionRecord> from_json(std::string_view text, const ReadOptions& options)
{
  return read<ExecutionRecord>("execution", text, options);
}

template<>
Result<Timings> from_json(std::string_view text, const ReadOptions& options)
{
  return read<Timings>("timings", text, options);
}

template<>
Result<RunRecord> from_json(std::string_view text, const ReadOptions& options)
{
  return read<RunRecord>("run", text, options);
}

} // namespace assay::codec
