# SPDX-License-Identifier: MIT
"""Runs programs against plain sqlite3 or through the broker and writes down what they show.

program.py plain|BROKER HARNESS FOLDER RESULT PROGRAM...

A program sees `show(value)`, `attempt(function, *arguments)` (shows its result or its exception), and `path`,
where it may have a database. What it shows is compared as text with types.
"""
from __future__ import annotations

import gc
import json
import os
import re
import sys
import traceback
import types
import warnings
from typing import Any, Callable

warnings.simplefilter("ignore")
ADDRESS = re.compile(" at 0x[0-9a-f]+")


def described(value: object) -> str:
    """`value` with the types of what is in it."""
    if isinstance(value, (list, tuple)) and type(value) in (list, tuple):
        inner = ", ".join(described(item) for item in value)
        return f"{type(value).__name__}[{inner}]"
    if type(value) is dict:
        return "{" + ", ".join(f"{described(k)}: {described(v)}" for k, v in value.items()) + "}"
    if isinstance(value, BaseException):
        names = [kind.__name__ for kind in type(value).__mro__ if kind.__module__ != "builtins"]
        code = getattr(value, "sqlite_errorname", "")
        return f"raised {type(value).__module__}.{'<'.join(names) or type(value).__name__}: {value} {code}".strip()
    if isinstance(value, type):
        return f"class {value.__module__}.{value.__qualname__}"
    return f"{type(value).__name__} {ADDRESS.sub('', repr(value))}"


def run(file: str, path: str) -> list[str]:
    """What the program in `file` shows."""
    shown: list[str] = []

    def show(*values: object) -> None:
        shown.append("; ".join(described(value) for value in values))

    def attempt(function: Callable, *arguments: Any, **named: Any) -> None:
        try:
            show(function(*arguments, **named))
        except BaseException as error:
            show(error)

    with open(file, encoding="utf-8") as source:
        code = compile(source.read(), file, "exec")
    module = sys.modules["program"] = types.ModuleType("program")
    vars(module).update(show=show, attempt=attempt, path=path)
    try:
        exec(code, vars(module))
    except BaseException as error:
        shown.append("ended by " + described(error))
        shown.append("".join(traceback.format_exc()).replace("\n", " | ") if "--trace" in sys.argv else "")
    return shown


def main() -> None:
    """Runs every program in its own run of the broker, or with its own file."""
    kind, harness, folder, result, *programs = sys.argv[1:]
    broker = None
    if kind != "plain":
        sys.path[:0] = [harness, os.path.dirname(os.path.abspath(__file__))]
        import dbshim
        from broker import Broker
        from dbshim import channel

        broker = Broker(kind)
        dbshim.install(broker.candidate)
    found = {}
    for file in programs:
        if file.startswith("--"):
            continue
        name = os.path.splitext(os.path.basename(file))[0]
        path = os.path.join(folder, name + ".db")
        for suffix in ("", "-wal", "-shm", "-journal"):
            if os.path.exists(path + suffix):
                os.remove(path + suffix)
        if broker is not None:
            gc.collect()
            channel.use(broker.begin_run({}), {})
        found[name] = run(file, path)
        if broker is not None and broker.ask("status")["broken"]:
            found[name].append("the broker saw its protocol broken")
    with open(result, "w", encoding="utf-8") as out:
        json.dump(found, out)
    sys.stdout.flush()
    os._exit(0)


main()
