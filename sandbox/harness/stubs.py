# SPDX-License-Identifier: MIT
"""Inert stand-ins for third-party modules that the runtime lacks: they import, and do nothing."""
from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
import types
from collections.abc import Iterator, Sequence
from typing import Any

import guard

STUBBED: list[str] = []


def _is_code(value: object) -> bool:
    return isinstance(value, (type, types.FunctionType, types.MethodType, staticmethod, classmethod))


class Absent:
    """The base that a class of the candidate has in place of one from a missing module."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        following = super().__init__
        if getattr(following, "__objclass__", None) is not object:
            following(*args, **kwargs)

    def __init_subclass__(cls, **_: Any) -> None:
        super().__init_subclass__()


class Inert:
    """Something from a missing module. As a decorator it leaves the decorated as it is."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or name.startswith("_sa_") or name == "_sqla_type":
            raise AttributeError(name)
        return make(name)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if len(args) == 1 and not kwargs and _is_code(args[0]):
            return args[0]
        return Inert()

    def __mro_entries__(self, bases: tuple[Any, ...]) -> tuple[type, ...]:
        return (Absent,) if bases and bases[0] is self else ()

    def __instancecheck__(self, _: Any) -> bool:
        return False

    def __subclasscheck__(self, _: Any) -> bool:
        return False

    def __getitem__(self, _: Any) -> Any:
        return Inert()

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __bool__(self) -> bool:
        return False

    def __contains__(self, _: Any) -> bool:
        return False

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_: Any) -> None:
        return None

    async def __aenter__(self) -> Any:
        return self

    async def __aexit__(self, *_: Any) -> None:
        return None

    def __await__(self) -> Any:
        return iter(())

    def __str__(self) -> str:
        return "stub"

    def __or__(self, _: Any) -> Any:
        return self

    __ror__ = __and__ = __add__ = __radd__ = __truediv__ = __mod__ = __or__


def _column_type(name: str) -> Any:
    """A stand-in for a SQLAlchemy type of a missing package: kept as text."""
    from sqlalchemy.types import String, TypeDecorator

    class Stub(TypeDecorator):  # type: ignore[type-arg]
        impl = String
        cache_ok = True

        def __init__(self, *_: Any, **__: Any) -> None:
            super().__init__()

    Stub.__name__ = Stub.__qualname__ = name
    return Stub


def make(name: str) -> Any:
    """A stand-in called `name`, to be called, subclassed or decorated with."""
    name = guard.plain(name, 100)
    if name.endswith("Type") and len(name) > 4 and "sqlalchemy" in sys.modules:
        return _column_type(name)
    if name.endswith(("Error", "Exception")):
        return type(name, (Exception,), {})
    return Inert()


class _StubModule(types.ModuleType):
    """A module in which every name exists."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        value = make(name)
        self.__dict__[name] = value
        return value


class _StubFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds what is named in STUBBED, and everything below it; asked last."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: types.ModuleType | None = None) -> Any:
        if name.partition(".")[0] not in STUBBED:
            return None
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return _StubModule(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        pass


_FINDER = _StubFinder()


def add(name: str) -> bool:
    """Let the top-level module `name` be a stub from now on; False if it is one already or no name."""
    if not name.isidentifier() or name in STUBBED or len(STUBBED) >= 40:
        return False
    if _FINDER not in sys.meta_path:
        sys.meta_path.append(_FINDER)
    STUBBED.append(name)
    return True
