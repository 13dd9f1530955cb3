# SPDX-License-Identifier: MIT
"""Imports the candidate's modules one by one, each under one name, and says how it went."""
from __future__ import annotations

import importlib
import os
import re
import sys
import time
import types
from collections.abc import Callable
from typing import Any

import environment
import guard
import redirect
import runner
import stubs
import tracking

ROUNDS = 12
_LIBRARIES = "sqlalchemy alembic sqlmodel flask_sqlalchemy flask_migrate fastapi pydantic marshmallow werkzeug starlette".split()
_NAME = re.compile(r"\b[A-Za-z]*[A-Z][A-Z0-9_]{2,}\b")
_SAYS_MISSING = re.compile(
    r"(?i)not set|missing|required|must (be|set|provide|define)|not (been )?(defined|provided|found|configured)"
    r"|environment|undefined|no .* set|unset"
)


def _file_of(name: str) -> str:
    """The submission's file that `name` stands for on sys.path, or ""."""
    path = name.replace(".", "/")
    for root in sys.path:
        if root != runner.REPO and not guard.inside(root):
            continue
        for ending in ("/__init__.py", ".py"):
            if os.path.isfile(f"{root}/{path}{ending}"):
                return os.path.realpath(f"{root}/{path}{ending}")
    return ""


def _is_candidates(top: str) -> bool:
    """Whether a top-level name is a module or folder of the submission."""
    roots = [root for root in sys.path if root == runner.REPO or guard.inside(root)]
    return any(os.path.exists(f"{root}/{top}.py") or os.path.isdir(f"{root}/{top}") for root in roots)


def _misspelt(name: str) -> str:
    """The library that `name` is one letter away from, or ""; only of those that nobody else is called like."""
    for library in _LIBRARIES:
        if name == library or name[0] != library[0] or abs(len(name) - len(library)) > 1:
            continue
        start = next((i for i, (a, b) in enumerate(zip(name, library)) if a != b), min(len(name), len(library)))
        left, right = name[start:], library[start:]
        swapped = left[:2] == right[1::-1] and left[2:] == right[2:]
        if swapped or left[1:] == right[1:] or left[1:] == right or left == right[1:]:
            return library
    return ""


def _missing_module(problem: BaseException) -> str:
    """The third-party module that `problem` says is missing, or ""."""
    if not isinstance(problem, ModuleNotFoundError) or type(problem.name) is not str:
        return ""
    top = problem.name.partition(".")[0]
    if top in sys.stdlib_module_names or _is_candidates(top) or top in sys.modules:
        return ""
    return top


def _pydantic_names(problem: BaseException) -> list[str]:
    """The variables that pydantic settings of the candidate ask for and did not get."""
    names: list[str] = []
    errors = guard.attempt(lambda: problem.errors(), [])  # type: ignore[attr-defined]
    settings = None
    trace = problem.__traceback__
    while trace is not None:
        for local in ("self", "__pydantic_self__"):
            found = trace.tb_frame.f_locals.get(local)
            if any(base.__name__ == "BaseSettings" for base in type(found).__mro__):
                settings = type(found)
        trace = trace.tb_next
    if settings is None or type(errors) is not list:
        return names
    config = settings.__dict__.get("model_config") or getattr(settings, "model_config", None) or {}
    config = config if isinstance(config, dict) else {}
    prefix = config.get("env_prefix") or getattr(getattr(settings, "__config__", None), "env_prefix", "") or ""
    delimiter = config.get("env_nested_delimiter") or "__"
    for item in errors[:100]:
        parts = [str(part) for part in item.get("loc", ())]
        if not parts or item.get("type") not in ("missing", "value_error.missing"):
            continue
        field = getattr(settings, "__fields__", {}).get(parts[0]) if not config else None
        spelled = getattr(getattr(field, "field_info", None), "extra", {}).get("env_names")
        aliased = config and parts[0] not in getattr(settings, "model_fields", {})
        name = sorted(spelled)[0] if spelled else ("" if aliased else prefix) + delimiter.join(parts)
        names += [name.upper(), name]
    return names


def missing_variables(problem: BaseException) -> list[str]:
    """The environment variables whose absence explains `problem`."""
    kind, message = type(problem).__name__, guard.text(problem, 1000)
    if isinstance(problem, KeyError) and problem.args and type(problem.args[0]) is str:
        key = problem.args[0]
        trace = problem.__traceback__
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        file = trace.tb_frame.f_code.co_filename if trace is not None else ""
        if file.endswith(("os.py", "environment.py", "<frozen os>", "starlette/config.py")):
            return [key] if " " not in key else _NAME.findall(key)[:1]
        return []
    if kind == "ValidationError":
        return _pydantic_names(problem)
    found = [name for name in _NAME.findall(message) if name in environment.Variables.unanswered]
    if found or kind in ("UndefinedValueError", "EnvError", "ImproperlyConfigured"):
        return found or _NAME.findall(message)[:3]
    if "None" in message and kind in ("TypeError", "AttributeError", "ArgumentError", "ValueError"):
        return list(environment.Variables.unanswered)
    if kind in ("ValueError", "RuntimeError", "AssertionError", "Exception", "SystemExit") and _SAYS_MISSING.search(message):
        return [name for name in _NAME.findall(message) if "_" in name][:5] or list(environment.Variables.unanswered)
    if kind in ("AssertionError", "SystemExit"):
        return list(environment.Variables.unanswered)
    return []


def _forget(before: set[str], point: tuple[int, int], engines: tuple[int, dict[str, str]]) -> None:
    """Undo a failed import, so that it can be tried again."""
    for name, module in list(sys.modules.items()):
        if name not in before and guard.inside(getattr(module, "__file__", None)):
            del sys.modules[name]
            parent, _, child = name.rpartition(".")
            if parent in sys.modules:
                sys.modules[parent].__dict__.pop(child, None)
    tracking.roll_back(point)
    redirect.roll_back(engines)


def attempt(action: Callable[[], Any], report: dict[str, Any]) -> Any:
    """What `action` returns, after helping it to the modules and variables it misses; None if it fails.

    Tells in `report` how it went: outcome "ok" or "error", error, misspelt, stubbed, variables, attempts.
    """
    report |= {"outcome": "ok", "stubbed": [], "variables": [], "attempts": 0}
    for _ in range(ROUNDS + 1):
        before, point, engines = set(sys.modules), tracking.mark(), redirect.mark()
        report["attempts"] += 1
        environment.Variables.unanswered.clear()
        try:
            result = action()
        except BaseException as problem:  # SystemExit too
            report |= {"outcome": "error", "error": guard.error(problem)}
            missing = _missing_module(problem)
            if missing and _misspelt(missing):
                report["misspelt"] = _misspelt(missing)
                return None
            helped = bool(missing) and stubs.add(missing)
            if helped:
                report["stubbed"].append(missing)
            for variable in [] if helped else missing_variables(problem):
                if environment.supply(variable):
                    helped = True
                    report["variables"].append(variable)
            helped = helped or bool(environment.correct(problem))
            if not helped:
                return None
            _forget(before, point, engines)
            continue
        report.pop("error", None)
        report["outcome"] = "ok"
        return result
    return None


def _import(name: str) -> dict[str, Any]:
    """Import one module, helping it to what it misses; see `import_modules` for the result."""
    report: dict[str, Any] = {"module": name, "outcome": "ok", "stubbed": [], "variables": [], "attempts": 0}
    file = _file_of(name)
    if not file:
        return report | {"outcome": "absent"}
    report["file"] = guard.relative(file)
    loaded = sys.modules.get(name)
    if loaded is not None and not guard.inside(getattr(loaded, "__file__", None)):
        return report | {"outcome": "shadowed"}
    for other in guard.candidate_modules():
        if other.__name__ != name and os.path.realpath(other.__dict__["__file__"]) == file:
            return report | {"outcome": "ok", "imported_as": guard.plain(other.__name__, 200)}
    module = attempt(lambda: importlib.import_module(name), report)
    if report["outcome"] == "ok" and not (
        isinstance(module, types.ModuleType) and guard.inside(getattr(module, "__file__", None))
    ):
        report["outcome"] = "shadowed"
    return report


def import_modules(arguments: dict[str, Any]) -> dict[str, Any]:
    """Import `modules` (dotted names) in the given order.

    Returns {modules: [{module, file, outcome, error?, misspelt?, imported_as?, stubbed, variables, attempts,
    warnings, engines, milliseconds}]}. `outcome` is "ok", "error", "absent" (no such file under the roots) or
    "shadowed" (a library holds that name); `stubbed` and `variables` name what was made up for it;
    `misspelt` names the library that a missing module is one letter away from; such a module gets no stub.
    `imported_as` tells that the same file was loaded before under another name; `engines` counts
    those made meanwhile. What a failed attempt wrote to a database stays there: after `attempts` > 1 a
    new box that is given `variables` and `missing` from the start tells more. At most 400 modules in one call.
    """
    reports = []
    for name in arguments.get("modules", [])[:400]:
        engines, started = len(redirect.State.engines), time.monotonic()
        with guard.collected_warnings() as found:
            report = _import(name)
        report["warnings"] = found[:20]
        report["engines"] = len(redirect.State.engines) - engines
        report["milliseconds"] = round((time.monotonic() - started) * 1000, 1)
        reports.append(report)
    return {"modules": reports}


