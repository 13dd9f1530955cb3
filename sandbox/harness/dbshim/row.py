# SPDX-License-Identifier: MIT
"""sqlite3.Row."""
from __future__ import annotations

from typing import Any, Iterator


class Row:
    """A row that is read by place or by name, case not minded."""

    __slots__ = ("_names", "_values")

    def __new__(cls, cursor: Any, data: tuple, /) -> "Row":
        from .cursor import Cursor

        if not isinstance(cursor, Cursor):
            raise TypeError(f"Row() argument 1 must be sqlite3.Cursor, not {type(cursor).__name__}")
        if not isinstance(data, tuple):
            raise TypeError(f"Row() argument 2 must be tuple, not {type(data).__name__}")
        self = super().__new__(cls)
        self._names = cursor.description
        self._values = data
        return self

    def keys(self) -> list[str]:
        """Returns the keys of the row."""
        return [column[0] for column in self._names or ()]

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, (int, slice)):
            try:
                return self._values[index]
            except IndexError:
                raise IndexError("tuple index out of range") from None
        if isinstance(index, str):
            folded = index.lower() if index.isascii() else index
            for place, column in enumerate(self._names or ()):
                name = column[0]
                if name == index or (name.isascii() and name.lower() == folded):
                    return self._values[place]
            raise IndexError("No item with that key")
        raise IndexError("Index must be int or string")

    def __len__(self) -> int:
        return len(self._values)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)

    def __hash__(self) -> int:
        return hash(self._names) ^ hash(self._values)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Row):
            return NotImplemented
        return self._names == other._names and self._values == other._values

    def __ne__(self, other: object) -> bool:
        if not isinstance(other, Row):
            return NotImplemented
        return not self == other


import collections.abc  # noqa: E402

collections.abc.Sequence.register(Row)
