# SPDX-License-Identifier: MIT
"""Does to rows, through the ORM, what an application would do; what came of it the engine sees in the database."""
from __future__ import annotations

from typing import Any

import driving
import guard
import redirect
import registries
import tracking

try:
    import sqlalchemy
    from sqlalchemy import orm
except ImportError:
    sqlalchemy = None  # type: ignore[assignment]


def delete(arguments: dict[str, Any]) -> dict[str, Any]:
    """Delete one object with `session.delete()`, foreign keys enforced.

    `class`: qualified name; `where`: SQL that picks its row, with :k0, :k1 ... for `values`. Returns {outcome:
    "deleted", "absent", "unmapped" or "error", error?}.
    """
    wanted = arguments.get("class")
    mapper = next((item for item in tracking.mappers() if registries.class_name(item.class_) == wanted), None)
    if mapper is None:
        return {"outcome": "unmapped"}
    values = {f"k{index}": value for index, value in enumerate(arguments.get("values") or [])}
    engine = redirect.own_engine("sqlite")
    try:
        with engine.connect() as connection:
            if not redirect.State.postgres:
                connection.exec_driver_sql("PRAGMA foreign_keys=ON")
            with orm.Session(connection) as session:
                condition = sqlalchemy.text(str(arguments.get("where"))).bindparams(**values)
                found = session.execute(sqlalchemy.select(mapper.class_).where(condition)).unique().scalars().first()
                if found is None:
                    return {"outcome": "absent"}
                session.delete(found)
                session.flush()
                session.commit()
            if connection.in_transaction():
                connection.commit()
    except BaseException as problem:
        return {"outcome": "error", "error": guard.error(problem)}
    finally:
        guard.attempt(engine.dispose)
    return {"outcome": "deleted"}


def create(arguments: dict[str, Any]) -> dict[str, Any]:
    """Make one object as the submission's code would, without its `times`, and flush it.

    `class`: qualified name; `values`, `times`: by column. {filled: columns of `times` that have a value then, error?}
    """
    engine = redirect.own_engine("sqlite")
    try:
        kind = driving.mapped_class(arguments["class"])
        attributes = {prop.columns[0].name: prop.key for prop in kind.__mapper__.column_attrs}
        values = {attributes[name]: value for name, value in arguments["values"].items() if name in attributes}
        with orm.Session(engine) as session:
            made = kind(**values)
            session.add(made)
            session.flush()
            times = [name for name in arguments["times"] if name in attributes]
            filled = [name for name in times if getattr(made, attributes[name]) is not None]
            session.rollback()
    except BaseException as problem:
        return {"filled": [], "error": guard.error(problem)}
    finally:
        guard.attempt(engine.dispose)
    return {"filled": filled}


def _holds(value: Any, wanted: Any) -> bool:
    """Whether a relationship's value is `wanted` or has it among its members."""
    if value is None or hasattr(type(value), "__mapper__"):
        return value is wanted
    return any(item is wanted for item in (value.values() if isinstance(value, dict) else value))


def append(arguments: dict[str, Any]) -> dict[str, Any]:
    """Put an object into a collection and look at it from the other side, before anything is written.

    `class`, `name`: whose collection; `other`, `back`: its members and their attribute; `keys`, `other_keys`: of rows of
    both. {outcome: "shown", "hidden", "untried": no two rows that are not related yet, or "error", error?}
    """
    engine = redirect.own_engine("sqlite")
    try:
        kind, other = driving.mapped_class(arguments["class"]), driving.mapped_class(arguments["other"])
        name, back = arguments["name"], arguments["back"]
        with orm.Session(engine, autoflush=False) as session:
            for key in arguments["other_keys"][:4]:
                member = session.get(other, driving.key_of(key, other))
                for owner_key in arguments["keys"][:8]:
                    owner = session.get(kind, driving.key_of(owner_key, kind))
                    if member is None or owner is None or _holds(getattr(member, back), owner) or _holds(getattr(owner, name), member):
                        continue
                    collection = getattr(owner, name)
                    (collection.append if hasattr(collection, "append") else collection.add)(member)
                    shown = _holds(getattr(member, back), owner)
                    session.rollback()
                    return {"outcome": "shown" if shown else "hidden"}
    except BaseException as problem:
        return {"outcome": "error", "error": guard.error(problem)}
    finally:
        guard.attempt(engine.dispose)
    return {"outcome": "untried"}
