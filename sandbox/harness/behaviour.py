# SPDX-License-Identifier: MIT
"""Does to rows, through the ORM, what an application would do; what came of it the engine sees in the database."""
from __future__ import annotations

from typing import Any

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
