# SPDX-License-Identifier: MIT
"""Notes which relation was loaded late, for how many objects, and the candidate's line that touched it.

A candidate's code may take the listener out; how many statements ran is counted outside of this process.
"""
from __future__ import annotations

from typing import Any

import guard

try:
    from sqlalchemy import event
    from sqlalchemy.orm import Session
except ImportError:
    event = None  # type: ignore[assignment]

MAX_RELATIONS = 100


class Noted:
    """Loads since the last `take`, by relation."""

    relations: dict[str, dict[str, Any]] = {}


def _on_execute(state: Any) -> None:
    try:
        if state.is_column_load:
            _note("", state, refreshed=True)
        elif state.is_relationship_load and state.lazy_loaded_from is not None:
            path = state.loader_strategy_path
            if path is None:
                return
            mapper, prop = path[-2], path[-1]
            owner = mapper.class_ if hasattr(mapper, "class_") else prop.parent.class_
            _note(f"{guard.text(owner.__module__, 200)}.{guard.text(owner.__qualname__, 200)}.{guard.text(prop.key, 200)}", state)
    except BaseException:  # what cannot be named is counted outside
        pass


def _note(relation: str, state: Any, refreshed: bool = False) -> None:
    if refreshed:
        mapper = state.bind_mapper
        relation = f"{guard.text(mapper.class_.__module__, 200)}.{guard.text(mapper.class_.__qualname__, 200)}" if mapper is not None else ""
    key = f"{relation} {refreshed}"
    entry = Noted.relations.get(key)
    if entry is None:
        if len(Noted.relations) >= MAX_RELATIONS:
            return
        entry = Noted.relations[key] = {"relation": relation, "count": 0, "refresh": refreshed, "place": guard.caller()}
    entry["count"] += 1
    if not entry["place"]:
        entry["place"] = guard.caller()


def install() -> None:
    """Listen from now on; once per process, before any candidate."""
    if event is not None and hasattr(Session, "dispatch") and hasattr(Session.dispatch, "do_orm_execute"):
        event.listen(Session, "do_orm_execute", _on_execute)


def take() -> list[dict[str, Any]]:
    """The loads since the last call: [{relation, count, refresh, place}], by relation."""
    found = [Noted.relations[key] for key in sorted(Noted.relations)]
    Noted.relations = {}
    return found
