# SPDX-License-Identifier: MIT
"""Runs a script of the candidate's as its author would, and holds it where one of its blocks begins.

The script has a thread of its own; each step of the engine lets it go on to the next block. So the statements
that reach the database meanwhile belong to one block, and the engine can put rows in before the first.
"""
from __future__ import annotations

import ast
import asyncio
import contextvars
import io
import sys
import threading
from collections.abc import Callable
from contextlib import redirect_stdout
from typing import Any

import driving
import guard
import loads
import sessions

MAX_HOLDS = 60
MAX_OUTPUT = 100_000
_MAKES_SCHEMA = ("Table", "declarative_base", "MetaData", "registry", "automap_base")


class Going:
    """The script that is going on."""

    go = threading.Semaphore(0)
    held = threading.Semaphore(0)
    file = ""
    blocks: list[list[int]] = []
    at = -1
    frame: Any = None
    holds = 0
    over = True
    error: dict[str, Any] | None = None


def _in_frame(frame: Any, event: str, _: Any) -> Any:
    """Stop where a line enters another block or leaves the one it is in, until the engine's next step. What a block
    calls belongs to it."""
    line = frame.f_lineno
    block = next((i for i, (first, last) in enumerate(Going.blocks) if first <= line <= last), -1)
    inside = block >= 0 or frame is Going.frame
    if event == "line" and inside and block != Going.at and Going.holds <= MAX_HOLDS:
        Going.at, Going.frame = block, frame
        Going.holds += 1
        Going.held.release()
        Going.go.acquire()
    return _in_frame


def _trace(frame: Any, event: str, _: Any) -> Any:
    return _in_frame if frame.f_code.co_filename == Going.file else None


def _whole(block: list[int], tree: ast.AST) -> list[int]:
    """The lines of a block with those of the loops that begin in it."""
    first, last = block
    loops = [node for node in ast.walk(tree) if isinstance(node, (ast.For, ast.AsyncFor, ast.While))]
    return [first, max([last, *(node.end_lineno or last for node in loops if first <= node.lineno <= last)])]


def _is_guard(node: ast.stmt) -> bool:
    """Whether `node` is `if __name__ == "__main__":`."""
    return isinstance(node, ast.If) and any(isinstance(part, ast.Name) and part.id == "__name__" for part in ast.walk(node.test))


def _makes_schema(node: ast.stmt) -> bool:
    value = node.value if isinstance(node, (ast.Assign, ast.AnnAssign)) else None
    called = value.func if isinstance(value, ast.Call) else None
    return getattr(called, "id", getattr(called, "attr", "")) in _MAKES_SCHEMA


def _loose(body: list[ast.stmt]) -> list[ast.stmt]:
    """What a module without a guard does on import, behind its classes and without its definitions."""
    last = max((i for i, node in enumerate(body) if isinstance(node, ast.ClassDef)), default=-1)
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Import, ast.ImportFrom)
    return [node for node in body[last + 1 :] if not isinstance(node, kinds) and not _makes_schema(node)]


def _entry(module: Any, name: str) -> Callable[[], Any]:
    """What starting the script means: its main block, else the function of that name, else all its loose statements."""
    with open(Going.file, encoding="utf-8") as file:
        tree = ast.parse(file.read(), Going.file)
    Going.blocks = [_whole(block, tree) for block in Going.blocks]
    body = tree.body
    chosen = [part for node in body if _is_guard(node) for part in node.body]  # type: ignore[attr-defined]
    function = module.__dict__.get(name)
    if not chosen and callable(function):
        return lambda: driving.settled(function())
    code = compile(ast.Module(body=chosen or _loose(body), type_ignores=[]), Going.file, "exec")
    return lambda: exec(code, module.__dict__)


def _work(entry: Callable[[], Any]) -> None:
    """The script's thread."""
    Going.go.acquire()
    asyncio.set_event_loop(sessions.loop())
    sys.settrace(_trace)
    try:
        entry()
    except SystemExit as problem:
        Going.error = guard.error(problem) if problem.code else None
    except BaseException as problem:
        Going.error = guard.error(problem)
    finally:
        sys.settrace(None)
        Going.over, Going.frame = True, None
        Going.held.release()


def start(arguments: dict[str, Any]) -> dict[str, Any]:
    """Make a script ready: `module`, `name` of the function where there is no main block, `blocks`: [[first line, last
    line]]. It waits for the first `go_on`. {outcome: ok or error, error?}"""
    driving.release({})
    try:
        module = sys.modules[arguments["module"]]
        Going.file, Going.blocks = module.__dict__["__file__"], list(arguments["blocks"])
        Going.at, Going.frame, Going.holds, Going.over, Going.error = -1, None, 0, False, None
        work = (_work, _entry(module, arguments["name"]))
        threading.Thread(target=contextvars.copy_context().run, args=work, daemon=True).start()
    except BaseException as problem:
        Going.over = True
        return {"outcome": "error", "error": guard.error(problem)}
    return {"outcome": "ok"}


def go_on(_: dict[str, Any]) -> dict[str, Any]:
    """Let the script run to where another block begins, or to its end.

    {over, at: the block that is next, -1 if none, lost: it went to and fro too often to be held, error?, output: printed meanwhile, loads, warnings}
    """
    output = io.StringIO()
    loads.take()
    with guard.collected_warnings() as found, redirect_stdout(output):
        if not Going.over:
            Going.go.release()
            Going.held.acquire()
    answer = {"over": Going.over, "at": Going.at, "lost": Going.holds > MAX_HOLDS, "output": guard.plain(output.getvalue(), MAX_OUTPUT)}
    return answer | {"error": Going.error, "loads": loads.take(), "warnings": found[:20]}
