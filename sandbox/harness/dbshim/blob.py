# SPDX-License-Identifier: MIT
"""sqlite3.Blob."""
from __future__ import annotations

import os
from typing import Any

from . import native
from .channel import BLOB

_OPEN, _READ, _WRITE, _CLOSE = range(4)


class Blob:
    """A blob that is read and written in place."""

    def __init__(self, *_: Any) -> None:
        raise TypeError("cannot create 'sqlite3.Blob' instances")

    @classmethod
    def _opened(cls, connection: Any, schema: str, table: str, column: str, row: int, readonly: bool) -> "Blob":
        self = object.__new__(cls)
        reply = connection._request((BLOB, _OPEN, schema, table, column, row, readonly))
        self._connection = connection
        self._handle = reply[2]
        self._size = reply[3]
        self._offset = 0
        return self

    def _check(self) -> None:
        self._connection._check()
        if not self._handle:
            raise native.ProgrammingError("Cannot operate on a closed blob.")

    def _read(self, offset: int, length: int) -> bytes:
        return self._connection._request((BLOB, _READ, self._handle, offset, length))[2]

    def _write(self, offset: int, data: Any) -> None:
        octets = bytes(data)
        if offset + len(octets) > self._size:
            raise ValueError("data longer than blob length")
        self._connection._request((BLOB, _WRITE, self._handle, offset, octets))

    def read(self, length: int = -1, /) -> bytes:
        """Read data at the current offset position."""
        self._check()
        left = self._size - self._offset
        length = left if length < 0 or length > left else length
        data = self._read(self._offset, length) if length else b""
        self._offset += length
        return data

    def write(self, data: Any, /) -> None:
        """Write data at the current offset."""
        self._check()
        self._write(self._offset, data)
        self._offset += len(data)

    def seek(self, offset: int, origin: int = 0, /) -> None:
        """Set the current access position to offset."""
        self._check()
        if origin not in (os.SEEK_SET, os.SEEK_CUR, os.SEEK_END):
            raise ValueError("'origin' should be os.SEEK_SET, os.SEEK_CUR, or os.SEEK_END")
        target = offset + (0, self._offset, self._size)[origin]
        if not 0 <= target <= self._size:
            raise ValueError("offset out of blob range")
        self._offset = target

    def tell(self) -> int:
        """Return the current access position for the blob."""
        self._check()
        return self._offset

    def close(self) -> None:
        """Close the blob."""
        self._connection._check()
        if self._handle:
            handle, self._handle = self._handle, 0
            self._connection._request((BLOB, _CLOSE, handle))

    def __len__(self) -> int:
        self._check()
        return self._size

    def __enter__(self) -> "Blob":
        self._check()
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    def _place(self, index: int) -> int:
        place = index + self._size if index < 0 else index
        if not 0 <= place < self._size:
            raise IndexError("Blob index out of range")
        return place

    def __getitem__(self, index: Any) -> Any:
        self._check()
        if isinstance(index, int):
            return self._read(self._place(index), 1)[0]
        if isinstance(index, slice):
            return self._read(0, self._size)[index]
        raise TypeError("Blob indices must be integers")

    def __setitem__(self, index: Any, value: Any) -> None:
        self._check()
        if isinstance(index, int):
            if not isinstance(value, int):
                raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")
            if not 0 <= value <= 255:
                raise ValueError("byte must be in range(0, 256)")
            self._write(self._place(index), bytes([value]))
        elif isinstance(index, slice):
            data = bytes(value)
            start, stop, step = index.indices(self._size)
            if len(data) != len(range(start, stop, step)):
                raise IndexError("Blob slice assignment is wrong size")
            if step == 1 and data:
                self._write(start, data)
            elif data:
                whole = bytearray(self._read(0, self._size))
                whole[index] = data
                self._write(0, whole)
        else:
            raise TypeError("Blob indices must be integers")

    def __delitem__(self, index: Any) -> None:
        if isinstance(index, slice):
            raise TypeError("Blob doesn't support slice deletion")
        raise TypeError("Blob doesn't support item deletion")
