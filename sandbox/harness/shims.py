# SPDX-License-Identifier: MIT
"""What other databases know and SQLite does not, made to pass there; every use is written down.

Facts about a shimmed thing come from the candidate's Table objects, never from the database.
"""
from __future__ import annotations

import datetime
import hashlib
import json
import re
import uuid
from typing import Any

import guard

try:
    from sqlalchemy import event, types
    from sqlalchemy.dialects import mssql, mysql, oracle, postgresql
    from sqlalchemy.dialects.sqlite.base import SQLiteDDLCompiler, SQLiteDialect
    from sqlalchemy.ext.compiler import compiles
    from sqlalchemy.schema import CreateSchema, DropSchema
except ImportError:
    event = None  # type: ignore[assignment]

USED: list[dict[str, str]] = []
# Read by SQLAlchemy at each statement, so it may grow: every schema is kept in the main database.
SCHEMAS: dict[str, str] = {}


class State:
    """Whether there is anything to make up for; one per process."""

    active = True


_UUID = (
    "(lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-a' || "
    "substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))))"
)
_DEFAULTS = (
    (r"(?i)\bON\s+UPDATE\s+CURRENT_TIMESTAMP(\(\d*\))?", ""),
    (r"(?i)^\(*\s*timezone\(\s*'utc'(::text)?\s*,\s*(now\(\)|CURRENT_TIMESTAMP)\s*\)\s*\)*$", "CURRENT_TIMESTAMP"),
    (r"(?i)^\(*\s*\(?(now|clock_timestamp|statement_timestamp|transaction_timestamp|localtimestamp|getdate|sysdate"
     r"|utc_timestamp|getutcdate)\(\d*\)\s*"
     r"(AT TIME ZONE '\w+')?\s*\)*$", "CURRENT_TIMESTAMP"),
    (r"(?i)^\(*\s*(now|current_timestamp)\(\d*\)\s*\)*$", "CURRENT_TIMESTAMP"),
    (r"(?i)^\(*\s*(gen_random_uuid|uuid_generate_v[14]|uuid|newid|uuidv[47])\(\)(::\w+)?\s*\)*$", _UUID),
    (r"(?i)::\s*[a-z_][\w ]*(\(\d+(,\s*\d+)?\))?(\[\])?", ""),
)  # fmt: skip
_NO_CHECK = re.compile(r"(?i)(~|\bilike\b|\bsimilar to\b|\bany\s*\(|\bregexp\b|\barray\[|\bposition\s*\(|@>|\bregexp_\w+|\bjsonb?_\w+\()")
_NO_INDEX = re.compile(r"(?i)\b(to_tsvector|setweight|gin_trgm_ops|date_trunc|md5|unaccent|to_char|digest)\b|::|@@")
_NO_STATEMENT = re.compile(
    r"(?i)^\s*(create\s+(extension|schema|type|domain|sequence|or\s+replace\s+function|function)"
    r"|drop\s+(extension|schema|type|sequence|function)"
    r"|set\s+(search_path|time\s+zone|local|session|names|timezone|client_encoding|foreign_key_checks)"
    r"|comment\s+on|alter\s+(type|sequence)|lock\s+table"
    r"|grant|create\s+(materialized)?\s*policy|select\s+setval\()\b"
)


def note(kind: str, what: object, detail: str = "") -> None:
    """Write down that a shim was used; at most 200 different ones."""
    item = {"kind": kind, "what": guard.text(what, 200), "detail": guard.plain(detail, 120)}
    if len(USED) < 200 and item not in USED:
        USED.append(item)


def _names(module: Any, names: str) -> list[Any]:
    return [found for found in (getattr(module, name, None) for name in names.split()) if isinstance(found, type)]


def _compile_types() -> None:
    texts = _names(
        postgresql,
        "TSVECTOR TSQUERY INET CIDR MACADDR MACADDR8 CITEXT HSTORE BIT MONEY OID REGCLASS INTERVAL INT4RANGE INT8RANGE NUMRANGE DATERANGE "
        "TSRANGE TSTZRANGE INT4MULTIRANGE DATEMULTIRANGE TSTZMULTIRANGE DOMAIN JSONPATH",
    )
    texts += _names(mysql, "LONGTEXT MEDIUMTEXT TINYTEXT ENUM SET YEAR BIT")
    texts += _names(mssql, "UNIQUEIDENTIFIER DATETIMEOFFSET NTEXT XML") + _names(oracle, "CLOB NCLOB INTERVAL LONG")
    kinds = {
        "JSON": [types.ARRAY, *_names(postgresql, "ARRAY JSONB")],
        "TEXT": texts,
        "BLOB": _names(postgresql, "BYTEA") + _names(mysql, "LONGBLOB MEDIUMBLOB TINYBLOB") + _names(oracle, "RAW BFILE"),
        "INTEGER": _names(mysql, "TINYINT MEDIUMINT"),
        "VARCHAR": _names(oracle, "VARCHAR2 NVARCHAR2"),
        "DATETIME": _names(mssql, "DATETIME2 SMALLDATETIME"),
        "NUMERIC": _names(oracle, "NUMBER") + _names(mssql, "SMALLMONEY"),
    }
    if not hasattr(types, "Uuid"):
        kinds["CHAR(36)"] = _names(postgresql, "UUID")
    for stands_for, members in kinds.items():
        for member in members:
            _compile_type(member, stands_for)

    def integer(element: Any, compiler: Any, **kw: Any) -> str:
        backend = getattr(compiler.dialect, "assay_backend", "sqlite")
        return "INTEGER" if backend != "sqlite" else compiler.visit_BIGINT(element, **kw)

    # SQLite numbers rows by itself for INTEGER only; the others number a BIGINT key as well.
    compiles(types.BigInteger, "sqlite")(integer)


def _compile_on_postgres() -> None:
    """MySQL's types where a design of MySQL's runs on PostgreSQL."""
    for stands_for, names in (
        ("TEXT", "LONGTEXT MEDIUMTEXT TINYTEXT SET"), ("BYTEA", "LONGBLOB MEDIUMBLOB TINYBLOB"), ("SMALLINT", "TINYINT YEAR"),
        ("INTEGER", "MEDIUMINT"), ("TIMESTAMP", "DATETIME"), ("DOUBLE PRECISION", "DOUBLE"),
    ):  # fmt: skip
        for member in _names(mysql, names):
            _compile_type(member, stands_for, "postgresql")


def _compile_type(member: Any, stands_for: str, dialect: str = "sqlite") -> None:
    def render(element: Any, compiler: Any, **kw: Any) -> str:
        note("type", type(element).__name__, stands_for)
        return stands_for

    compiles(member, dialect)(render)


def _bind_arrays() -> None:
    """Lists of an ARRAY column are kept as JSON."""

    def wrap(kind: Any) -> None:
        bind, result = kind.__dict__.get("bind_processor"), kind.__dict__.get("result_processor")

        def bind_processor(self: Any, dialect: Any) -> Any:
            if dialect.name == "sqlite":
                return lambda value: None if value is None else json.dumps(list(value), default=str)
            return bind(self, dialect) if bind else super(kind, self).bind_processor(dialect)

        def result_processor(self: Any, dialect: Any, coltype: Any) -> Any:
            if dialect.name == "sqlite":
                return lambda value: json.loads(value) if isinstance(value, str) else value
            return result(self, dialect, coltype) if result else super(kind, self).result_processor(dialect, coltype)

        kind.bind_processor, kind.result_processor = bind_processor, result_processor

    wrap(types.ARRAY)
    wrap(postgresql.ARRAY)


def rewritten_default(rendered: str) -> str:
    """A server default of another database as SQLite takes it; the same text if it needs nothing."""
    for pattern, replacement in _DEFAULTS:
        rendered = re.sub(pattern, lambda _: replacement, rendered[:2000])
    return rendered.strip()


def _patch_ddl() -> None:
    original_default = SQLiteDDLCompiler.get_column_default_string
    original_check = SQLiteDDLCompiler.visit_check_constraint
    original_index = SQLiteDDLCompiler.visit_create_index

    def default_string(self: Any, column: Any) -> Any:
        rendered = original_default(self, column)
        if not isinstance(rendered, str) or rendered[:1] == "'" and rendered[-1:] == "'":
            return rendered
        changed = rewritten_default(rendered)
        if changed == rendered:
            return rendered
        note("server_default", f"{column.table.name}.{column.name}", rendered)
        if "nextval" in changed or not changed:
            return None
        return changed

    def check(self: Any, constraint: Any, **kw: Any) -> Any:
        rendered = original_check(self, constraint, **kw)
        if isinstance(rendered, str):
            body = re.sub(r"'[^']*'", "''", rendered)
            if _NO_CHECK.search(body):
                note("check", constraint.name or "", rendered)
                return None
            if "::" in body or re.search(r"(?i)\bchar(acter)?_length\(", body):
                note("check", constraint.name or "", rendered)
                rendered = re.sub(r"(?i)\bchar(acter)?_length\(", "length(", re.sub(_DEFAULTS[-1][0], "", rendered))
        return rendered

    def create_index(self: Any, create: Any, *args: Any, **kw: Any) -> Any:
        rendered = original_index(self, create, *args, **kw)
        if _NO_INDEX.search(re.sub(r"'[^']*'", "''", rendered)):
            note("index", create.element.name or "", rendered)
            return "SELECT 1"
        return rendered

    SQLiteDDLCompiler.get_column_default_string = default_string
    SQLiteDDLCompiler.visit_check_constraint = check
    SQLiteDDLCompiler.visit_create_index = create_index

    def no_schema(element: Any, compiler: Any, **kw: Any) -> str:
        note("statement", type(element).__name__)
        return "SELECT 1"

    compiles(CreateSchema, "sqlite")(no_schema)
    compiles(DropSchema, "sqlite")(no_schema)


def _patch_isolation() -> None:
    """Isolation levels of other databases mean SERIALIZABLE here."""
    for dialect in (SQLiteDialect, *SQLiteDialect.__subclasses__()):
        levels = dialect.__dict__.get("_isolation_lookup")
        if levels is not None:
            dialect._isolation_lookup = {"READ COMMITTED": 0, "REPEATABLE READ": 0, **dict(levels)}


def watch_schemas(schema: object) -> None:
    """Keep the tables of `schema` in the main database."""
    if type(schema) is str or isinstance(schema, str):
        name = guard.plain(schema, 200)
        if State.active and name and name != "main" and len(SCHEMAS) < 100 and name not in SCHEMAS:
            SCHEMAS[name] = "main"
            note("schema", name, "main")


def watch_statements(engine: Any, backend: str) -> None:
    """On an engine meant for another database, pass over statements that SQLite has no use for."""
    if backend == "sqlite":
        return

    def before(_: Any, __: Any, statement: str, parameters: Any, ___: Any, many: bool) -> Any:
        if _NO_STATEMENT.match(statement):
            note("statement", statement)
            return "SELECT 1", ([] if many else ())
        for schema in SCHEMAS:
            if schema in statement and not many:
                statement = re.sub(rf'(?<![\w."\'])"?{re.escape(schema)}"?\.(?="?[a-z_]\w*"?(\s|\(|$|;))', "main.", statement)
        return statement, parameters

    event.listen(getattr(engine, "sync_engine", engine), "before_cursor_execute", before, retval=True)


def _now() -> str:
    return datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M:%S")


_FUNCTIONS: tuple[tuple[str, int, Any], ...] = (
    ("now", 0, _now),
    ("gen_random_uuid", 0, lambda: str(uuid.uuid4())),
    ("uuid_generate_v4", 0, lambda: str(uuid.uuid4())),
    ("char_length", 1, lambda value: None if value is None else len(str(value))),
    ("md5", 1, lambda value: None if value is None else hashlib.md5(str(value).encode()).hexdigest()),
    ("greatest", -1, lambda *values: max((value for value in values if value is not None), default=None)),
    ("least", -1, lambda *values: min((value for value in values if value is not None), default=None)),
    ("concat", -1, lambda *values: "".join(str(value) for value in values if value is not None)),
    ("left", 2, lambda value, count: None if value is None else str(value)[:count]),
)


def add_functions(connection: Any) -> None:
    """Give a connection the everyday functions of other databases."""
    for name, arguments, function in _FUNCTIONS:
        connection.create_function(name, arguments, function)


def install() -> None:
    """Put all shims in place; once per process."""
    if event is None:
        return
    _compile_types()
    _compile_on_postgres()
    _bind_arrays()
    _patch_ddl()
    _patch_isolation()
