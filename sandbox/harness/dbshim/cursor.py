# SPDX-License-Identifier: MIT
"""sqlite3.Cursor."""
from __future__ import annotations

import sys
from operator import length_hint
from threading import get_ident
from typing import Any, Iterable

from . import native
from .channel import EXECUTE, FETCH, MANY, NAMES, SCRIPT
from .native import PLAIN, ProgrammingError

_plain = PLAIN.issuperset
_NONE = (None,) * 6
_FETCH_ROWS = 1024
_MANY_ROWS = 2000
_MANY_CELLS = 20_000
_CONTAINERS = (tuple, list)


def _no_row() -> Any:
    """What there is when no row is left."""
    raise StopIteration


class Cursor:
    """SQLite database cursor class."""

    arraysize = 1
    row_factory: Any = None
    _names: tuple | None = None
    _description: tuple | None = None
    _rowcount = -1
    _lastrowid: int | None = None
    _closed = False
    _locked = False
    _handle = 0
    _next: Any = staticmethod(_no_row)
    _error: tuple | None = None
    _changes: int | None = None

    def __init__(self, connection: Any, /) -> None:
        from .connection import Connection

        if not isinstance(connection, Connection):
            raise TypeError(f"Cursor() argument 1 must be sqlite3.Connection, not {type(connection).__name__}")
        self._connection = connection
        connection._check()

    @property
    def connection(self) -> Any:
        """The connection this cursor belongs to."""
        return self._connection

    @property
    def description(self) -> tuple | None:
        """Names of the columns of the last statement."""
        if self._description is None and self._names is not None:
            names: Iterable[str] = self._names
            if self._connection._detect & 2:
                names = [name.partition("[")[0].rstrip() if "[" in name else name for name in names]
            self._description = tuple([(name, *_NONE) for name in names])
        return self._description

    @property
    def rowcount(self) -> int:
        """Rows changed by the last statement, -1 when that says nothing."""
        return self._rowcount

    @property
    def lastrowid(self) -> int | None:
        """Row id of the last row inserted."""
        return self._lastrowid

    def _check(self) -> Any:
        try:
            connection = self._connection
        except AttributeError:
            raise ProgrammingError("Base Cursor.__init__ not called.") from None
        if self._closed:
            raise ProgrammingError("Cannot operate on a closed cursor.")
        if self._locked:
            raise ProgrammingError("Recursive use of cursors not allowed.")
        if connection._channel is None or connection._thread != get_ident() and connection._thread:
            connection._check()
        return connection

    def execute(self, sql: str, parameters: Any = (), /) -> "Cursor":
        """Executes an SQL statement."""
        connection = self._check()
        if type(sql) is not str:
            sql = _text(sql, "execute")
        if type(parameters) not in _CONTAINERS or not _plain(map(type, parameters)):
            parameters = self._adapted(sql, parameters)
        self._reset()
        self._locked = True
        try:
            reply = connection._request(
                (EXECUTE, sql, parameters, connection._begin, connection._flags, connection._stale()))
        except UnicodeEncodeError:
            raise
        except BaseException:
            self._rowcount = -1
            _unencodable(sql, parameters)
            raise
        finally:
            self._locked = False
        _, _, self._rowcount, self._lastrowid, self._names, rows, handle, extra = reply
        if self._names is not None:
            if handle:
                self._handle = handle
            if extra is not None or connection._converts:
                rows = self._converted(rows, extra)
            if rows:
                self._next = iter(rows).__next__
                if self._rowcount >= 0:
                    self._changes = self._rowcount
                    self._rowcount = 0
        return self

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> "Cursor":
        """Repeatedly executes an SQL statement."""
        connection = self._check()
        if type(sql) is not str:
            sql = _text(sql, "executemany")
        rows = iter(parameters)
        self._reset()
        self._rowcount = 0
        total = 0
        begun = False
        more = True
        self._locked = True
        try:
            while more or not begun:
                batch: list = []
                cells = 0
                failed: BaseException | None = None
                while len(batch) < _MANY_ROWS and cells < _MANY_CELLS:
                    try:
                        row = next(rows)
                        if type(row) not in _CONTAINERS or not _plain(map(type, row)):
                            row = self._adapted(sql, row)
                        _small(row)
                    except StopIteration:
                        more = False
                        break
                    except BaseException as error:  # what came before it is executed first
                        failed = error
                        more = False
                        break
                    batch.append(row)
                    cells += len(row) + 1 + (sum(len(cell) >> 6 for cell in row if type(cell) in (str, bytes))
                                             if type(row) is not dict else 8)
                reply = connection._request(
                    (MANY, sql, batch, connection._begin, connection._flags, connection._stale()))
                begun = True
                total += max(reply[2], 0)
                self._rowcount = total if reply[2] >= 0 else -1
                if failed is not None:
                    raise failed
        except BaseException:
            self._rowcount = -1
            raise
        finally:
            self._locked = False
        return self

    def executescript(self, sql_script: str, /) -> "Cursor":
        """Executes multiple SQL statements at once."""
        connection = self._check()
        if type(sql_script) is not str:
            sql_script = _text(sql_script, "executescript")
        if "\0" in sql_script:
            raise ValueError("embedded null character")
        connection._request((SCRIPT, sql_script, connection._legacy))
        return self

    def _reset(self) -> None:
        """Forget the rows of the last statement."""
        if self._handle:
            self._connection._left.append(self._handle)
            self._handle = 0
        self._names = self._description = self._error = self._changes = None
        self._next = _no_row

    def _adapted(self, sql: str, parameters: Any) -> Any:
        """`parameters` with each value one of SQLite's."""
        sequence = not isinstance(parameters, dict) and hasattr(parameters, "__getitem__")
        if sequence and hasattr(parameters, "__len__"):
            values = [parameters[index] for index in range(len(parameters))]
            return [self._value(value, place) for place, value in enumerate(values, 1)]
        if isinstance(parameters, dict):
            if type(parameters) is dict and _plain(map(type, parameters.values())) \
                    and {str}.issuperset(map(type, parameters)):
                return parameters
            found = {}
            for place, name in enumerate(self._connection._parameter_names(sql), 1):
                if name is not None:
                    try:
                        value = parameters[name]
                    except LookupError:
                        continue
                    found[name] = self._value(value, place)
            return found
        raise ProgrammingError("parameters are of unsupported type")

    @staticmethod
    def _value(value: Any, place: int) -> Any:
        try:
            return native.adapt(value)
        except native.Unsupported as error:
            raise native.unsupported(place, str(error)) from None

    def _converted(self, rows: list, extra: tuple | None) -> list:
        """`rows` with text and declared types as asked for."""
        connection = self._connection
        types, raw, error = extra or (None, False, None)
        if error is not None:
            self._error = error
            rows.pop()
        converters = self._converters(types) if types is not None else self._cast
        self._cast = converters
        if not raw and converters is None:
            return rows
        return [tuple(connection._cells(row, converters, self._names)) for row in rows]

    _cast: list | None = None

    def _converters(self, types: list) -> list | None:
        """A converter or None for each column."""
        detect = self._connection._detect
        known = native.REAL.converters
        found: list = []
        for name, declared in zip(self._names or (), types):
            converter = None
            if detect & 2 and "[" in name:
                converter = known.get(name.partition("[")[2].partition("]")[0].upper())
            if converter is None and detect & 1 and declared:
                converter = known.get(declared.replace("(", " ").split(" ")[0].upper())
            found.append(converter)
        return found if any(found) else None

    def _refill(self) -> Any:
        """The first row of the next batch. Raises StopIteration when there is none."""
        if self._error is not None:
            error, self._error = self._error, None
            raise native.sql_error(*error)
        if not self._handle:
            self._next = _no_row
            self._counted()
            raise StopIteration
        _, _, rows, more, _, extra = self._connection._request((FETCH, self._handle, _FETCH_ROWS))
        if not more:
            self._handle = 0
        if extra is not None or self._cast is not None:
            rows = self._converted(rows, extra)
        self._next = iter(rows).__next__
        return self._next() if rows else self._refill()

    def _counted(self) -> None:
        """Tell how many rows a statement changed once the last row it returned is read."""
        rows = getattr(self._next, "__self__", None)
        if self._changes is not None and not self._handle and not length_hint(rows, 0):
            self._rowcount, self._changes = self._changes, None

    def __next__(self) -> Any:
        self._check()
        try:
            row = self._next()
        except StopIteration:
            row = self._refill()
        if self._changes is not None:
            self._counted()
        return row if self.row_factory is None else self.row_factory(self, row)

    def __iter__(self) -> "Cursor":
        return self

    def fetchone(self) -> Any:
        """Fetches one row from the resultset."""
        self._check()
        try:
            row = self._next()
        except StopIteration:
            try:
                row = self._refill()
            except StopIteration:
                return None
        if self._changes is not None:
            self._counted()
        return row if self.row_factory is None else self.row_factory(self, row)

    def fetchmany(self, size: int | None = None) -> list:
        """Fetches several rows from the resultset."""
        left = self.arraysize if size is None else size
        found: list = []
        for row in self:
            found.append(row)
            left -= 1
            if left == 0:
                break
        return found

    def fetchall(self) -> list:
        """Fetches all rows from the resultset."""
        self._check()
        found: list = []
        factory = self.row_factory
        while True:
            try:
                if factory is None:
                    found += iter(self._next, self)
                else:
                    while True:
                        found.append(factory(self, self._next()))
            except StopIteration:
                pass
            try:
                row = self._refill()
            except StopIteration:
                return found
            found.append(row if factory is None else factory(self, row))

    def setinputsizes(self, sizes: Any, /) -> None:
        """Required by DB-API. Does nothing in sqlite3."""

    def setoutputsize(self, size: Any, column: Any = None, /) -> None:
        """Required by DB-API. Does nothing in sqlite3."""

    def close(self) -> None:
        """Closes the cursor."""
        try:
            connection = self._connection
        except AttributeError:
            raise ProgrammingError("Base Cursor.__init__ not called.") from None
        if self._locked:
            raise ProgrammingError("Recursive use of cursors not allowed.")
        connection._check()
        if self._handle:
            connection._forget(self._handle)
            self._handle = 0
        self._next = _no_row
        self._error = None
        self._closed = True

    def __del__(self) -> None:
        if self._handle:
            self._connection._left.append(self._handle)


def _text(sql: Any, method: str) -> str:
    """`sql` as exact text."""
    if not isinstance(sql, str):
        place = "argument" if method == "executescript" else "argument 1"
        raise TypeError(f"{method}() {place} must be str, not {type(sql).__name__}")
    return str.__str__(sql)


def _small(row: Any) -> None:
    """Refuse integers that SQLite has not, before the batch that holds them is sent."""
    for cell in row.values() if type(row) is dict else row:
        if type(cell) is int and not -(2**63) <= cell < 2**63:
            raise OverflowError("Python int too large to convert to SQLite INTEGER")


def _unencodable(sql: str, parameters: Any) -> None:
    """Raise what text with lone surrogates raises."""
    error = sys.exc_info()[1]
    if isinstance(error, native.OperationalError) and str(error).endswith("not UTF-8"):
        sql.encode()
        for value in parameters.values() if type(parameters) is dict else parameters:
            if type(value) is str:
                value.encode()
