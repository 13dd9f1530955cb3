# SPDX-License-Identifier: MIT
"""Creates the candidate's schema on the engine's database."""
from __future__ import annotations

from typing import Any

import guard
import redirect
import shims
import tracking


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
                metadata.create_all(engine)
            except BaseException as problem:
                result |= {"outcome": "error", "error": guard.error(problem)}
        result["warnings"] = found[:20]
        results.append(result)
    engine.dispose()
    return {"backend": backend, "metadatas": results, "shims": shims.USED}
