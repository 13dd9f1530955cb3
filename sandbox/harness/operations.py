# SPDX-License-Identifier: MIT
"""Registers the operations of this folder with the step loop. Import it before any candidate code."""
from __future__ import annotations

import sys
from typing import Any

import behaviour
import callables
import driving
import environment
import flask_app
import imports
import loads
import migrations
import redirect
import registries
import relations
import runner
import schema_ops
import scripts
import sessions
import shims
import stubs
import tables
import tracking

try:
    # Before a folder of the submission can take its name.
    import alembic.op  # noqa: F401
except ImportError:
    pass


# Before any candidate, so that it is done once for all of them.
shims.install()
tracking.install()
loads.install()
sessions.bind_the_unbound()
redirect.note_async()


@runner.operation("prepare")
def prepare(arguments: dict[str, Any]) -> dict[str, Any]:
    """Make the process ready for a submission's modules; once, and first.

    `variables`, `roots`, `folder`, `program`: see environment.prepare. `missing`: top-level third-party modules
    to be stubbed from the start. `database`: path of the main database. `databases`: {original database
    name: path}. `foreign_keys`: true, false or null, `postgres`: true, see redirect.install. Returns {from_files,
    shadowing, redirection: "hook", "wrap" or "none", python, sqlalchemy: versions}.
    """
    result = environment.prepare(arguments)
    for name in arguments.get("missing") or []:
        stubs.add(name)
    result["redirection"] = redirect.install(
        arguments.get("database") or redirect.MAIN,
        arguments.get("foreign_keys"),
        arguments.get("databases"),
        bool(arguments.get("wrap")),
        bool(arguments.get("postgres")),
    )
    result["python"] = sys.version.split()[0]
    result["sqlalchemy"] = redirect.sqlalchemy.__version__ if redirect.sqlalchemy is not None else ""
    return result


@runner.operation("surroundings")
def surroundings(_: dict[str, Any]) -> dict[str, Any]:
    """What was made up for the submission so far, and the engines that it made.

    {engines: [{url (no password), backend, driver, asynchronous, preset (the address is of our making),
    unknown_dialect, target (our database), place, dropped: arguments}], databases: {original name:
    ours}, shims: [{kind, what, detail}], stubs: modules, servers: [{call, place}], variables: settings supplied}.
    """
    return {
        "engines": redirect.State.engines,
        "databases": redirect.State.names,
        "shims": shims.USED,
        "stubs": stubs.STUBBED,
        "servers": environment.SERVED,
        "variables": environment.Variables.supplied,
    }


runner.operation("import")(imports.import_modules)
runner.operation("flask")(flask_app.ensure)
runner.operation("registries")(registries.registries)
runner.operation("classes")(registries.classes)
runner.operation("tables")(tables.tables)
runner.operation("relations")(relations.relations)
runner.operation("create_all")(schema_ops.create_all)
runner.operation("delete")(behaviour.delete)
runner.operation("create")(behaviour.create)
runner.operation("append")(behaviour.append)
runner.operation("migration_open")(migrations.open_environment)
runner.operation("migration_run")(migrations.run)
runner.operation("migration_create_all")(migrations.create_all)
runner.operation("callables")(callables.callables)
runner.operation("rows")(driving.rows)
runner.operation("bind")(driving.bind)
runner.operation("drive")(driving.drive)
runner.operation("walk")(driving.walk)
runner.operation("release")(driving.release)
runner.operation("script_start")(scripts.start)
runner.operation("script_go_on")(scripts.go_on)
