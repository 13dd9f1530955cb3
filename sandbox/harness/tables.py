# SPDX-License-Identifier: MIT
"""Tables as the candidate declared them: columns, keys, foreign keys, checks."""
from __future__ import annotations

import datetime
import decimal
import re
import uuid
from typing import Any

import guard
import tracking

try:
    from sqlalchemy import Column, types
    from sqlalchemy.schema import CheckConstraint, UniqueConstraint
except ImportError:
    types = None  # type: ignore[assignment]

MAX_COLUMNS = 300
MAX_LABELS = 100

_BY_NAME = {
    "CITEXT": "string", "CIText": "string", "HSTORE": "json", "UUID": "uuid", "UUIDType": "uuid", "GUID": "uuid",
    "UNIQUEIDENTIFIER": "uuid", "INTERVAL": "interval", "YEAR": "integer", "TINYINT": "small_integer", "BIT": "binary",
    "MONEY": "numeric", "BYTEA": "binary", "INET": "other", "TSVECTOR": "other", "AutoString": "string",
    "LONGTEXT": "text", "MEDIUMTEXT": "text", "TINYTEXT": "text", "NTEXT": "text", "CLOB": "text", "NCLOB": "text",
    "ChoiceType": "string", "PasswordType": "string", "EmailType": "string", "ArrowType": "datetime",
}  # fmt: skip


def _families() -> list[tuple[type, str]]:
    pairs = [
        ("Enum", "enumeration"), ("Boolean", "boolean"), ("BigInteger", "big_integer"), ("SmallInteger", "small_integer"),
        ("Integer", "integer"), ("Float", "real"), ("Numeric", "numeric"), ("Uuid", "uuid"), ("JSON", "json"), ("ARRAY", "array"),
        ("Interval", "interval"), ("DateTime", "datetime"), ("Date", "date"), ("Time", "time"), ("LargeBinary", "binary"),
        ("BINARY", "binary"), ("VARBINARY", "binary"), ("Text", "text"), ("String", "string"),
    ]  # fmt: skip
    return [(getattr(types, name), family) for name, family in pairs if hasattr(types, name)]


_FAMILIES = _families() if types is not None else []


def family(type_: Any, depth: int = 0) -> str:
    """The family of a column type: one of the names of TypeFamily in the facts."""
    kind = type(type_)
    for base in kind.__mro__[:6]:
        if base.__name__ in _BY_NAME:
            return _BY_NAME[base.__name__]
    if getattr(kind, "__visit_name__", "") in ("enum", "ENUM"):
        return "enumeration"
    for base, name in _FAMILIES:
        if issubclass(kind, base):
            return name
    if issubclass(kind, types.TypeDecorator) and depth < 5:
        inner = guard.attempt(lambda: type_.impl)
        return family(inner if not isinstance(inner, type) else inner(), depth + 1) if inner is not None else "unknown"
    return "unknown" if issubclass(kind, types.NullType) else "other"


def _plain_type(type_: Any, depth: int = 0) -> Any:
    """The type that carries length and labels, under decorators."""
    if issubclass(type(type_), types.TypeDecorator) and depth < 5:
        inner = guard.attempt(lambda: type_.impl)
        if inner is not None and not isinstance(inner, type):
            return _plain_type(inner, depth + 1)
    return type_


def _type_text(type_: Any) -> str:
    shown = guard.attempt(lambda: guard.plain(repr(type_), 200), "")
    return shown if shown and not shown.startswith("<") else guard.plain(type(type_).__name__, 200)


_MOMENTS = (datetime.datetime, datetime.date, datetime.time, uuid.UUID, list, dict, set)


def _default(default: Any) -> tuple[str, str]:
    """The kind of a Column default, in the words of DefaultKind, and what it is."""
    if default is None:
        return "none", ""
    if getattr(default, "is_sequence", False):
        return "server", guard.text(getattr(default, "name", ""), 200)
    argument = getattr(default, "arg", None)
    if getattr(default, "is_callable", False):
        # The library wraps the function; its name survives.
        return "callable", guard.attempt(lambda: guard.plain(argument.__qualname__, 200), "")
    if getattr(default, "is_clause_element", False):
        return "sql", guard.text(argument, 200)
    if issubclass(type(argument), _MOMENTS):
        return "frozen", guard.plain(type(argument).__name__, 100)
    if type(argument) in (int, float, bool, str, bytes, decimal.Decimal, type(None)):
        return "constant", guard.plain(repr(argument), 200)
    return "constant", guard.plain(type(argument).__name__, 100)


def _server_default(column: Any) -> str:
    default = column.server_default
    if default is None:
        return ""
    argument = getattr(default, "arg", None)
    if argument is None:
        return guard.plain(type(default).__name__, 100)
    return guard.text(getattr(argument, "text", argument), 300)


def _column(column: Any, attributes: dict[int, tuple[str, bool]]) -> dict[str, Any]:
    attribute, factory = attributes.get(id(column), ("", False))
    kind, shown = _default(column.default)
    if kind == "none" and factory:
        kind = "callable"
    inner = _plain_type(column.type)
    length = getattr(inner, "length", None)
    labels = getattr(inner, "enums", None)
    return {
        "name": guard.text(column.name, 200),
        "attribute": attribute,
        "type": _type_text(column.type),
        "family": family(column.type),
        "length": length if type(length) is int and abs(length) < 2**62 else None,
        "timezone": bool(getattr(inner, "timezone", False)),
        "labels": [guard.text(label, 100) for label in list(labels)[:MAX_LABELS]] if issubclass(type(labels), (list, tuple)) else [],
        "nullable": bool(column.nullable),
        "primary_key": bool(column.primary_key),
        "unique": bool(column.unique),
        "index": bool(column.index),
        "default": kind,
        "default_text": shown,
        "onupdate": _default(column.onupdate)[0],
        "server_default": _server_default(column),
        "server_onupdate": column.server_onupdate is not None,
        "computed": getattr(column, "computed", None) is not None,
        "identity": getattr(column, "identity", None) is not None,
        "autoincrement": column.autoincrement if type(column.autoincrement) is bool else guard.text(column.autoincrement, 30),
    }


def _foreign_key(constraint: Any) -> dict[str, Any]:
    elements = list(constraint.elements)[:50]
    targets = [guard.attempt(lambda: element.target_fullname, "") for element in elements]
    tables = sorted({target.rpartition(".")[0] for target in targets if type(target) is str})
    problem = ""
    target_columns = []
    for element, target in zip(elements, targets):
        try:
            target_columns.append(guard.text(element.column.name, 200))
        except BaseException as missing:
            problem = guard.text(missing, 400)
            target_columns.append(guard.text(target, 300).rpartition(".")[2])
    return {
        "columns": [guard.text(element.parent.name, 200) for element in elements],
        "target": guard.text(tables[0], 300) if tables else "",
        "target_columns": target_columns,
        "resolved": not problem,
        "problem": problem,
        "ondelete": guard.text(constraint.ondelete, 30).upper() if constraint.ondelete else "",
        "onupdate": guard.text(constraint.onupdate, 30).upper() if constraint.onupdate else "",
        "use_alter": bool(constraint.use_alter),
        "deferrable": bool(constraint.deferrable),
        "name": guard.text(constraint.name, 200) if constraint.name else "",
    }


def _index(index: Any) -> dict[str, Any]:
    expressions = []
    functional = False
    for expression in list(index.expressions)[:50]:
        if isinstance(expression, Column):
            expressions.append(guard.text(expression.name, 200))
        else:
            functional = functional or _is_function(expression)
            expressions.append(guard.text(expression, 200))
    partial = any(value is not None for key, value in index.dialect_kwargs.items() if str(key).endswith("_where"))
    return {
        "name": guard.text(index.name, 200) if index.name else "",
        "columns": [guard.text(column.name, 200) for column in list(index.columns)[:50]],
        "expressions": expressions,
        "unique": bool(index.unique),
        "functional": functional,
        "partial": partial,
    }


def _is_function(expression: Any) -> bool:
    """Whether an index expression is more than a column with an order."""
    return re.fullmatch(r"[\w.\"]+( (ASC|DESC))?( NULLS (FIRST|LAST))?", guard.text(expression, 300)) is None


def _attributes() -> dict[int, tuple[str, bool]]:
    """For each mapped column the attribute it is mapped to, and whether a dataclass factory fills it."""
    found: dict[int, tuple[str, bool]] = {}
    for mapper in tracking.mappers():
        fields = guard.attempt(lambda: dict(mapper.class_.__dict__.get("__dataclass_fields__") or {}), {})
        for key, prop in list(mapper._props.items())[:1000]:
            for column in getattr(prop, "columns", ())[:5]:
                kind = type(getattr(fields.get(key), "default_factory", None)).__name__
                factory = kind in ("function", "type", "builtin_function_or_method")
                found.setdefault(id(column), (guard.text(key, 200), factory))
    return found


def _table(entry: tuple[int, Any], attributes: dict[int, tuple[str, bool]], classes: dict[int, list[str]]) -> dict[str, Any]:
    position, table = entry
    constraints = list(table.constraints)[:500]
    uniques = [constraint for constraint in constraints if isinstance(constraint, UniqueConstraint)]
    checks = [constraint for constraint in constraints if isinstance(constraint, CheckConstraint)]
    columns = list(table.columns)
    return {
        "name": guard.text(table.name, 200),
        "schema": guard.text(table.schema, 200) if table.schema else "",
        "metadata": position,
        "classes": classes.get(id(table), []),
        "columns": [_column(column, attributes) for column in columns[:MAX_COLUMNS]],
        "more_columns": max(0, len(columns) - MAX_COLUMNS),
        "primary_key": [guard.text(column.name, 200) for column in list(table.primary_key.columns)[:50]],
        "primary_key_name": guard.text(table.primary_key.name, 200) if table.primary_key.name else "",
        "foreign_keys": sorted(
            (_foreign_key(item) for item in list(table.foreign_key_constraints)[:200]), key=lambda item: item["columns"]
        ),
        "uniques": sorted(
            (
                {
                    "columns": [guard.text(column.name, 200) for column in list(item.columns)[:50]],
                    "name": guard.text(item.name, 200) if item.name else "",
                }
                for item in uniques[:200]
            ),
            key=lambda item: (item["columns"], item["name"]),
        ),
        "indexes": sorted((_index(item) for item in list(table.indexes)[:200]), key=lambda item: (item["expressions"], item["name"])),
        "checks": sorted(
            (
                {
                    "text": guard.text(item.sqltext, 400),
                    "name": guard.text(item.name, 200) if item.name else "",
                    "of_type": bool(getattr(item, "_type_bound", False)),
                }
                for item in checks[:200]
            ),
            key=lambda item: (item["name"], item["text"]),
        ),
    }


def tables(arguments: dict[str, Any]) -> dict[str, Any]:
    """A page of all tables, mapped and Core, from `offset` on: {items, total, next or None}.

    Each: {name, schema, metadata (index), classes, columns, more_columns (left out), primary_key,
    primary_key_name, foreign_keys, uniques, indexes, checks}. Column: name, attribute, type, family,
    length, timezone, labels, nullable, primary_key, unique, index, default (kind), default_text,
    onupdate (kind), server_default (text or ""), server_onupdate, computed, identity, autoincrement.
    """
    entries = [(position, table) for position, metadata in enumerate(tracking.metadatas()) for table in list(metadata.tables.values())]
    attributes = _attributes()
    classes: dict[int, list[str]] = {}
    for mapper in tracking.mappers():
        name = guard.text(f"{mapper.class_.__module__}.{mapper.class_.__qualname__}", 300)
        classes.setdefault(id(mapper.local_table), []).append(name)
    return guard.page(entries, arguments.get("offset"), lambda entry: _table(entry, attributes, classes))
