# SPDX-License-Identifier: MIT
"""The candidate's `sqlite3`: the standard library's package on top of connections to the broker.

install() puts a module of ours where `_sqlite3` would be and imports the package anew. Exceptions, constants,
adapters and converters stay the interpreter's own; Connection, Cursor, Row and Blob are ours. What differs from
plain sqlite3:

- rows arrive in batches, so a statement whose rows fit into one holds no lock while they are read;
- ATTACH of files, load_extension and pragmas that reach out of the run are refused as "not authorized";
- a path names a database of the run; the file that appears stays empty;
- converters see numbers as Python writes them.
"""
from __future__ import annotations

import importlib
import sys
import types

_CLASSES = ("Connection", "Cursor", "Row", "Blob")


def install(socket_number: int | None = None, databases: dict[str, str] | None = None) -> types.ModuleType:
    """Make `import sqlite3` mean the broker behind the descriptor `socket_number`; the new sqlite3.

    `databases` maps paths as the candidate gives them (absolute) to names of databases of the run. Without a
    descriptor nothing can be connected to until use() names one.
    """
    if socket_number is not None:
        use(socket_number, databases)
    return _replace()


def use(socket_number: int, databases: dict[str, str] | None = None) -> None:
    """Send connections over the descriptor `socket_number` from now on."""
    from . import channel

    channel.use(socket_number, databases or {})


def _replace() -> types.ModuleType:
    """Import the standard library's sqlite3 on top of ours."""
    from . import blob, connection, cursor, native, row

    module = types.ModuleType("_sqlite3")
    for name, value in vars(native.REAL).items():
        if not name.startswith("__"):
            setattr(module, name, value)
    module.__dict__.update(
        Connection=connection.Connection, Cursor=cursor.Cursor, Row=row.Row, Blob=blob.Blob,
        connect=connection.connect, register_adapter=native.register_adapter,
        enable_callback_tracebacks=native.enable_callback_tracebacks)
    for name in _CLASSES:
        getattr(module, name).__module__ = "sqlite3"
    sys.modules["_sqlite3"] = module
    for name in ("sqlite3.dump", "sqlite3.dbapi2", "sqlite3"):
        sys.modules.pop(name, None)
    return importlib.import_module("sqlite3")
