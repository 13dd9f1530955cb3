# SPDX-License-Identifier: MIT
"""Configures every registry by itself and says what each holds; one broken registry hides no other."""
from __future__ import annotations

import types
from typing import Any

import flask_app
import guard
import tracking

try:
    from sqlalchemy.orm import RelationshipProperty
except ImportError:
    RelationshipProperty = ()  # type: ignore[assignment, misc]

MAX_FAILURES = 60
MAX_BASES = 20
_MAPPING_NAMES = frozenset({"map_imperatively", "mapper", "map_declaratively"})


class Inventory:
    """What `registries` found, in the order that pages and indexes refer to."""

    configured: dict[int, dict[str, Any]] = {}
    called: list[dict[str, Any]] = []
    tried: set[Any] = set()


def _holders() -> dict[int, str]:
    """Names for registries and MetaData objects, by identity: where the candidate keeps them."""
    names: dict[int, str] = {}
    for module in guard.candidate_modules():
        for name, value in guard.globals_of(module):
            where = guard.plain(f"{module.__name__}.{name}", 200)
            for item in guard.attempt(lambda: _held(value), []):
                if item is not None:
                    names.setdefault(id(item), where)
    sqlmodel = guard.attempt(lambda: __import__("sys").modules["sqlmodel"].SQLModel)
    if sqlmodel is not None:
        names[id(sqlmodel.metadata)] = "sqlmodel.SQLModel"
        names[id(guard.attempt(lambda: sqlmodel._sa_registry))] = "sqlmodel.SQLModel"
    return names


def _held(value: Any) -> list[Any]:
    """What a global stands for: itself, and the registry and MetaData of a base class."""
    if issubclass(type(value), type):
        own = type.__getattribute__(value, "__dict__")
        registry = own.get("registry") or own.get("_sa_registry")
        if registry is None:
            return [own.get("metadata")]
        return [value, registry, registry.metadata, own.get("metadata")]
    if type.__getattribute__(type(value), "__name__") == "SQLAlchemy":
        return [value.Model, value.metadata, value.Model.registry]
    return [value]


def class_name(class_: type) -> str:
    """The qualified name of a class: module, dot, qualified name."""
    return guard.text(f"{class_.__module__}.{class_.__qualname__}", 300)


def _configure(registry: Any) -> BaseException | None:
    try:
        try:
            registry.configure(cascade=False)
        except Exception as problem:
            if "cascade=False" not in guard.text(problem, 1000):
                raise
            registry.configure(cascade=True)
    except BaseException as problem:
        return problem
    return None


def _broken_properties(registry: Any) -> list[dict[str, Any]]:
    """Each relationship of a failed registry that cannot be set up, and why; the others are set up.

    SQLAlchemy stops at the first. A property that failed is not tried again, so going on by hand finds
    the rest. The registry stays failed, as it would be for the candidate.
    """
    members = [mapper for mapper in tracking.mappers() if mapper.registry is registry]
    pending, failed = registry._new_mappers, [mapper.__dict__.pop("_configure_failed", None) for mapper in members]
    # While these say that all is well, one relationship may look at the mapper of another.
    registry._new_mappers = False
    try:
        return _try_each(members)
    finally:
        registry._new_mappers = pending
        for mapper, was in zip(members, failed):
            if was is not None:
                mapper._configure_failed = was


def _try_each(members: list[Any]) -> list[dict[str, Any]]:
    failures: list[dict[str, Any]] = []
    for mapper in members:
        for key, prop in list(mapper._props.items()):
            if not isinstance(prop, RelationshipProperty):
                continue
            if prop.parent is not mapper or getattr(prop, "_configure_finished", False):
                continue
            try:
                prop._configure_started = False
                prop.init()
                if prop._configure_finished:
                    prop.post_instrument_class(mapper)
            except BaseException as problem:
                if len(failures) < MAX_FAILURES:
                    shown = guard.error(problem)
                    shown |= {"message": guard.plain(shown["message"], 500), "frames": shown["frames"][-3:]}
                    failures.append({"class": class_name(mapper.class_), "key": guard.text(key, 200), "error": shown})
    return failures


def call_mapping_functions() -> list[dict[str, Any]]:
    """Call the candidate's functions without required arguments that map classes and were not called."""
    for module in guard.candidate_modules():
        for name, value in guard.globals_of(module):
            if type(value) is not types.FunctionType or value.__module__ != module.__name__ or name.startswith("__"):
                continue
            if not _MAPPING_NAMES.intersection(value.__code__.co_names) or value.__code__ in Inventory.tried:
                continue
            Inventory.tried.add(value.__code__)
            if value.__code__ in tracking.Seen.mapping_code or flask_app.required_parameters(value):
                continue
            if len(Inventory.called) >= 20 or value.__code__.co_flags & 0x280:  # a coroutine
                continue
            entry: dict[str, Any] = {"function": guard.plain(f"{module.__name__}.{name}", 200), "outcome": "ok"}
            try:
                value()
            except BaseException as problem:
                entry |= {"outcome": "error", "error": guard.error(problem)}
            Inventory.called.append(entry)
    return Inventory.called


def registries(arguments: dict[str, Any]) -> dict[str, Any]:
    """Configure each registry on its own and list what there is.

    Makes the Flask application and calls the mapping functions first, then returns
    {flask: see flask_app.ensure, called: [{function, outcome, error?}],
    registries: [{index, name, configured, error?, broken: [{class, key, error}], classes, metadata,
    warnings}], metadatas: [{index, name, tables, schema, naming_convention}],
    classes: total, warnings}. Indexes are stable within the process; `metadata` is an index or -1.
    """
    with guard.collected_warnings() as early:
        flask = flask_app.ensure()
        called = call_mapping_functions()
    names, found = _holders(), tracking.registries()
    results = []
    for index, registry in enumerate(found[:100]):
        if id(registry) not in Inventory.configured:
            with guard.collected_warnings() as collected:
                problem = _configure(registry)
                broken = _broken_properties(registry) if problem is not None else []
            entry: dict[str, Any] = {"configured": problem is None, "broken": broken, "warnings": collected[:30]}
            if problem is not None:
                entry["error"] = guard.error(problem)
            Inventory.configured[id(registry)] = entry
        metadatas = tracking.metadatas()
        position = next((i for i, metadata in enumerate(metadatas) if metadata is registry.metadata), -1)
        members = [mapper for mapper in tracking.mappers() if mapper.registry is registry]
        results.append(
            Inventory.configured[id(registry)]
            | {
                "index": index,
                "name": names.get(id(registry)) or names.get(id(registry.metadata), ""),
                "classes": len(members),
                "metadata": position,
            }
        )
    return {
        "flask": flask,
        "called": called,
        "registries": results,
        "metadatas": [_metadata(index, metadata, names) for index, metadata in enumerate(tracking.metadatas()[:100])],
        "classes": len(tracking.mappers()),
        "warnings": early,
    }


def _metadata(index: int, metadata: Any, names: dict[int, str]) -> dict[str, Any]:
    convention = guard.attempt(lambda: dict(metadata.naming_convention or {}), {})
    # What the library sets by itself.
    if convention == {"ix": "ix_%(column_0_label)s"}:
        convention = {}
    return {
        "index": index,
        "name": names.get(id(metadata), ""),
        "tables": len(metadata.tables),
        "schema": guard.text(metadata.schema, 100) if metadata.schema else "",
        "naming_convention": sorted(key for key in convention if type(key) is str and key in ("ix", "uq", "ck", "fk", "pk")),
    }


def classes(arguments: dict[str, Any]) -> dict[str, Any]:
    """A page of the mapped classes from `offset` on: {items, total, next or None}.

    Each: {name, module, place, registry, table, tables, bases, inherits, single_table, polymorphic_on,
    polymorphic_identity, repr, docstring, dataclass, hybrids, proxies: [{name, through, value}],
    synonyms}. `table` is "" where there is none.
    """
    found = tracking.registries()
    positions = {id(registry): index for index, registry in enumerate(found)}
    holders = _holders()
    return guard.page(tracking.mappers(), arguments.get("offset"), lambda mapper: _class(mapper, positions, holders))


def _class(mapper: Any, positions: dict[int, int], holders: dict[int, str]) -> dict[str, Any]:
    class_ = mapper.class_
    table = mapper.local_table
    bases = [holders.get(id(base)) or class_name(base) for base in class_.__mro__[1:] if base is not object][:MAX_BASES]
    own = [base for base in class_.__mro__ if guard.inside(_file_of(base))]
    hybrids, proxies = [], []
    for name, item in list(dict(mapper.all_orm_descriptors).items())[:400]:
        extension = getattr(getattr(item, "extension_type", None), "name", "")
        if extension in ("HYBRID_PROPERTY", "HYBRID_METHOD"):
            hybrids.append(guard.text(name, 200))
        elif extension == "ASSOCIATION_PROXY":
            proxies.append(
                {"name": guard.text(name, 200), "through": guard.text(item.target_collection, 200), "value": guard.text(item.value_attr, 200)}
            )
    inherits = mapper.inherits
    discriminator = mapper.polymorphic_on
    return {
        "name": class_name(class_),
        "module": guard.text(class_.__module__, 200),
        "place": tracking.Seen.places.get(id(class_), []),
        "registry": positions.get(id(mapper.registry), -1),
        "table": guard.text(getattr(table, "fullname", ""), 300),
        "tables": [guard.text(getattr(item, "fullname", ""), 300) for item in list(mapper.tables)[:10]],
        "bases": bases,
        "inherits": class_name(inherits.class_) if inherits is not None else "",
        "single_table": bool(inherits is not None and inherits.local_table is table),
        "polymorphic_on": guard.text(getattr(discriminator, "key", ""), 200) if discriminator is not None else "",
        "polymorphic_identity": guard.text(mapper.polymorphic_identity, 200) if mapper.polymorphic_identity is not None else "",
        "repr": any("__repr__" in base.__dict__ or "__str__" in base.__dict__ for base in own),
        "docstring": type(class_.__dict__.get("__doc__")) is str,
        "dataclass": "__dataclass_fields__" in class_.__dict__,
        "hybrids": sorted(hybrids),
        "proxies": proxies,
        "synonyms": sorted(guard.text(key, 200) for key, prop in mapper._props.items() if type(prop).__name__.startswith("Synonym")),
    }


def _file_of(class_: type) -> object:
    import sys

    return getattr(sys.modules.get(str(class_.__module__)), "__file__", None)
