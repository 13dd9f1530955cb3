// SPDX-License-Identifier: MIT
// What the DB-API shim (sandbox/harness/dbshim/channel.py) and the broker say to each other.
//
// The candidate's process holds one socket of its run. For each connection it makes a socket pair
// and sends one end over the run's socket, with one octet. On that pair each request is a frame
// holding a list that begins with its operation, and is answered by one frame holding a tuple that
// begins with its status; `close` has no answer, nor has `interrupt`, which may come at any time.
// While a request is worked on the broker may send calls of the candidate's own functions, to be
// answered by `answer` (requests may come before that: they are nested).
//
// Whatever arrives is hostile. A frame that breaks the rules ends its connection; no other one
// notices.
#pragma once

#include <cstdint>

namespace assay::broker {

enum class Operation : std::int64_t {
  open = 1,       ///< [path, access 0 create 1 read only 2 read and write, milliseconds to wait for
                  ///< locks, private]
  execute = 2,    ///< [sql, parameters, isolation, flags, handles to close]
  fetch = 3,      ///< [handle, rows]
  close = 4,      ///< [handles]
  many = 5,       ///< [sql, list of parameters, isolation, flags, handles to close]
  script = 6,     ///< [sql, commit first]
  control = 7,    ///< [sql]: a statement of transaction control
  define = 8,     ///< [what, name, arguments, flags, number]; see Definition
  answer = 9,     ///< [went well, value]
  interrupt = 10, ///< []
  limit = 11,     ///< [category, new value or -1]
  backup = 12,    ///< [target connection, pages, source name, target name]
  serialize = 13, ///< [name]
  deserialize = 14, ///< [name, bytes]
  blob = 15,        ///< [action, ...]; see blobs.cpp
  total = 16,       ///< []: total changes
  names = 17,       ///< [sql]: names of its parameters
  configure = 18,   ///< [option, new value or -1]
  wait = 19,        ///< [milliseconds to wait for locks]
};

enum class Definition : std::int64_t {
  function = 0,
  aggregate = 1,
  window = 2,
  collation = 3,
  authorizer = 4,
  progress = 5,
  trace = 6,
};

enum class Status : std::int64_t {
  done = 0,      ///< (0, in transaction, ...)
  sql_error = 1, ///< (1, in transaction, extended result code, text)
  misuse = 2,    ///< (2, in transaction, name of Python's exception, text)
  call = 3,      ///< (3, number, what, ...)
};

/// Bits of the flags of execute and many.
constexpr std::int64_t k_raw_text = 1;   ///< text comes as [bytes]
constexpr std::int64_t k_want_types = 2; ///< declared types of the columns are wanted

} // namespace assay::broker
