// SPDX-License-Identifier: MIT
// The engine's requests. Each is a frame holding a dict with the member "op", answered by one frame
// holding a dict: the answer's members, or "error" (one line) and "code" (SQLite's extended result
// code, or 0).
//
//   begin_run {limits, key: 16 bytes} + the run's socket, with PostgreSQL also the socket it is
//   looked for at and the server's cell   end_run {}   status {}
//   begin_step {step}   end_step {} -> {step, statements}   log {after, most} -> {records, total,
//   unrecorded} execute {database, sql, parameters | many, max_rows, max_bytes} -> {columns, rows,
//   changes, more} script {database, sql}   snapshot {database} -> {image}   restore {database,
//   image, force} checksum {database} -> {tables: {name: {rows, digest}}}   databases {} -> {names}
#pragma once

#include "sandbox/base/descriptor.hpp"
#include "sandbox/broker/checksum.hpp"
#include "sandbox/broker/database.hpp"
#include "sandbox/broker/memory_files.hpp"
#include "sandbox/wire/value.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace assay::broker {

class Host;
struct Run;

/// Answers the engine. Its own connections obey the rules of the candidate's, and are not logged.
class Control {
public:
  Control(Host& host, MemoryFiles& files, std::unique_ptr<Run>& run);
  ~Control();
  Control(const Control&) = delete;
  Control& operator=(const Control&) = delete;

  /// The frame that answers `message`; a socket the request came with is taken from `descriptors`.
  std::string handle(const std::string& message, std::vector<Descriptor>& descriptors);

private:
  using Dict = wire::Value::Dict;

  struct Connection;

  Dict answer(const wire::Value& request, std::vector<Descriptor>& descriptors);
  Dict begin_run(const wire::Value& request, std::vector<Descriptor>& descriptors);
  Dict end_run();
  Dict begin_step(const wire::Value& request);
  Dict end_step();
  Dict status();
  Dict log(const wire::Value& request);
  Dict execute(const wire::Value& request);
  Dict script(const wire::Value& request);
  Dict snapshot(const wire::Value& request);
  Dict restore(const wire::Value& request);
  Dict checksum(const wire::Value& request);
  Dict databases();

  /// The engine's connection to the database `request` names, opened on first use. Throws Refusal.
  Connection& connection(const wire::Value& request);

  Host& host_;
  MemoryFiles& files_;
  std::unique_ptr<Run>& run_;
  std::map<std::string, std::unique_ptr<Connection>> connections_;
  Key key_{};
};

} // namespace assay::broker
