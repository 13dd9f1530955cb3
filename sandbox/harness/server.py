# SPDX-License-Identifier: MIT
"""Addresses of the real PostgreSQL behind /pg, for runs that have one.

Whatever host, port, user and database an address names, it becomes the slot's database: the broker sees to
the user and the database, the socket's folder is put in the place of the host here.
"""
from __future__ import annotations

import importlib.util
import re
import sys
from typing import Any
from urllib.parse import quote

try:
    from sqlalchemy import pool
    from sqlalchemy.engine import url as url_module
except ImportError:
    pool = None  # type: ignore[assignment]

SOCKETS = "/pg"
USER = "candidate"
# Arguments of create_engine that say nothing of where the server is or how many connections there are.
_KEPT = frozenset("isolation_level implicit_returning use_insertmanyvalues insertmanyvalues_page_size".split())
_CONNECTING = frozenset("options application_name client_encoding server_settings command_timeout statement_cache_size".split())
_PLACES = frozenset(
    "host hostaddr port user password passfile dbname database service sslmode ssl sslrootcert sslcert sslkey "
    "sslnegotiation channel_binding gssencmode target_session_attrs direct_tls krbsrvname".split()
)
# Where a driver is asked for a connection: module, object in it, function. The first three take a dsn first.
_ENTRIES = (
    ("psycopg2", "", "connect"), ("psycopg", "Connection", "connect"), ("psycopg", "AsyncConnection", "connect"),
    ("asyncpg", "", "connect"), ("asyncpg", "", "create_pool"),
)  # fmt: skip


def _driver(driver: str, is_async: bool) -> str:
    """The driver to use for an address that names `driver`."""
    if is_async:
        return "psycopg" if driver in ("psycopg", "psycopg_async") else "asyncpg"
    wanted = "psycopg" if driver == "psycopg" else "psycopg2"
    return wanted if importlib.util.find_spec(wanted) is not None else {"psycopg": "psycopg2", "psycopg2": "psycopg"}[wanted]


def address(database: str, driver: str = "", is_async: bool = False) -> Any:
    """The address of the slot's database, called `database`."""
    return url_module.make_url(f"postgresql+{_driver(driver, is_async)}://{USER}@/{quote(database, safe='/')}?host={SOCKETS}")


def options(kwargs: dict[str, Any], is_async: bool) -> dict[str, Any]:
    """What is kept of a candidate's arguments of create_engine, beside those that any database knows."""
    kept = {name: value for name, value in kwargs.items() if name in _KEPT}
    given = kwargs.get("connect_args")
    if isinstance(given, dict):
        kept["connect_args"] = {name: value for name, value in given.items() if name in _CONNECTING}
    asked = kwargs.get("poolclass")
    # An async connection is bound to the loop that made it, and there may be one loop per call.
    if is_async or asked is pool.NullPool:
        kept["poolclass"] = pool.NullPool
    elif asked is pool.StaticPool:
        kept["poolclass"] = asked
    if kwargs.get("execution_options"):
        kept["execution_options"] = dict(kwargs["execution_options"])
    return kept


def lead_drivers(database: str) -> None:
    """Lead connections that are made without SQLAlchemy to the slot's database too."""
    for module, holder, name in _ENTRIES:
        loaded = sys.modules.get(module)
        place = getattr(loaded, holder, None) if holder else loaded
        original = getattr(place, name, None)
        if place is not None and original is not None and not hasattr(original, "assay_original"):
            setattr(place, name, _led(original, database, "database" if module == "asyncpg" else "dbname"))
    psycopg = sys.modules.get("psycopg")
    if psycopg is not None:
        psycopg.connect = psycopg.Connection.connect  # type: ignore[attr-defined]


def _led(original: Any, database: str, key: str) -> Any:
    def connect(*_: Any, **given: Any) -> Any:
        kept = {name: value for name, value in given.items() if name not in _PLACES and name not in ("dsn", "conninfo")}
        return original(**kept, **{"host": SOCKETS, "user": USER, key: database})

    connect.assay_original = original  # type: ignore[attr-defined]
    return connect


# What a column's type, a default or an index asks of the database beforehand, in words of its DDL.
_EXTENSIONS = {
    "citext": r"\bCITEXT\b", "hstore": r"\bHSTORE\b", "ltree": r"\bL(TREE|QUERY)\b", "uuid-ossp": r"\buuid_generate_v\d",
    "pg_trgm": r"\bg(in|ist)_trgm_ops\b|\bsimilarity\(", "pgcrypto": r"\b(crypt|gen_salt|digest)\(", "unaccent": r"\bunaccent\(",
    "btree_gin": r"\bbtree_gin\b", "btree_gist": r"\bEXCLUDE USING gist\b", "intarray": r"\bgin__int_ops\b",
}  # fmt: skip


def groundwork(metadata: Any, dialect: Any) -> list[str]:
    """Statements for the schemas and extensions that `metadata` counts on, which migrations make for it."""
    from sqlalchemy.schema import CreateIndex, CreateTable

    texts, schemas = [], []
    for table in list(metadata.tables.values())[:300]:
        schemas += [table.schema] if table.schema and table.schema not in schemas else []
        for element in (CreateTable(table), *map(CreateIndex, table.indexes)):
            try:
                texts.append(str(element.compile(dialect=dialect)))
            except Exception:  # create_all says it better
                pass
    ddl = "\n".join(texts)
    quoted = ['"' + str(name).replace('"', '""') + '"' for name in schemas]
    wanted = [name for name, words in _EXTENSIONS.items() if re.search(words, ddl)]
    return [f"CREATE SCHEMA IF NOT EXISTS {name}" for name in quoted] + [f'CREATE EXTENSION IF NOT EXISTS "{name}"' for name in wanted]
