# SPDX-License-Identifier: MIT
"""Operations that call the candidate's functions."""
from __future__ import annotations

import importlib
import sys
from typing import Any

import runner

_PLAIN = (type(None), bool, int, float, str, bytes)


def plain(value: Any, depth: int = 0) -> Any:
    """`value` if it is made of plain values of the exact types; a TypeError otherwise.

    Subclasses are refused: their comparison and length may lie.
    """
    kind = type(value)
    if kind in _PLAIN:
        return value
    if depth < 12 and kind in (list, tuple):
        return [plain(item, depth + 1) for item in value]
    if depth < 12 and kind is dict:
        return {str(key): plain(item, depth + 1) for key, item in value.items()}
    raise TypeError(f"{kind.__name__} is no plain value")


@runner.operation("call")
def call(arguments: dict[str, Any]) -> Any:
    """Import `module` from the submission and call its `function` with `arguments`."""
    if runner.REPO not in sys.path:
        sys.path.insert(0, runner.REPO)
    function = getattr(importlib.import_module(arguments["module"]), arguments["function"])
    return plain(function(*arguments.get("arguments", [])))
