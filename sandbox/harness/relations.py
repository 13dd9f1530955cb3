# SPDX-License-Identifier: MIT
"""Relationships between mapped classes, as SQLAlchemy understood them."""
from __future__ import annotations

from typing import Any

import guard
import registries
import tracking

try:
    from sqlalchemy.orm import RelationshipProperty
except ImportError:
    RelationshipProperty = ()  # type: ignore[assignment, misc]

_DIRECTIONS = {"ONETOMANY": "one_to_many", "MANYTOONE": "many_to_one", "MANYTOMANY": "many_to_many"}
MAX_PAIRS = 20


def _pairs(prop: Any) -> list[list[str]]:
    """[local, remote] columns that the relationship keeps in step, as "table.column"."""
    pairs = []
    for left, right in list(prop.local_remote_pairs or ())[:MAX_PAIRS]:
        pairs.append([guard.text(f"{side.table.name}.{side.name}", 300) for side in (left, right)])
    return pairs


def _has_foreign_keys(prop: Any) -> bool:
    """Whether database foreign keys lie under every pair of columns."""
    pairs = list(prop.synchronize_pairs or ()) + list(prop.secondary_synchronize_pairs or ())
    return bool(pairs) and all(left.references(right) or right.references(left) for left, right in pairs)


def _lazy(value: Any) -> str:
    names = {True: "select", False: "joined", None: "noload"}
    return names[value] if value is None or type(value) is bool else guard.text(value, 40)


def _collection(prop: Any) -> str:
    kind = prop.collection_class
    if kind is None:
        return ""
    return guard.attempt(lambda: guard.plain(kind.__name__, 100), "callable")


def _relationship(entry: tuple[Any, str, Any]) -> dict[str, Any]:
    mapper, key, prop = entry
    finished = bool(getattr(prop, "_configure_finished", False))
    direction = _DIRECTIONS.get(getattr(guard.attempt(lambda: prop.direction), "name", ""), "unknown")
    target = guard.attempt(lambda: registries.class_name(prop.mapper.class_), "") if finished else ""
    table = guard.attempt(lambda: prop.secondary) if finished else None
    reverse = [f"{registries.class_name(other.parent.class_)}.{other.key}" for other in list(getattr(prop, "_reverse_property", ()))[:20]]
    self_referential = finished and guard.attempt(lambda: prop.mapper.common_parent(prop.parent), False)
    return {
        "class": registries.class_name(mapper.class_),
        "key": guard.text(key, 200),
        "configured": finished,
        "target": target,
        "direction": direction,
        "uselist": prop.uselist if type(prop.uselist) is bool else None,
        "lazy": _lazy(prop.lazy),
        "secondary": guard.text(getattr(table, "fullname", ""), 300) if table is not None else "",
        "back_populates": guard.text(prop.back_populates, 200) if prop.back_populates else "",
        "backref": guard.text(prop.backref[0] if isinstance(prop.backref, tuple) else prop.backref, 200) if prop.backref else "",
        "reverse": sorted(guard.plain(item, 400) for item in reverse),
        "cascade": sorted(guard.text(item, 40) for item in list(guard.attempt(lambda: prop.cascade, ()))[:10]),
        "passive_deletes": guard.text(prop.passive_deletes, 10).lower() if prop.passive_deletes else "",
        "viewonly": bool(prop.viewonly),
        "overlaps": bool(getattr(prop, "_overlaps", None)),
        "ordered": bool(guard.attempt(lambda: prop.order_by is not False and prop.order_by is not None, False)),
        "self_referential": bool(self_referential),
        "remote_side": sorted(guard.text(column.name, 200) for column in list(prop.remote_side)[:MAX_PAIRS]) if finished else [],
        "pairs": guard.attempt(lambda: _pairs(prop), []) if finished else [],
        "foreign_keys": guard.attempt(lambda: _has_foreign_keys(prop), False) if finished else False,
        "collection": _collection(prop),
    }


def relations(arguments: dict[str, Any]) -> dict[str, Any]:
    """A page of the relationships from `offset` on, inherited ones once: {items, total, next or None}.

    Each: {class, key, configured, target, direction, uselist, lazy, secondary, back_populates, backref,
    reverse: ["Class.key"], cascade, passive_deletes, viewonly, overlaps, ordered, self_referential,
    remote_side, pairs: [[local, remote]], foreign_keys (database ones lie under it), collection}.
    Call `registries` first: what is not configured has no target.
    """
    entries = [
        (mapper, key, prop)
        for mapper in tracking.mappers()
        for key, prop in list(mapper._props.items())[:1000]
        if isinstance(prop, RelationshipProperty) and prop.parent is mapper
    ]
    return guard.page(entries, arguments.get("offset"), _relationship)
