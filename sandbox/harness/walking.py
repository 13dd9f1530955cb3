# SPDX-License-Identifier: MIT
"""Turns whatever a candidate's function gave back into plain values, loading only what it is told to.

A node is {c: class, k: [key], v: {name: scalar}, r: {name: [nodes]}} for an object, {l: [nodes]} for a
list, {d: {name: node}} for a mapping, or a scalar. Long texts are cut, deep and large results too.
"""
from __future__ import annotations

import dataclasses
import types
import uuid
from collections import abc
from typing import Any

import guard

try:
    from sqlalchemy import inspect
    from sqlalchemy.exc import MissingGreenlet
    from sqlalchemy.orm import Query
    from sqlalchemy.orm.attributes import QueryableAttribute
except ImportError:
    inspect = None  # type: ignore[assignment]

MAX_NODES = 6000
MAX_DEPTH = 9
MAX_TEXT = 160


class Walk:
    """One walk: what to follow, and what happened on the way."""

    def __init__(self, follow: dict[str, list[str]], entry: dict[str, list[str]], session: Any = None) -> None:
        self.follow = follow
        self.entry = entry
        self.inner = 0
        self.session = session
        self.left = MAX_NODES
        self.seen: set[int] = set()
        self.kept: list[Any] = []
        self.loaded: dict[str, list[int]] = {}
        self.missing: dict[str, dict[str, Any]] = {}

    def node(self, value: Any, depth: int = 0) -> Any:
        """The node of `value`."""
        self.left -= 1
        if self.left < 0 or depth > MAX_DEPTH:
            return None
        if value is None or isinstance(value, (bool, int, float, str, bytes)):
            return self.scalar(value)
        state = self.state_of(value)
        if state is not None:
            return self.mapped(value, state, depth)
        return self.other(value, depth)

    @staticmethod
    def scalar(value: Any) -> Any:
        """A plain value of the exact type."""
        if value is None or type(value) is bool:
            return value
        if isinstance(value, bytes):
            return bytes(value[:MAX_TEXT])
        if isinstance(value, str):
            return guard.plain(value, MAX_TEXT)
        if isinstance(value, int):
            return int(value) if -(2**63) <= value < 2**63 else 0
        if isinstance(value, float):
            return float(value)
        if isinstance(value, uuid.UUID):
            return value.hex
        return guard.text(value, MAX_TEXT)

    @staticmethod
    def state_of(value: Any) -> Any:
        """The mapper's state of an object, None if it is not mapped."""
        if isinstance(value, type) or not hasattr(type(value), "__mapper__"):
            return None
        return guard.attempt(lambda: inspect(value))

    def mapped(self, value: Any, state: Any, depth: int) -> Any:
        """An object of a mapped class: its scalars that are there, and the relations to follow."""
        mapper = state.mapper
        names = [f"{base.__module__}.{base.__qualname__}" for base in type(value).__mro__[:20]]
        node: dict[str, Any] = {"c": guard.plain(names[0], 300)}
        if id(value) in self.seen:
            identity = guard.attempt(lambda: state.identity)
            return node | {"k": [self.scalar(part) for part in identity or ()]}
        self.seen.add(id(value))
        self.kept.append(value)
        relations = set(mapper.relationships.keys())
        if guard.attempt(lambda: bool(state.expired_attributes), False):
            first = next((key for key in mapper.column_attrs.keys()), None)
            if first is not None:
                self.read(names[0], value, first, "")
        node["k"] = [self.scalar(part) for part in state.identity or ()]
        node["v"] = {
            guard.plain(key, 100): self.scalar(item)
            for key, item in list(state.dict.items())[:100]
            if key not in relations and not key.startswith("_") and not isinstance(item, (list, dict, set))
        }
        followed: dict[str, Any] = {}
        wanted = [key for name in names for key in self.follow.get(name, ())]
        if self.inner == 0:
            wanted += [key for name in names for key in self.entry.get(name, ())]
        self.inner += 1
        for key in dict.fromkeys(wanted):
            if key not in relations or depth >= MAX_DEPTH - 1:
                continue
            count = self.loaded.setdefault(f"{names[0]}.{key}", [0, 0])
            count[0] += 1
            count[1] += key in state.dict
            if key not in state.dict and self.needs_greenlet(value, state, mapper.relationships[key]):
                self.miss(f"{names[0]}.{key}", MissingGreenlet("reading it loads it, which async code cannot do"))
                continue
            there, content = self.read(names[0], value, key, f"{names[0]}.{key}")
            if there:
                items = self.items_of(content)
                followed[guard.plain(key, 100)] = [self.node(item, depth + 1) for item in items]
        self.inner -= 1
        node["r"] = followed
        return node

    def read(self, class_name: str, value: Any, key: str, relation: str) -> tuple[bool, Any]:
        """An attribute, or what reading it raised."""
        try:
            return True, getattr(value, key)
        except BaseException as problem:
            self.miss(relation or class_name, problem)
            return False, None

    def miss(self, what: str, problem: BaseException) -> None:
        """Count one reading of `what` that failed."""
        entry = self.missing.setdefault(what, {"count": 0, "error": guard.error(problem)})
        entry["count"] += 1

    @staticmethod
    def needs_greenlet(value: Any, state: Any, relation: Any) -> bool:
        """Whether the candidate's async code cannot read a relation that is not loaded: the walk could, in
        a greenlet of its own. `await post.awaitable_attrs.comments` is the way for classes that have it."""
        plain_attribute = relation.lazy not in ("dynamic", "write_only", "noload", "raise", "raise_on_sql")
        owner = guard.attempt(lambda: state.async_session)
        return plain_attribute and owner is not None and not hasattr(type(value), "awaitable_attrs")

    def items_of(self, content: Any) -> list[Any]:
        """The members of a relation: a collection of any kind, a query for one, one object, nothing."""
        if content is None:
            return []
        if hasattr(type(content), "__mapper__"):
            return [content]
        if isinstance(content, abc.Mapping):
            return list(content.values())[:2000]
        if hasattr(content, "select") and not isinstance(content, abc.Iterable) and self.session is not None:
            statement = content.select()
            return list(self.session.scalars(statement))[:2000]
        return list(content)[:2000]

    def other(self, value: Any, depth: int) -> Any:
        """Anything that is not mapped and not a scalar."""
        if hasattr(type(value), "_mapping") and hasattr(value, "_fields"):
            fields = [guard.plain(str(field), 100) for field in value._fields]
            return {"d": {f"{i} {field}": self.node(item, depth + 1) for i, (field, item) in enumerate(zip(fields, tuple(value)))}}
        if isinstance(value, abc.Mapping):
            return {"d": {self.key_text(key, i): self.pair(key, item, depth) for i, (key, item) in enumerate(list(value.items())[:2000])}}
        if isinstance(value, (list, tuple, set, frozenset, abc.KeysView, abc.ValuesView)):
            return {"l": [self.node(item, depth + 1) for item in list(value)[:2000]]}
        if isinstance(value, (types.FunctionType, types.MethodType, type, types.ModuleType)):
            return None
        for name in ("model_dump", "dict"):
            dump = getattr(type(value), name, None)
            if dump is not None and hasattr(type(value), "__fields__"):
                return self.node(getattr(value, name)(), depth + 1)
        if dataclasses.is_dataclass(value):
            return {"d": {field.name: self.node(getattr(value, field.name), depth + 1) for field in dataclasses.fields(value)}}
        if hasattr(value, "items") and hasattr(value, "pages") or hasattr(value, "items") and hasattr(value, "page"):
            items = value.items
            return self.node(items() if callable(items) else items, depth + 1)
        if isinstance(value, abc.Iterable) and hasattr(value, "__iter__"):
            return {"l": [self.node(item, depth + 1) for item in list(value)[:2000]]}
        own = guard.attempt(lambda: dict(vars(value)), None)
        if own is None:
            own = {name: getattr(value, name, None) for name in getattr(type(value), "__slots__", ())}
        if own and not type(value).__module__.startswith(("sqlalchemy", "datetime", "decimal", "enum")):
            return {"d": {guard.plain(str(key), 100): self.node(item, depth + 1) for key, item in list(own.items())[:100]}}
        return self.scalar(value)

    def pair(self, key: Any, item: Any, depth: int) -> Any:
        """A member of a mapping; an object used as its key goes with it."""
        node = self.node(item, depth + 1)
        if isinstance(key, (str, int)) and type(key) is not bool:
            return node
        return {"d": {"0 key": self.node(key, depth + 1), "1 value": node}}

    @staticmethod
    def key_text(key: Any, index: int) -> str:
        """A name for a member: its own where it is a text or a number."""
        return guard.plain(str(key), 100) if isinstance(key, (str, int)) else f"#{index}"


def is_statement(value: Any) -> bool:
    """Whether `value` is a statement that the caller is meant to run."""
    return hasattr(value, "_execute_on_connection") and hasattr(value, "compile") and not isinstance(value, QueryableAttribute)


def is_query(value: Any) -> bool:
    """Whether `value` is a legacy query that was not run."""
    return isinstance(value, Query)
