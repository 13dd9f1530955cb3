# SPDX-License-Identifier: MIT
"""Notes which relation was loaded late, for how many objects, and the candidate's line that touched it.

The functions through which the ORM loads late are wrapped. The public event for it, do_orm_execute, will
not do: any listener, even an empty one, makes `yield_per` with selectinload raise InvalidRequestError, which
would be charged to good code. A candidate's code may take the wrappers out; how many statements ran is counted
outside of this process.
"""
from __future__ import annotations

import functools
from typing import Any

import guard

try:
    from sqlalchemy.orm import Session, loading, strategies
except ImportError:
    Session = loading = strategies = None  # type: ignore[assignment,misc]

MAX_RELATIONS = 100


class Noted:
    """Loads since the last `take`, by relation."""

    relations: dict[str, dict[str, Any]] = {}


def _name(kind: Any) -> str:
    return f"{guard.text(kind.__module__, 200)}.{guard.text(kind.__qualname__, 200)}"


def _note(relation: str, refreshed: bool = False) -> None:
    key = f"{relation} {refreshed}"
    entry = Noted.relations.get(key)
    if entry is None:
        if len(Noted.relations) >= MAX_RELATIONS:
            return
        entry = Noted.relations[key] = {"relation": relation, "count": 0, "refresh": refreshed, "place": guard.caller()}
    entry["count"] += 1
    if not entry["place"]:
        entry["place"] = guard.caller()


def _noting(function: Any, note: Any) -> Any:
    """`function`, telling `note` of its arguments first."""

    @functools.wraps(function)
    def noted(*arguments: Any, **named: Any) -> Any:
        guard.attempt(lambda: note(*arguments, **named))  # what cannot be named is counted outside
        return function(*arguments, **named)

    return noted


def _lazily(loader: Any, *_: Any, **__: Any) -> None:
    _note(f"{_name(loader.parent.class_)}.{guard.text(loader.key, 200)}")


def _columns(mapper: Any, state: Any, names: Any, *_: Any, **__: Any) -> None:
    """An expired object is read again; other columns that come late were deferred."""
    if state.expired_attributes.intersection(names):
        _note(_name(mapper.class_), refreshed=True)
    else:
        _note(f"{_name(mapper.class_)}.{guard.text(sorted(names)[0], 200)}")


def _again(_: Any, instance: Any, attribute_names: Any = None, *__: Any, **___: Any) -> None:
    if attribute_names:
        for name in attribute_names:
            _note(f"{_name(type(instance))}.{guard.text(getattr(name, 'key', name), 200)}")
    else:
        _note(_name(type(instance)), refreshed=True)


def install() -> None:
    """Note from now on; once per process, before any candidate."""
    lazy = getattr(strategies, "LazyLoader", None)
    if hasattr(lazy, "_emit_lazyload"):
        lazy._emit_lazyload = _noting(lazy._emit_lazyload, _lazily)
    if hasattr(loading, "load_scalar_attributes"):
        loading.load_scalar_attributes = _noting(loading.load_scalar_attributes, _columns)
    if hasattr(Session, "refresh"):
        Session.refresh = _noting(Session.refresh, _again)


def take() -> list[dict[str, Any]]:
    """The loads since the last call: [{relation, count, refresh, place}], by relation."""
    found = [Noted.relations[key] for key in sorted(Noted.relations)]
    Noted.relations = {}
    return found
