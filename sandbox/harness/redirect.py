# SPDX-License-Identifier: MIT
"""Every engine that a candidate makes lands on the engine's own database, whatever its address says.

The hook replaces URL._instantiate_plugins, which create_engine calls on every version right after the
address is parsed and before dialect and driver are looked up. It works although create_engine was
imported before, and for everything that ends in it: engine_from_config, async engines,
Flask-SQLAlchemy, SQLModel, Alembic.
"""
from __future__ import annotations

import os
import re
import sys
import threading
import weakref
from typing import Any

import guard
import server
import shims
from dbshim import channel
from environment import PRESET_DATABASE

try:
    import sqlalchemy
    from sqlalchemy import event, exc, pool
    from sqlalchemy.engine import url as url_module
except ImportError:
    sqlalchemy = None  # type: ignore[assignment]

# Arguments of create_engine that mean the same on SQLite. The rest belongs to drivers and pools.
_KEPT = frozenset(
    "future _is_async _coerce_config _initialize query_cache_size hide_parameters logging_name json_serializer "
    "json_deserializer enable_from_linting".split()
)
_ASYNC_DRIVERS = frozenset("asyncpg aiosqlite aiomysql asyncmy psycopg_async aioodbc".split())
_DIALECTS = frozenset("postgresql sqlite mysql mariadb oracle mssql cockroachdb".split())
MAX_ENGINES = 100
MAX_DATABASES = 30
MAIN = "/assay/main"
MEMORY = ":memory:"


class State:
    """What the redirection knows; one per process."""

    main = MAIN
    postgres = False  # the main database is a real PostgreSQL
    names: dict[str, str] = {}
    foreign_keys: bool | None = None
    engines: list[dict[str, Any]] = []
    made: list[Any] = []
    how = ""


_asked = threading.local()


def database_key(url: Any) -> str:
    """The name that tells an original database apart from others: host, driver and folder do not."""
    name = guard.text(url.database or "", 200)
    if url.get_backend_name() == "sqlite":
        query = " ".join(guard.text(part, 100) for pair in list(url.query.items())[:20] for part in pair)
        if not name or ":memory:" in name or "mode memory" in query or "mode=memory" in name:
            shared = "cache shared" in query or "cache=shared" in name
            return f"shared {name.partition('?')[0]}" if shared else MEMORY
        name = name.split("?")[0].replace("\\", "/").rsplit("/", 1)[-1]
    return re.sub(r"\.(db|db3|sqlite|sqlite3)$", "", name.lower()) or "default"


def _file_of(url: Any, backend: str, key: str) -> str:
    """The file that an address of SQLite's names, or ""."""
    name = guard.text(url.database or "", 1000)
    if backend != "sqlite" or key == MEMORY or key.startswith("shared ") or name.startswith("file:"):
        return ""
    return os.path.abspath(name)


def _target(key: str) -> str:
    """The database that stands for `key`; the first one asked for is the main one.

    Each engine in memory has a database of its own, so after the first they stay in memory.
    """
    if key == MEMORY and State.names:
        return MEMORY
    if key not in State.names and len(State.names) >= MAX_DATABASES:
        return next(reversed(State.names.values()))
    if key not in State.names:
        if not State.names:
            State.names[key] = State.main
        else:
            base = re.sub(r"[^a-z0-9_]", "_", key.strip(":"))[:40] or "other"
            State.names[key] = f"{State.main.rsplit('/', 1)[0]}/{base}_{len(State.names)}"
    return State.names[key]


def redacted(url: Any) -> str:
    """An address without its password and without the values of its query."""
    user = f"{url.username}:***@" if url.username and url.password else f"{url.username}@" if url.username else ""
    port = f":{url.port}" if url.port else ""
    query = "?" + "&".join(sorted(str(name) for name in url.query)) if url.query else ""
    return guard.plain(f"{url.drivername}://{user}{url.host or ''}{port}/{url.database or ''}{query}", 300)


class _Plugin:
    """An engine plugin that marks the engine's dialect and prepares its connections."""

    def __init__(self, backend: str, remember: bool = True, file: str = "") -> None:
        self.backend = backend
        self.file = file
        self.remember = remember

    def handle_dialect_kwargs(self, *_: Any) -> None:
        """Nothing: part of the interface."""

    def handle_pool_kwargs(self, *_: Any) -> None:
        """Nothing: part of the interface."""

    def update_url(self, _: Any) -> None:
        """Nothing: part of the interface."""

    def engine_created(self, engine: Any) -> None:
        """Remember the engine and prepare each of its connections."""
        engine.dialect.assay_backend = self.backend
        if self.remember and len(State.made) < MAX_ENGINES:
            State.made.append(weakref.ref(engine))
        if engine.dialect.name != "sqlite":
            return
        foreign_keys = State.foreign_keys
        if foreign_keys is None and self.backend != "sqlite":
            foreign_keys = True

        def on_connect(connection: Any, _: Any) -> None:
            channel.mark(self.file)
            if foreign_keys is not None:
                cursor = connection.cursor()
                cursor.execute(f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}")
                cursor.close()
            if self.backend != "sqlite":
                shims.add_functions(connection)

        event.listen(engine, "connect", on_connect)
        shims.watch_statements(engine, self.backend)


def rewrite(url: Any, kwargs: dict[str, Any]) -> tuple[Any, list[Any], dict[str, Any]]:
    """The address, plugins and arguments that stand for the candidate's.

    Raises what SQLAlchemy raises for an async engine on a driver that is not.
    """
    own = getattr(_asked, "own", "")
    if own and State.postgres:
        is_async = url.drivername.endswith("+aiosqlite")
        return server.address(State.main, "", is_async), [_Plugin("postgresql", False)], server.options({}, is_async)
    if own:
        scheme = "sqlite+aiosqlite" if url.drivername.endswith("+aiosqlite") else "sqlite"
        return url_module.make_url(f"{scheme}:///{State.main}"), [_Plugin(own, False)], _options(None)
    backend, _, driver = guard.plain(url.drivername, 60).partition("+")
    key = database_key(url)
    preset = key == PRESET_DATABASE and url.drivername == "postgresql" and url.username == "blog"
    wants_async = bool(kwargs.get("_is_async")) or getattr(_asked, "asynchronous", False)
    is_async = driver in _ASYNC_DRIVERS or (wants_async and driver == "psycopg")
    if wants_async and not is_async and not preset:
        if (backend, driver) in (("postgresql", ""), ("sqlite", ""), ("mysql", "")) or driver:
            name = driver or {"postgresql": "psycopg2", "sqlite": "pysqlite", "mysql": "mysqldb"}[backend]
            raise exc.InvalidRequestError(
                f"The asyncio extension requires an async driver to be used. The loaded {name!r} is not async."
            )
    is_async = is_async or wants_async
    record = {
        "url": redacted(url), "backend": backend, "driver": driver, "asynchronous": is_async, "preset": preset,
        "unknown_dialect": backend not in _DIALECTS, "target": _target(key), "place": guard.caller(),
        "dropped": sorted(guard.plain(str(name), 60) for name in kwargs if name not in _KEPT)[:30],
    }  # fmt: skip
    if len(State.engines) < MAX_ENGINES:
        State.engines.append(record)
    kept = {name: value for name, value in kwargs.items() if name in _KEPT}
    if State.postgres and record["target"] == State.main:
        return server.address(State.main, driver, is_async), [_Plugin("postgresql")], kept | server.options(kwargs, is_async)
    pool_class = _pool_class(key, is_async, kwargs.get("poolclass"))
    if pool_class is not None:
        kept["poolclass"] = pool_class
    if kwargs.get("isolation_level") == "AUTOCOMMIT":
        kept["isolation_level"] = "AUTOCOMMIT"
    scheme = "sqlite+aiosqlite" if is_async else "sqlite"
    return url_module.make_url(f"{scheme}:///{record['target']}"), [_Plugin(backend, file=_file_of(url, backend, key))], kept | _options(kwargs.get("execution_options"))


def _options(asked: Any) -> dict[str, Any]:
    """What every engine is made with, besides what the candidate asked for as execution options."""
    options = dict(asked) if asked else {}
    if options.get("isolation_level") not in (None, "AUTOCOMMIT", "SERIALIZABLE", "READ UNCOMMITTED"):
        del options["isolation_level"]
    return {
        "connect_args": {"check_same_thread": False},
        "execution_options": {"schema_translate_map": shims.SCHEMAS, **options},
    }


def own_engine(backend: str, asynchronous: bool = False) -> Any:
    """An engine of ours on the main database, treated as one meant for `backend`."""
    _asked.own = backend
    try:
        if asynchronous:
            from sqlalchemy.ext.asyncio import create_async_engine

            return create_async_engine("sqlite+aiosqlite://")
        return sqlalchemy.create_engine("sqlite://")
    finally:
        _asked.own = ""


def _pool_class(key: str, is_async: bool, asked: Any) -> Any:
    """A pool that shares connections as the original would (in memory: one per thread), or None."""
    if key == MEMORY:
        return pool.StaticPool if is_async or asked is pool.StaticPool else pool.SingletonThreadPool
    # An async connection is bound to the loop that made it, and there may be one loop per call.
    if is_async or asked is pool.NullPool:
        return pool.NullPool
    return asked if asked is pool.StaticPool else None


def _wrap_create_engine() -> None:
    """The way without the hook: replace create_engine wherever it was imported to."""
    from sqlalchemy.engine import create

    original = create.create_engine

    def create_engine(url: Any, **kwargs: Any) -> Any:
        new_url, plugins, kept = rewrite(url_module.make_url(url), kwargs)
        engine = original(new_url, **kept)
        for plugin in plugins:
            plugin.engine_created(engine)
        return engine

    for module in list(sys.modules.values()):
        for name in ("create_engine", "_create_engine"):
            if getattr(module, "__dict__", {}).get(name) is original:
                setattr(module, name, create_engine)


def note_async() -> None:
    """Let the hook know that an async engine is asked for: 1.4 does not say so in the arguments. Once."""
    try:
        from sqlalchemy.ext.asyncio import engine as asyncio_engine
    except ImportError:
        return
    original = getattr(asyncio_engine, "_create_engine", None)
    if original is None:
        return

    def create_engine(*args: Any, **kwargs: Any) -> Any:
        _asked.asynchronous = True
        try:
            return original(*args, **kwargs)
        finally:
            _asked.asynchronous = False

    asyncio_engine._create_engine = create_engine


def mark() -> tuple[int, dict[str, str]]:
    """A point in time that `roll_back` goes back to."""
    return len(State.engines), dict(State.names)


def roll_back(point: tuple[int, dict[str, str]]) -> None:
    """Forget the engines made since `point`."""
    del State.engines[point[0] :]
    State.names.clear()
    State.names.update(point[1])


def install(
    main: str = MAIN, foreign_keys: bool | None = None, names: dict[str, str] | None = None, wrap: bool = False, postgres: bool = False
) -> str:
    """Redirect all engines from now on to the database `main`; how it is done: "hook", "wrap" or "none".

    `postgres`: it is a real PostgreSQL, behind the socket at /pg.

    `foreign_keys` forces the pragma on or off; None leaves it to the candidate on SQLite and turns it
    on for other databases, which always enforce. `names` maps original database names to ours.
    """
    if sqlalchemy is None:
        return "none"
    State.main, State.foreign_keys, State.postgres = main, foreign_keys, postgres
    shims.State.active = not postgres
    if postgres:
        server.lead_drivers(main)
    State.names.update(names or {})
    method = getattr(url_module.URL, "_instantiate_plugins", None)
    code = getattr(method, "__code__", None)
    if code is not None and code.co_varnames[: code.co_argcount] == ("self", "kwargs") and not wrap:
        url_module.URL._instantiate_plugins = lambda self, kwargs: rewrite(self, dict(kwargs))  # type: ignore[method-assign]
        State.how = "hook"
    else:
        _wrap_create_engine()
        State.how = "wrap"
    return State.how


def live_engines() -> list[Any]:
    """The candidate's engines that still exist."""
    return [engine for engine in (reference() for reference in State.made) if engine is not None]
