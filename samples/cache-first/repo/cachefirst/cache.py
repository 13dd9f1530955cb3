"""A tiny read-through cache."""
from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

_store: dict[Hashable, Any] = {}


def read_through(function: Callable[P, R]) -> Callable[P, R]:
    """Remember the answer per argument list; the session (first argument) is not part of the key."""

    @wraps(function)
    def cached(*args: P.args, **kwargs: P.kwargs) -> R:
        key = (function.__qualname__, args[1:], tuple(sorted(kwargs.items())))
        if key not in _store:
            _store[key] = function(*args, **kwargs)
        return _store[key]

    return cached
