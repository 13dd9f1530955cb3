# SPDX-License-Identifier: MIT
"""Reading what a candidate made without trusting it: bounded text, errors and warnings as plain values.

A candidate's object may raise, loop or lie in any special method. Nothing here calls one outside a
guard, and every text has a limit.
"""
from __future__ import annotations

import re
import sys
import types
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import runner
import wire

MAX_TEXT = 400
MAX_WARNINGS = 60
PAGE_BYTES = 180 * 1024
PAGE_VALUES = 60_000
_cut = str.__getitem__


def plain(value: str, limit: int = MAX_TEXT) -> str:
    """An exact str of at most `limit` characters that has an encoding, of a str or a subclass."""
    return _cut(value, slice(0, limit)).encode("utf-8", "replace").decode()


def text(value: object, limit: int = MAX_TEXT) -> str:
    """`str(value)`, bounded; what raises is shown by the name of its class."""
    try:
        return plain(str(value), limit)
    except BaseException:  # a hostile __str__
        return plain(f"<{type(value).__name__}>", limit)


def attempt(function: Callable[[], Any], otherwise: Any = None) -> Any:
    """What `function` returns, or `otherwise` if it raises anything."""
    try:
        return function()
    except BaseException:
        return otherwise


def inside(path: object) -> bool:
    """Whether `path` is a file of the submission."""
    return type(path) is str and path.startswith(runner.REPO + "/")


def relative(path: str) -> str:
    """The path of a candidate's file within the submission; another's by its last two parts."""
    if inside(path):
        return plain(path[len(runner.REPO) + 1 :])
    return plain("/".join(path.split("/")[-2:]))


def caller() -> list[Any]:
    """[file, line] of the innermost candidate frame that led here, or []."""
    frame: types.FrameType | None = sys._getframe(1)
    for _ in range(200):
        if frame is None:
            break
        if inside(frame.f_code.co_filename):
            return [relative(frame.f_code.co_filename), frame.f_lineno or 0]
        frame = frame.f_back
    return []


def error(problem: BaseException) -> dict[str, Any]:
    """An exception: {type, message, frames: the last 20 in the candidate's files, place: [file, line]}."""
    kind = type(problem)
    name = attempt(lambda: plain(f"{kind.__module__}.{kind.__qualname__}", 200), "")
    frames: list[list[Any]] = []
    trace = problem.__traceback__
    for _ in range(5000):
        if trace is None:
            break
        code = trace.tb_frame.f_code
        if inside(code.co_filename):
            frames.append([relative(code.co_filename), trace.tb_lineno or 0, plain(code.co_name, 200)])
        trace = trace.tb_next
    value = {
        "type": name.removeprefix("builtins."),
        "message": attempt(lambda: plain(str(problem), 1500), ""),
        "frames": frames[-20:],
    }
    place: list[Any] = frames[-1][:2] if frames else []
    if isinstance(problem, SyntaxError) and inside(problem.filename):
        line = problem.lineno
        place = [relative(str(problem.filename)), line if type(line) is int else 0]
    value["place"] = place
    return value


_CARTESIAN = re.compile(r'element\(s\) ("[^.]*) and FROM element ("[^"]*")')


def _in_order(message: str) -> str:
    """The linter names the tables of a cartesian product as they come out of a set: here by name."""
    match = _CARTESIAN.search(message)
    if match is None:
        return message
    names = sorted([*match[1].split(", "), match[2]])
    return f"{message[: match.start()]}element(s) {', '.join(names[:-1])} and FROM element {names[-1]}{message[match.end() :]}"


@contextmanager
def collected_warnings() -> Iterator[list[dict[str, Any]]]:
    """Warnings raised inside, each once: category, message, place. At most MAX_WARNINGS are kept."""
    found: list[dict[str, Any]] = []

    def show(message: Warning | str, category: type[Warning], filename: str, lineno: int, *_: object) -> None:
        if len(found) >= MAX_WARNINGS:
            return
        item = {
            "category": plain(category.__name__, 100),
            "message": _in_order(text(message, 600)),
            "place": [relative(filename), lineno] if inside(filename) else caller(),
        }
        if item not in found:
            found.append(item)

    with warnings.catch_warnings():
        warnings.simplefilter("default")
        warnings.showwarning = show  # type: ignore[assignment]
        yield found


def page(items: list[Any], offset: object, describe: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
    """The descriptions of `items` from `offset` on that fit one reply: {items, total, next or None}."""
    start = offset if type(offset) is int and offset >= 0 else 0
    described: list[dict[str, Any]] = []
    size = values = 0
    position = start
    while position < len(items):
        try:
            item = describe(items[position])
            cost, count = len(wire.encode(item, PAGE_BYTES)), _count(item)
        except BaseException as problem:
            item = {"index": position, "error": error(problem)}
            cost, count = len(wire.encode(item)), _count(item)
        if described and (size + cost > PAGE_BYTES or values + count > PAGE_VALUES):
            return {"items": described, "total": len(items), "next": position}
        described.append(item)
        size, values, position = size + cost, values + count, position + 1
    return {"items": described, "total": len(items), "next": None}


def _count(value: Any) -> int:
    """How many values `value` holds, itself included."""
    if type(value) is dict:
        return 1 + sum(1 + _count(item) for item in value.values())
    if type(value) in (list, tuple):
        return 1 + sum(_count(item) for item in value)
    return 1


def candidate_modules() -> list[types.ModuleType]:
    """The candidate's modules that are loaded, in the order in which they were loaded."""
    found = []
    for module in list(sys.modules.values()):
        if type(module) is types.ModuleType and inside(module.__dict__.get("__file__")):
            found.append(module)
    return found


def globals_of(module: types.ModuleType) -> list[tuple[str, Any]]:
    """The names of a module, at most 2000."""
    return [(plain(name, 200), value) for name, value in list(module.__dict__.items())[:2000] if isinstance(name, str)]
