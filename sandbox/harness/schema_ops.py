# SPDX-License-Identifier: MIT
"""Creates the candidate's schema on the engine's database."""
from __future__ import annotations

from typing import Any

import guard
import redirect
import server
import shims
import tracking


def _create(metadata: Any, engine: Any) -> None:
    """create_all; on PostgreSQL once more on what migrations make for the models, when it needs that."""
    try:
        metadata.create_all(engine)
    except Exception:
        statements = server.groundwork(metadata, engine.dialect) if redirect.State.postgres else []
        if not statements:
            raise
        with engine.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
        metadata.create_all(engine)
        for statement in statements:
            shims.note("groundwork", statement)


def create_all(arguments: dict[str, Any]) -> dict[str, Any]:
    """Run create_all of `metadata` (an index of `registries`; without it of all) on the main database.

    `backend`: the database that the design is meant for ("sqlite", "postgresql", ...; without it that
    of the first engine made, else "sqlite"); decides what the shims let pass. Returns
    {backend, metadatas: [{index, outcome: "ok" or "error", error?, tables, warnings}], shims: all that were used}.
    """
    backend = arguments.get("backend") or next((item["backend"] for item in redirect.State.engines), "sqlite")
    if backend not in ("sqlite", "postgresql", "mysql", "mariadb", "mssql", "oracle"):
        backend = "sqlite"
    wanted = arguments.get("metadata")
    engine = redirect.own_engine(backend)
    results = []
    for index, metadata in enumerate(tracking.metadatas()[:100]):
        if wanted is not None and wanted != index:
            continue
        result: dict[str, Any] = {"index": index, "outcome": "ok", "tables": len(metadata.tables)}
        with guard.collected_warnings() as found:
            try:
                _create(metadata, engine)
            except BaseException as problem:
                result |= {"outcome": "error", "error": guard.error(problem)}
        result["warnings"] = found[:20]
        results.append(result)
    engine.dispose()
    return {"backend": backend, "metadatas": results, "shims": shims.USED}
