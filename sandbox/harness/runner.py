# SPDX-License-Identifier: MIT
"""Inside a box: answers the engine's steps, one at a time.

Everything here may be replaced or silenced by the candidate's code, which shares the process. So an
answer is a claim; what counts is seen from outside. What is needed to answer is bound before any of
that code is loaded, which keeps honest programs from breaking us by accident.
"""
from __future__ import annotations

import importlib
import importlib.util
import os
import sys
import traceback
from collections.abc import Callable
from typing import Any

import wire

REPO = "/repo"
LIMIT = 255 * 1024

MODULES = ("calls", "self_test", "operations")

Operation = Callable[[dict[str, Any]], Any]
OPERATIONS: dict[str, Operation] = {}

_exit, _read, _write = os._exit, os.read, os.write
_flush = (sys.stdout.flush, sys.stderr.flush)
_extract = traceback.extract_tb


def operation(name: str) -> Callable[[Operation], Operation]:
    """Register a function as the operation `name`."""

    def register(function: Operation) -> Operation:
        OPERATIONS[name] = function
        return function

    return register


def load_operations() -> None:
    """Import the modules that register operations, before any candidate."""
    for name in MODULES:
        if importlib.util.find_spec(name) is not None:
            importlib.import_module(name)


def _type_name(kind: type[BaseException]) -> str:
    """The dotted name of an exception's class; a candidate's class may say anything of itself."""
    try:
        name = f"{type.__getattribute__(kind, '__module__')}.{type.__getattribute__(kind, '__qualname__')}"
    except BaseException:
        return "Exception"
    return name[:200].encode("utf-8", "replace").decode()


def failure(error: BaseException) -> dict[str, Any]:
    """An exception as plain values: its class, message and the frames in the candidate's files."""
    kind = type(error)
    try:
        message = str(error)
        # An exact str, whatever class the candidate's __str__ gave.
        message = str.__str__(str.__getitem__(message, slice(0, 4000)))
    except BaseException:  # a hostile __str__
        message = ""
    frames = [
        [frame.filename[len(REPO) + 1 :], frame.lineno or 0, frame.name]
        for frame in _extract(error.__traceback__)
        if frame.filename.startswith(REPO + "/")
    ]
    return {
        "type": _type_name(kind),
        "message": str.encode(message, "utf-8", "replace").decode(),
        "frames": frames[-20:],
    }


def _answer(request: dict[str, Any]) -> bytes:
    """The encoded reply to one request."""
    step = request["step"]
    try:
        value = OPERATIONS[request["op"]](request["args"] or {})
        return wire.encode({"step": step, "value": value}, LIMIT)
    except BaseException as error:  # SystemExit and KeyboardInterrupt of the candidate's too
        return wire.encode({"step": step, "error": failure(error)}, LIMIT)


@operation("bye")
def _bye(_: dict[str, Any]) -> None:
    """The last step."""


@operation("ping")
def _ping(arguments: dict[str, Any]) -> Any:
    """Give back what was sent."""
    return arguments.get("value")


def serve(steps: int) -> None:
    """Answer steps from the descriptor `steps` until told goodbye."""
    _write(steps, b"entered")
    while True:
        message = _read(steps, 4 << 20)
        if not message:
            _exit(1)
        request = wire.decode(message)
        reply = _answer(request)
        for flush in _flush:
            try:
                flush()
            except BaseException:
                pass
        _write(steps, reply)
        if request["op"] == "bye":
            _exit(0)
