# SPDX-License-Identifier: MIT
"""Sessions, engines and connections for the candidate's parameters, all on the engine's database."""
from __future__ import annotations

import asyncio
import functools
import inspect
import sys
import types
from typing import Any

import flask_app
import guard
import redirect
import tracking

try:
    import sqlalchemy
    from sqlalchemy import orm
except ImportError:
    sqlalchemy = None  # type: ignore[assignment]


_FUNCTIONS = (types.FunctionType, type(functools.cache(lambda: None)))


class Open:
    """What was made for the call that is going on, and the loop that awaits."""

    made: dict[str, Any] = {}
    contexts: list[Any] = []
    loop: Any = None
    asynchronous = False


def _engines(asynchronous: bool) -> list[Any]:
    return [engine for engine in redirect.live_engines() if bool(getattr(engine.dialect, "is_async", False)) == asynchronous]


def engine(asynchronous: bool = False) -> Any:
    """The candidate's first engine of that kind on the main database; one of ours if there is none."""
    key = "async_engine" if asynchronous else "engine"
    if key in Open.made:
        return Open.made[key]
    found = next((item for item in _engines(asynchronous) if guard.text(item.url.database) == redirect.State.main), None)
    if asynchronous:
        from sqlalchemy.ext import asyncio as sa_asyncio

        made = sa_asyncio.AsyncEngine(found) if found is not None else redirect.own_engine("sqlite", True)
    else:
        made = found if found is not None else redirect.own_engine("sqlite")
    Open.made[key] = made
    return made


def _given_by(function: Any) -> Any:
    """What a function of the candidate's that promises a sessionmaker and asks for nothing returns; else None."""
    promise = guard.attempt(lambda: inspect.signature(function))
    if promise is None or "sessionmaker" not in guard.text(promise.return_annotation) or inspect.iscoroutinefunction(function):
        return None
    asks = any(item.default is item.empty and item.kind not in (item.VAR_POSITIONAL, item.VAR_KEYWORD) for item in promise.parameters.values())
    return None if asks else guard.attempt(function)


def _factories(asynchronous: bool) -> list[Any]:
    """The candidate's sessionmakers: globals of its modules, else what its functions give."""
    values = [value for module in guard.candidate_modules() for _, value in guard.globals_of(module)]
    found = [value for value in values if _is_factory(value, asynchronous)]
    if not found:
        given = (_given_by(value) for value in [value for value in values if type(value) in _FUNCTIONS][:200])
        found = [value for value in given if value is not None and _is_factory(value, asynchronous)]
    return found


def _is_factory(value: Any, asynchronous: bool) -> bool:
    kinds = {base.__name__ for base in type(value).__mro__}
    if not kinds & {"sessionmaker", "async_sessionmaker"} or not type(value).__module__.startswith("sqlalchemy"):
        return False
    made = guard.attempt(lambda: value.class_)
    return (isinstance(made, type) and any(base.__name__ == "AsyncSession" for base in made.__mro__)) == asynchronous


def _own_factory(asynchronous: bool) -> Any:
    """The candidate's sessionmaker that has an engine; None if there is none."""
    key = "async_own" if asynchronous else "own"
    if key not in Open.made:
        bound = (item for item in _factories(asynchronous) if guard.attempt(lambda: item.kw.get("bind")) is not None)
        Open.made[key] = next(bound, None)
    return Open.made[key]


def given_factory(asynchronous: bool = False) -> Any:
    """A sessionmaker for a parameter: the candidate's own; else one whose objects outlive a commit, since nobody
    knows how the missing one was configured."""
    own = _own_factory(asynchronous)
    if own is not None or asynchronous:
        return factory(asynchronous)
    return orm.sessionmaker(engine(False), class_=factory(False).class_, future=True, expire_on_commit=False)


def factory(asynchronous: bool = False) -> Any:
    """The candidate's sessionmaker, if there is one that has an engine; else one of ours."""
    key = "async_factory" if asynchronous else "factory"
    if key in Open.made:
        return Open.made[key]
    made = _own_factory(asynchronous)
    if made is None and asynchronous:
        from sqlalchemy.ext.asyncio import AsyncSession

        kind: Any = (_uses_sqlmodel() and guard.attempt(_sqlmodel_async)) or AsyncSession
        made = orm.sessionmaker(engine(True), class_=kind, expire_on_commit=False)
    elif made is None:
        kind = sys.modules["sqlmodel"].Session if _uses_sqlmodel() else orm.Session
        made = orm.sessionmaker(engine(False), class_=kind, future=True)
    Open.made[key] = made
    return made


def _uses_sqlmodel() -> bool:
    return any(base.__name__ == "SQLModel" for mapper in tracking.mappers()[:50] for base in mapper.class_.__mro__)


def _sqlmodel_async() -> Any:
    from sqlmodel.ext.asyncio.session import AsyncSession

    return AsyncSession


def session(asynchronous: bool = False) -> Any:
    """The session of this call; Flask-SQLAlchemy's where that is what the candidate uses."""
    key = "async_session" if asynchronous else "session"
    if key not in Open.made:
        databases = [] if asynchronous else flask_databases()
        Open.made[key] = databases[0].session if databases else factory(asynchronous)()
    return Open.made[key]


def flask_databases() -> list[Any]:
    """Flask-SQLAlchemy's objects, where an application stands behind them."""
    if flask_app.Application.context is None:
        return []
    kind = sys.modules["flask_sqlalchemy"].SQLAlchemy
    return [value for _, value in flask_app._instances(kind)]


def bind_the_unbound() -> None:
    """Sessions that the candidate's start-up would have bound use the engine of the call; once per process."""
    original = orm.Session.get_bind

    @functools.wraps(original)
    def get_bind(self: Any, *arguments: Any, **named: Any) -> Any:
        try:
            return original(self, *arguments, **named)
        except sqlalchemy.exc.UnboundExecutionError:
            made = guard.attempt(lambda: engine(Open.asynchronous))
            if made is None:
                raise
            return getattr(made, "sync_engine", made)

    orm.Session.get_bind = get_bind


def connection(asynchronous: bool = False) -> Any:
    """A connection of this call."""
    key = "async_connection" if asynchronous else "connection"
    if key not in Open.made:
        Open.made[key] = run(engine(True).connect().start()) if asynchronous else engine().connect()
    return Open.made[key]


def make(what: str) -> Any:
    """What a binding names: session, async_session, sessionmaker, async_sessionmaker, scoped_session, engine ..."""
    asynchronous, plain = what.startswith("async_"), what.removeprefix("async_")
    if plain == "session":
        return session(asynchronous)
    if plain == "sessionmaker":
        return given_factory(asynchronous)
    if plain == "scoped_session":
        return Open.made.setdefault("scoped", orm.scoped_session(factory(False)))
    if plain == "engine":
        return engine(asynchronous)
    if plain == "connection":
        return connection(asynchronous)
    raise LookupError(what)


def loop() -> Any:
    """The loop in which everything of this process is awaited."""
    if Open.loop is None or Open.loop.is_closed():
        Open.loop = asyncio.new_event_loop()
        asyncio.set_event_loop(Open.loop)
    return Open.loop


def run(awaitable: Any) -> Any:
    """Await something to its end."""

    async def waited() -> Any:
        return await awaitable

    return loop().run_until_complete(waited())


def in_greenlet(function: Any) -> Any:
    """`function()` where async sessions can load what is touched."""
    from sqlalchemy.util.concurrency import greenlet_spawn

    return run(greenlet_spawn(function))


def close() -> None:
    """End every session and connection, whoever made them, so that nothing is remembered."""
    for key in ("async_session", "async_connection"):
        made = Open.made.pop(key, None)
        if made is not None:
            guard.attempt(lambda: run(made.close()))
    for key in ("session", "connection", "scoped"):
        made = Open.made.pop(key, None)
        if made is not None:
            guard.attempt(lambda: made.remove() if hasattr(made, "remove") else made.close())
    for module in guard.candidate_modules():
        for _, value in guard.globals_of(module):
            if type(value).__name__ in ("scoped_session", "async_scoped_session"):
                removed = guard.attempt(value.remove)
                if hasattr(removed, "__await__"):
                    guard.attempt(lambda: run(removed))
    for database in guard.attempt(flask_databases, []):
        guard.attempt(database.session.remove)
    if sqlalchemy is not None:
        guard.attempt(orm.close_all_sessions if hasattr(orm, "close_all_sessions") else orm.session.close_all_sessions)
