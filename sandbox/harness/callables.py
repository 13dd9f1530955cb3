# SPDX-License-Identifier: MIT
"""What a name of the submission stands for: how it is called, and by what address it is served."""
from __future__ import annotations

import enum
import inspect
import sys
import typing
from typing import Any

import flask_app
import guard
import registries
import tracking

MAX_PARAMETERS = 40
MAX_MADE = 3
STAND_INS = ("fake", "memory", "stub", "mock", "dummy", "null")


def resolve(module: str, qualname: str) -> tuple[Any, Any]:
    """The thing that `qualname` names in `module`, and the class that holds it, if any; may raise LookupError."""
    holder: Any = None
    found: Any = sys.modules.get(module)
    if found is None:
        raise LookupError(f"module {module} is not loaded")
    for part in qualname.split("."):
        holder, previous = found, found
        if isinstance(previous, type):
            found = inspect.getattr_static(previous, part, None)
        else:
            found = previous.__dict__.get(part) if hasattr(previous, "__dict__") else None
        if found is None:
            raise LookupError(f"{qualname} is not in {module}")
    return found, holder if isinstance(holder, type) else None


def unwrapped(value: Any) -> Any:
    """The function behind a static or class method."""
    return value.__func__ if isinstance(value, (staticmethod, classmethod)) else value


def kind_of(value: Any, holder: Any) -> str:
    """property, class_method, static_method, method, class, function, statement or object."""
    if isinstance(value, property) or type(value).__name__ in ("cached_property", "hybrid_property"):
        return "property"
    if isinstance(value, classmethod):
        return "class_method"
    if isinstance(value, staticmethod):
        return "static_method"
    if isinstance(value, type):
        return "class"
    if callable(value):
        return "method" if holder is not None else "function"
    return "statement" if hasattr(value, "_execute_on_connection") else "object"


def annotation(value: Any) -> str:
    """An annotation as text."""
    if value is inspect.Parameter.empty:
        return ""
    return guard.text(value.__name__ if isinstance(value, type) else value, 200)


def _hints(value: Any) -> dict[str, Any]:
    """The types of a function's or a constructor's parameters, as far as they can be resolved."""
    if not isinstance(value, type):
        return guard.attempt(lambda: typing.get_type_hints(value), {})
    fields = guard.attempt(lambda: typing.get_type_hints(value), {})
    return fields | guard.attempt(lambda: typing.get_type_hints(value.__init__), {})


def of_candidate(kind: type) -> bool:
    """Whether a file of the submission defines the class."""
    return guard.inside(getattr(sys.modules.get(kind.__module__), "__file__", None))


def _is_abstract(kind: type) -> bool:
    return inspect.isabstract(kind) or getattr(kind, "_is_protocol", False)


def _subclasses(kind: type, depth: int = 0) -> list[type]:
    below = kind.__subclasses__()[:20] if depth < MAX_MADE else []
    return below + [inner for item in below for inner in _subclasses(item, depth + 1)]


def _fitting(protocol: type) -> list[type]:
    """Classes of the candidate's that have all methods of a protocol without naming it."""
    asked = [
        name
        for level in protocol.__mro__
        if getattr(level, "_is_protocol", False) and level.__module__ != "typing"
        for name, value in vars(level).items()
        if inspect.isfunction(value) and name not in ("__init__", "__subclasshook__")
    ]
    if not asked:
        return []
    return [
        value
        for module in guard.candidate_modules()
        for _, value in guard.globals_of(module)
        if isinstance(value, type) and value is not protocol and all(callable(inspect.getattr_static(value, name, None)) for name in asked)
    ]


def _concrete(kind: Any) -> Any:
    """A class of the candidate's that can be made where `kind` is asked for: itself, a subclass, or one that fits a
    protocol, a real one before one that stands in for it; None for every other type."""
    if not isinstance(kind, type) or hasattr(kind, "__mapper__") or issubclass(kind, enum.Enum) or not of_candidate(kind):
        return None
    if not _is_abstract(kind):
        return kind
    found = _subclasses(kind) + (_fitting(kind) if getattr(kind, "_is_protocol", False) else [])
    real = [item for item in found if of_candidate(item) and not _is_abstract(item)]
    return min(real, key=lambda item: any(word in item.__name__.lower() for word in STAND_INS), default=None)


def _made(kind: Any, depth: int) -> dict[str, Any] | None:
    """How an object of a class of the candidate's is made: a message, a unit of work, a service."""
    concrete = guard.attempt(lambda: _concrete(kind))
    if concrete is None or depth >= MAX_MADE:
        return None
    return {
        "module": guard.plain(concrete.__module__, 200),
        "name": guard.plain(concrete.__qualname__, 200),
        "parameters": parameters(concrete, depth + 1) or [],
        "instances": _instances(concrete),
    }


def parameters(value: Any, depth: int = 0) -> list[dict[str, Any]] | None:
    """[{name, annotation, default: is there one, keyword: only by name, variadic, made: of a class of the
    candidate's}], None where it cannot be told."""
    signature = guard.attempt(lambda: inspect.signature(value))
    if signature is None:
        return None
    hints = _hints(value)
    found = []
    for item in list(signature.parameters.values())[:MAX_PARAMETERS]:
        found.append(
            {
                "name": guard.plain(item.name, 100),
                "annotation": annotation(item.annotation),
                "default": item.default is not item.empty,
                "dependency": type(item.default).__name__ == "Depends" or "Depends(" in annotation(item.annotation),
                "keyword": item.kind == item.KEYWORD_ONLY,
                "variadic": item.kind in (item.VAR_POSITIONAL, item.VAR_KEYWORD),
                "made": _made(hints.get(item.name), depth),
            }
        )
    return found


def _described(module: str, qualname: str) -> dict[str, Any]:
    try:
        value, holder = resolve(module, qualname)
    except LookupError as problem:
        return {"kind": "absent", "why": guard.text(problem)}
    kind = kind_of(value, holder)
    function = unwrapped(value)
    entry: dict[str, Any] = {"kind": kind, "parameters": []}
    if kind not in ("property", "statement", "object"):
        found = parameters(function)
        entry["parameters"] = (found or [])[1 if kind in ("method", "class_method") else 0 :]
    entry["asynchronous"] = inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function)
    if holder is not None:
        entry["mapped"] = hasattr(holder, "__mapper__")
        entry["owner"] = guard.text(f"{holder.__module__}.{holder.__qualname__}", 300)
        constructor = parameters(holder)
        entry["constructor"] = constructor or []
        entry["instances"] = _instances(holder)
    routes = _routes(function)
    if routes:
        entry["routes"] = routes
    return entry


def _instances(kind: type) -> list[list[str]]:
    """[module, name] of globals that are of exactly this class, and of attributes of mapped classes (managers)."""
    found = [
        [guard.plain(module.__name__, 200), name]
        for module in guard.candidate_modules()
        for name, value in guard.globals_of(module)
        if type(value) is kind
    ]
    for mapper in [] if found else tracking.mappers()[:200]:
        owner = mapper.class_
        for name, value in list(vars(owner).items()):
            if type(value) is kind and type(guard.attempt(lambda: getattr(owner, name))) is kind:
                found.append([guard.plain(owner.__module__, 200), f"{guard.plain(owner.__qualname__, 200)}.{name}"])
    return found[:3]


def applications(name: str) -> list[Any]:
    """Applications of a framework ("FastAPI", "Flask") among the candidate's globals."""
    found: list[Any] = []
    for module in guard.candidate_modules():
        for _, value in guard.globals_of(module):
            if any(base.__name__ == name for base in type(value).__mro__) and not any(value is other for other in found):
                found.append(value)
    return found


def _flask_applications() -> list[Any]:
    found = applications("Flask")
    context = flask_app.Application.context
    if context is not None and not any(context.app is other for other in found):
        found.insert(0, context.app)
    return found


def _routes(function: Any) -> list[dict[str, Any]]:
    """Addresses that lead to the function: [{framework, path, methods}]."""
    found: list[dict[str, Any]] = []
    for application in applications("FastAPI"):
        for route in list(getattr(application, "routes", []))[:500]:
            if getattr(route, "endpoint", None) is function:
                found.append({"framework": "fastapi", "path": guard.text(route.path, 300), "methods": sorted(map(str, route.methods or ()))})
    for application in guard.attempt(_flask_applications, []):
        for rule in list(application.url_map.iter_rules())[:500]:
            view = application.view_functions.get(rule.endpoint)
            if view is function or getattr(view, "__wrapped__", None) is function:
                found.append({"framework": "flask", "path": guard.text(rule.rule, 300), "methods": sorted(map(str, rule.methods or ()))})
    return found[:5]


def callables(arguments: dict[str, Any]) -> dict[str, Any]:
    """Describe `items` ([[module, qualified name]]): {items: [{kind, parameters, asynchronous, owner, mapped,
    constructor, instances, routes}]}, and {classes: {name: [column of the discriminator, identity]}}."""
    discriminators: dict[str, list[str]] = {}
    for mapper in tracking.mappers()[:500]:
        column = guard.attempt(lambda: mapper.polymorphic_on)
        identity = guard.attempt(lambda: mapper.polymorphic_identity)
        if column is not None and identity is not None:
            value = getattr(identity, "name", None) if type(identity).__mro__[1:2] and hasattr(identity, "name") else identity
            discriminators[registries.class_name(mapper.class_)] = [guard.text(getattr(column, "name", ""), 200), guard.text(value, 200)]
    return {
        "items": [_described(str(module), str(qualname)) for module, qualname in arguments.get("items", [])[:100]],
        "discriminators": discriminators,
    }
