# SPDX-License-Identifier: MIT
"""sqlite3.Connection and sqlite3.connect()."""
from __future__ import annotations

import sys
import warnings
from threading import get_ident
from typing import Any, Callable, Iterator

from . import native
from .callbacks import Callbacks
from .channel import (BACKUP, CLOSE, CONFIGURE, CONTROL, DESERIALIZE, INTERRUPT, LIMIT, NAMES, OPEN, SERIALIZE, TOTAL,
                      Channel, mark, place)
from .cursor import Cursor
from .native import ProgrammingError

LEGACY = getattr(native.REAL, "LEGACY_TRANSACTION_CONTROL", -1)
_LEVELS = ("", "DEFERRED", "IMMEDIATE", "EXCLUSIVE")
_libversion = ""


def _level(value: Any) -> str | None:
    """`value` as an isolation level."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise TypeError("isolation_level must be str or None")
    if value.upper() not in _LEVELS:
        raise ValueError("isolation_level string must be '', 'DEFERRED', 'IMMEDIATE', or 'EXCLUSIVE'")
    return value.upper()


class Connection(Callbacks):
    """SQLite database connection object."""

    for _name in ("Warning", "Error", "InterfaceError", "DatabaseError", "DataError", "OperationalError",
                  "IntegrityError", "InternalError", "ProgrammingError", "NotSupportedError"):
        locals()[_name] = getattr(native.REAL, _name)
    del _name

    row_factory: Any = None
    _channel: Channel | None = None
    _open = False
    _text_factory: Any = str

    def __init__(self, database: Any, timeout: float = 5.0, detect_types: int = 0,
                 isolation_level: str | None = "", check_same_thread: bool = True,
                 factory: Any = None, cached_statements: int = 128, uri: bool = False, *,
                 autocommit: Any = LEGACY) -> None:
        name, access = place(database, uri)
        level = _level(isolation_level)
        if autocommit is not True and autocommit is not False and autocommit != LEGACY:
            raise ValueError("autocommit must be True, False, or sqlite3.LEGACY_TRANSACTION_CONTROL")
        self._in_transaction = False
        self._detect = detect_types
        self._thread = get_ident() if check_same_thread else 0
        self._level = level
        self._autocommit = autocommit
        self._left: list[int] = []
        self._parameters: dict[str, list] = {}
        self._prepare_callbacks()
        self._set_modes()
        channel = Channel()
        self._channel = channel
        try:
            reply = self._request((OPEN, name, access, max(0, min(int(timeout * 1000), 2**31 - 1))))
        except BaseException:
            self._channel = None
            channel.close()
            raise
        self._number = reply[3]
        self._open = True
        if access == 0:
            mark(name)
        if autocommit is False:
            self._control("BEGIN")

    def _set_modes(self) -> None:
        """Work out what each request says about transactions and types."""
        self._legacy = self._autocommit is not True and self._autocommit is not False
        self._begin = self._level if self._legacy else None
        self._flags = (0 if self._text_factory is str else 1) | (2 if self._detect else 0)
        self._converts = self._text_factory is not str or self._detect != 0

    def _check(self) -> None:
        """Refuse to work when closed, never opened or in another thread."""
        if self._thread_of() and self._thread != get_ident():
            raise ProgrammingError(
                "SQLite objects created in a thread can only be used in that same thread. "
                f"The object was created in thread id {self._thread} and this is thread id {get_ident()}.")
        self._check_open()

    def _check_open(self) -> None:
        """Refuse to work when closed or never opened."""
        if self._channel is None:
            if not hasattr(self, "_number"):
                raise ProgrammingError("Base Connection.__init__ not called.")
            raise ProgrammingError("Cannot operate on a closed database.")

    def _thread_of(self) -> int:
        return getattr(self, "_thread", 0)

    def _request(self, message: tuple) -> tuple:
        """The reply to `message`. Raises what plain sqlite3 raises."""
        channel = self._channel
        if channel is None:
            self._check()
            raise ProgrammingError("Cannot operate on a closed database.")
        with channel.lock:
            channel.tell(message)
            reply = channel.hear()
            while reply[0] == 3:
                self._answer(reply)
                reply = channel.hear()
        self._in_transaction = reply[1]
        if reply[0] == 0:
            return reply
        if reply[0] == 1:
            raise native.sql_error(reply[2], reply[3])
        raise native.misuse(reply[2], reply[3])

    def _stale(self) -> list[int]:
        """Statements that nobody will fetch from any more."""
        if not self._left:
            return self._left
        left, self._left = self._left, []
        return left

    def _forget(self, handle: int) -> None:
        """End a statement that has rows left."""
        if self._channel is not None:
            with self._channel.lock:
                self._channel.tell((CLOSE, [handle]))

    def _parameter_names(self, sql: str) -> list:
        """Names of the parameters of `sql`, None for one without."""
        names = self._parameters.get(sql)
        if names is None:
            if len(self._parameters) > 256:
                self._parameters.clear()
            names = self._parameters[sql] = self._request((NAMES, sql))[2]
        return names

    def _cells(self, row: tuple, converters: list | None, names: tuple | None) -> Iterator[Any]:
        """The cells of a row as the candidate wants them."""
        make = self._text_factory
        for index, cell in enumerate(row):
            text = type(cell) is list
            converter = converters[index] if converters is not None else None
            if converter is not None:
                if cell is not None:
                    octets = cell[0] if text else cell if type(cell) is bytes else str(cell).encode()
                    cell = converter(octets)
            elif text:
                if make is str:
                    try:
                        cell = cell[0].decode()
                    except UnicodeDecodeError:
                        shown = cell[0].decode("ascii", "replace") if native.NEW_312 else \
                            cell[0].decode("utf-8", "replace")
                        name = names[index] if names else ""
                        raise native.OperationalError(
                            f"Could not decode to UTF-8 column '{name}' with text '{shown}'") from None
                else:
                    cell = cell[0] if make is bytes else make(cell[0])
            yield cell

    @property
    def text_factory(self) -> Any:
        """What text is made with; bytes to leave it as it is."""
        return self._text_factory

    @text_factory.setter
    def text_factory(self, value: Any) -> None:
        self._text_factory = value
        self._set_modes()

    @property
    def isolation_level(self) -> str | None:
        """How transactions are opened implicitly; None for not at all."""
        self._check_open()
        return self._level

    @isolation_level.setter
    def isolation_level(self, value: str | None) -> None:
        level = _level(value)
        if level is None:
            self._check()
            if self._in_transaction:
                self._control("COMMIT")
        self._level = level
        self._set_modes()

    @isolation_level.deleter
    def isolation_level(self) -> None:
        raise AttributeError("cannot delete attribute")

    if native.NEW_312:
        @property
        def autocommit(self) -> Any:
            """Whether each statement is its own transaction."""
            self._check()
            return self._autocommit

        @autocommit.setter
        def autocommit(self, value: Any) -> None:
            self._check()
            if value is not True and value is not False and value != LEGACY:
                raise ValueError("autocommit must be True, False, or sqlite3.LEGACY_TRANSACTION_CONTROL")
            if value is True and self._in_transaction:
                self._control("COMMIT")
            if value is False and not self._in_transaction:
                self._control("BEGIN")
            self._autocommit = value
            self._set_modes()

        def getconfig(self, op: int, /) -> bool:
            """Query a boolean connection configuration option."""
            self._check()
            return bool(self._request((CONFIGURE, op, -1))[2])

        def setconfig(self, op: int, enable: bool = True, /) -> None:
            """Set a boolean connection configuration option."""
            self._check()
            self._request((CONFIGURE, op, int(enable)))

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        self._check_open()
        return self._in_transaction

    @property
    def total_changes(self) -> int:
        """Rows changed since the connection was opened."""
        self._check_open()
        return self._request((TOTAL,))[2]

    def _control(self, sql: str) -> None:
        """Run a statement of transaction control."""
        self._request((CONTROL, sql))

    def cursor(self, factory: Any = Cursor) -> Any:
        """Return a cursor for the connection."""
        self._check()
        cursor = factory(self)
        if not isinstance(cursor, Cursor):
            raise TypeError(f"factory must return a cursor, not {type(cursor).__name__}")
        if self.row_factory is not None:
            cursor.row_factory = self.row_factory
        return cursor

    def execute(self, sql: str, parameters: Any = (), /) -> Any:
        """Executes an SQL statement."""
        return self.cursor().execute(sql, parameters)

    def executemany(self, sql: str, parameters: Any, /) -> Any:
        """Repeatedly executes an SQL statement."""
        return self.cursor().executemany(sql, parameters)

    def executescript(self, sql_script: str, /) -> Any:
        """Executes multiple SQL statements at once."""
        return self.cursor().executescript(sql_script)

    def commit(self) -> None:
        """Commit any pending transaction to the database."""
        self._check()
        if self._autocommit is False:
            self._control("COMMIT")
            self._control("BEGIN")
        elif self._legacy and self._in_transaction:
            self._control("COMMIT")

    def rollback(self) -> None:
        """Roll back to the start of any pending transaction."""
        self._check()
        if self._autocommit is False:
            self._control("ROLLBACK")
            self._control("BEGIN")
        elif self._legacy and self._in_transaction:
            self._control("ROLLBACK")

    def __enter__(self) -> "Connection":
        self._check()
        return self

    def __exit__(self, kind: Any, value: Any, trace: Any, /) -> bool:
        if kind is None:
            try:
                self.commit()
            except BaseException:
                self.rollback()
                raise
        else:
            self.rollback()
        return False

    def close(self) -> None:
        """Close the database connection."""
        if self._thread_of() and self._thread != get_ident():
            self._check()
        channel = self._channel
        if channel is None:
            if not hasattr(self, "_number"):
                raise ProgrammingError("Base Connection.__init__ not called.")
            return
        try:
            if self._in_transaction:
                self._control("ROLLBACK")
        except native.Error:
            pass
        self._channel = None
        channel.close()

    def __del__(self) -> None:
        channel = self._channel
        if channel is not None and self._open:
            if native.NEW_313 and not sys.is_finalizing():
                warnings.warn(f"unclosed database in {self!r}", ResourceWarning, stacklevel=2, source=self)
            channel.close()

    def interrupt(self) -> None:
        """Abort any pending database operation."""
        self._check_open()
        self._channel.tell((INTERRUPT,))  # type: ignore[union-attr]

    def getlimit(self, category: int, /) -> int:
        """Get connection run-time limits."""
        return self.setlimit(category, -1)

    def setlimit(self, category: int, limit: int, /) -> int:
        """Set connection run-time limits; the broker's own are not raised."""
        self._check()
        return self._request((LIMIT, category, limit))[2]

    def backup(self, target: "Connection", *, pages: int = -1,
               progress: Callable[[int, int, int], object] | None = None, name: str = "main",
               sleep: float = 0.250) -> None:
        """Makes a backup of the database."""
        self._check()
        if not isinstance(target, Connection):
            raise TypeError(
                f"backup() argument 'target' must be sqlite3.Connection, not {type(target).__name__}")
        target._check()
        if target is self:
            raise ValueError("target cannot be the same connection instance")
        if progress is not None and not callable(progress):
            raise TypeError("progress argument must be a callable")
        if target._in_transaction:
            raise native.OperationalError("target is in transaction")
        total = self._request((BACKUP, target._number, name, "main"))[2]
        if progress is not None:
            step = pages if pages > 0 else total
            for done in range(step, total + step, step) if step else (0,):
                left = max(total - done, 0)
                progress(native.REAL.SQLITE_DONE if left == 0 else native.REAL.SQLITE_OK, left, total)

    def serialize(self, *, name: str = "main") -> bytes:
        """Serialize a database into a byte string."""
        self._check()
        return self._request((SERIALIZE, name))[2]

    def deserialize(self, data: Any, /, *, name: str = "main") -> None:
        """Load a serialized database."""
        self._check()
        self._request((DESERIALIZE, name, bytes(data)))

    def blobopen(self, table: str, column: str, row: int, /, *, readonly: bool = False,
                 name: str = "main") -> Any:
        """Open and return a BLOB object."""
        from .blob import Blob

        self._check()
        return Blob._opened(self, name, table, column, row, bool(readonly))

    def iterdump(self, **options: Any) -> Iterator[str]:
        """Returns iterator to the dump of the database in an SQL text format."""
        from sqlite3.dump import _iterdump

        self._check()
        return _iterdump(self, **options)

    def enable_load_extension(self, enable: bool, /) -> None:
        """Extensions cannot be loaded; asking for them is not refused, loading one is."""
        self._check()

    def load_extension(self, name: str, /, **options: Any) -> None:
        """Refused."""
        self._check()
        raise native.sql_error(1, "not authorized")


if not hasattr(native.REAL.Connection, "load_extension"):  # some interpreters are built without
    del Connection.enable_load_extension, Connection.load_extension


def connect(database: Any, timeout: float = 5.0, detect_types: int = 0,
            isolation_level: str | None = "", check_same_thread: bool = True,
            factory: Any = Connection, cached_statements: int = 128, uri: bool = False,
            **options: Any) -> Any:
    """Open a connection to the SQLite database file 'database'.

    You can use ":memory:" to open a database connection to a database that
    resides in RAM instead of on disk.
    """
    if options and (not native.NEW_312 or set(options) != {"autocommit"}):
        odd = next(name for name in options if name != "autocommit" or not native.NEW_312)
        raise TypeError(f"Connection() got an unexpected keyword argument '{odd}'" if native.NEW_313 else
                        f"'{odd}' is an invalid keyword argument for Connection()")
    return factory(database, timeout, detect_types, isolation_level, check_same_thread, factory,
                   cached_statements, uri, **options)
