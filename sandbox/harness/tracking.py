# SPDX-License-Identifier: MIT
"""Sees every mapper and every table as it is made, whoever makes it and wherever it is kept."""
from __future__ import annotations

import sys
import weakref
from typing import Any

import guard
import shims

try:
    import sqlalchemy
    from sqlalchemy import event
    from sqlalchemy.orm import Mapper, clsregistry
except ImportError:
    sqlalchemy = None  # type: ignore[assignment]

MAX_TRACKED = 20_000


class Seen:
    """What was made so far, in order. Weakly held: what the candidate dropped is gone."""

    mappers: list[Any] = []
    tables: list[tuple[Any, Any]] = []
    places: dict[int, list[Any]] = {}
    mapping_code: set[Any] = set()


def _class_made(mapper: Any, class_: Any) -> None:
    if len(Seen.mappers) >= MAX_TRACKED:
        return
    Seen.mappers.append(weakref.ref(mapper))
    Seen.places[id(class_)] = guard.caller()
    frame: Any = sys._getframe(1)
    for _ in range(60):
        if frame is None:
            break
        if guard.inside(frame.f_code.co_filename):
            Seen.mapping_code.add(frame.f_code)
        frame = frame.f_back


def _table_made(table: Any, metadata: Any) -> None:
    if len(Seen.tables) < MAX_TRACKED:
        Seen.tables.append((weakref.ref(table), weakref.ref(metadata)))
    shims.watch_schemas(guard.attempt(lambda: table.schema))


def install() -> None:
    """Watch from now on; once per process, before the candidate's modules are imported."""
    if sqlalchemy is None:
        return
    event.listen(Mapper, "instrument_class", _class_made)
    event.listen(sqlalchemy.Table, "after_parent_attach", _table_made)


def mappers() -> list[Any]:
    """The living mappers of classes in the candidate's modules or made by them."""
    found = []
    for reference in Seen.mappers:
        mapper = reference()
        if mapper is None or mapper.class_manager.__dict__.get("mapper") is not mapper:
            continue
        found.append(mapper)
    return found


def registries() -> list[Any]:
    """The registries that these mappers belong to, in order."""
    return _distinct([mapper.registry for mapper in mappers()])


def metadatas() -> list[Any]:
    """The MetaData objects that still hold a table, in order."""
    living = [(table(), metadata()) for table, metadata in Seen.tables]
    kept = [metadata for table, metadata in living if table is not None and metadata is not None]
    return [metadata for metadata in _distinct(kept) if len(metadata.tables)]


def _distinct(items: list[Any]) -> list[Any]:
    seen: set[int] = set()
    found = []
    for item in items:
        if id(item) not in seen:
            seen.add(id(item))
            found.append(item)
    return found


def mark() -> tuple[int, int]:
    """A point in time that `roll_back` goes back to."""
    return len(Seen.mappers), len(Seen.tables)


def roll_back(point: tuple[int, int]) -> None:
    """Forget the classes and tables made since `point`, so that a module can be imported again."""
    for reference in Seen.mappers[point[0] :]:
        mapper = reference()
        if mapper is not None:
            guard.attempt(lambda: _dispose(mapper))
    for table_reference, metadata_reference in Seen.tables[point[1] :]:
        table, metadata = table_reference(), metadata_reference()
        if table is not None and metadata is not None:
            guard.attempt(lambda: metadata.remove(table))
    del Seen.mappers[point[0] :]
    del Seen.tables[point[1] :]


def _dispose(mapper: Any) -> None:
    """Take one class out of its registry."""
    registry, class_ = mapper.registry, mapper.class_
    clsregistry.remove_class(class_.__name__, class_, registry._class_registry)
    registry._dispose_cls(class_)
    manager = mapper.class_manager
    registry._dispose_manager_and_mapper(manager)
    registry._managers.pop(manager, None)
