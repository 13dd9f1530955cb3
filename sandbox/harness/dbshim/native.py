# SPDX-License-Identifier: MIT
"""What stays the interpreter's own: exceptions, constants, adapters, converters."""
from __future__ import annotations

import _sqlite3 as REAL
import sys
import traceback
from typing import Any, Callable

NEW_312 = sys.version_info >= (3, 12)
NEW_313 = sys.version_info >= (3, 13)

Error = REAL.Error
ProgrammingError = REAL.ProgrammingError
OperationalError = REAL.OperationalError
InterfaceError = REAL.InterfaceError

#: Types that go over the wire as they are. A type with an adapter is taken out.
PLAIN: set[type] = {type(None), int, float, str, bytes, bool, bytearray}

_PRIMARY = (
    "OK ERROR INTERNAL PERM ABORT BUSY LOCKED NOMEM READONLY INTERRUPT IOERR CORRUPT NOTFOUND FULL CANTOPEN "
    "PROTOCOL EMPTY SCHEMA TOOBIG CONSTRAINT MISMATCH MISUSE NOLFS AUTH FORMAT RANGE NOTADB NOTICE WARNING").split()
_NAMES = {number: f"SQLITE_{name}" for number, name in enumerate(_PRIMARY)}
_NAMES.update({value: name for name, value in vars(REAL).items()
               if name.startswith("SQLITE_") and isinstance(value, int) and value >= 256
               and name.split("_")[1] in _PRIMARY})

_CLASSES: dict[int, type[BaseException]] = {2: REAL.InternalError, 12: REAL.InternalError, 7: MemoryError,
                                            11: REAL.DatabaseError, 18: REAL.DataError,
                                            19: REAL.IntegrityError, 20: REAL.IntegrityError,
                                            21: REAL.InterfaceError, 25: REAL.InterfaceError}
_CLASSES.update({code: REAL.OperationalError for code in (1, 3, 4, 5, 6, 8, 9, 10, 13, 14, 15, 16, 17)})

_MISUSE: dict[str, Any] = {
    "multiple": REAL.ProgrammingError,
    "null": REAL.ProgrammingError,
    "OverflowError": OverflowError,
    "UnicodeEncodeError": REAL.OperationalError,
    "ValueError": ValueError,
}

_tracebacks = False


def sql_error(code: int, text: str) -> BaseException:
    """The exception of plain sqlite3 for an extended result code."""
    kind = _CLASSES.get(code & 0xFF, REAL.DatabaseError)
    if kind is MemoryError:
        return MemoryError()
    error = kind(text)
    error.sqlite_errorcode = code  # type: ignore[attr-defined]
    error.sqlite_errorname = _NAMES.get(code, "unknown")  # type: ignore[attr-defined]
    return error


def misuse(name: str, text: str) -> BaseException:
    """The exception that the driver itself raises."""
    return (_MISUSE.get(name) or getattr(REAL, name))(text)


def register_adapter(kind: type, adapter: Callable[[Any], Any], /) -> None:
    """Register a function to adapt Python objects to SQLite values."""
    REAL.register_adapter(kind, adapter)
    PLAIN.discard(kind)


def enable_callback_tracebacks(enable: bool, /) -> None:
    """Enable or disable callback functions throwing errors to stderr."""
    global _tracebacks
    _tracebacks = bool(enable)


def report_callback() -> None:
    """Show the exception of a callback, if asked to."""
    if _tracebacks:
        traceback.print_exc()


def adapt(value: Any) -> Any:
    """`value` as one of the five SQLite types. Raises what plain sqlite3 raises, by a caller who knows the place."""
    kind = type(value)
    if kind in PLAIN:
        return value
    value = REAL.adapt(value, REAL.PrepareProtocol, value)
    kind = type(value)
    if kind in (type(None), int, float, str, bytes):
        return value
    if isinstance(value, int):
        return int.__int__(value)
    if isinstance(value, float):
        return float.__float__(value)
    if isinstance(value, str):
        return str.__str__(value)
    try:
        return bytes(memoryview(value))
    except TypeError:
        raise Unsupported(kind.__name__) from None


class Unsupported(Exception):
    """A value that is no SQLite value; its argument is the name of the type."""


def unsupported(place: int, kind: str) -> BaseException:
    """The exception for the parameter at `place`, of the type `kind`."""
    return REAL.ProgrammingError(f"Error binding parameter {place}: type '{kind}' is not supported")
