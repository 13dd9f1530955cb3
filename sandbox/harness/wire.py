# SPDX-License-Identifier: MIT
"""Plain values as bytes: Python's end of sandbox/wire/codec.hpp.

The layout is a part of marshal's version 2, so both directions run in C. What is encoded is checked
here to be plain; what is decoded comes from the engine or its broker, never from a candidate.
"""
from __future__ import annotations

import marshal
from typing import Any

FORMAT = 2
MAX_BYTES = 256 * 1024
MAX_DEPTH = 16
MAX_ITEMS = 100_000
_LOWEST, _HIGHEST = -(2**63), 2**63 - 1
_SIMPLE = frozenset({type(None), bool, float, bytes})


class WireError(ValueError):
    """A value that has no encoding."""


def _check(value: object, depth: int, left: int) -> int:
    """Count the values in `value` against `left`; refuse what is not plain."""
    left -= 1
    if left < 0:
        raise WireError("too many values")
    kind = type(value)
    if kind in _SIMPLE:
        return left
    if kind is str:
        try:
            value.encode()  # type: ignore[attr-defined]
        except UnicodeEncodeError:
            raise WireError("text that is not UTF-8") from None
        return left
    if kind is int:
        if not _LOWEST <= value <= _HIGHEST:  # type: ignore[operator]
            raise WireError("integer outside 64 bits")
        return left
    if kind is not list and kind is not tuple and kind is not dict:
        raise WireError(f"{kind.__name__} is no plain value")
    if depth >= MAX_DEPTH:
        raise WireError("nested too deep")
    if kind is dict:
        for key, item in value.items():  # type: ignore[attr-defined]
            if type(key) is not str:
                raise WireError("dict key that is no text")
            left = _check(key, depth + 1, left)
            left = _check(item, depth + 1, left)
        return left - 1
    for item in value:  # type: ignore[attr-defined]
        left = _check(item, depth + 1, left)
    return left


def encode(value: Any, limit: int = MAX_BYTES) -> bytes:
    """The encoding of `value`, at most `limit` bytes. Raises WireError for what has none."""
    _check(value, 0, MAX_ITEMS)
    encoded = marshal.dumps(value, FORMAT)
    if len(encoded) > limit:
        raise WireError(f"more than {limit} bytes")
    return encoded


def decode(encoded: bytes) -> Any:
    """The value that `encoded`, written by the engine or the broker, holds."""
    return marshal.loads(encoded)


def frame(message: bytes) -> bytes:
    """`message` as it travels on a byte stream: its length, then itself."""
    return len(message).to_bytes(4, "little") + message
