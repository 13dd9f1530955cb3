# SPDX-License-Identifier: MIT
"""The surroundings a submission expects: variables, import roots, no terminal, no servers."""
from __future__ import annotations

import builtins
import ctypes.util
import glob
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import io
import os
import re
import sys
import types
from collections.abc import Sequence
from typing import Any

import guard
import runner

_HERE = os.path.dirname(os.path.abspath(__file__))
# The name of the database in an address that we made up: such an address is no evidence.
PRESET_DATABASE = "assay"
DATABASE_URL = f"postgresql://blog:blog@localhost:5432/{PRESET_DATABASE}"
_EXAMPLES = (".env", ".env.example", ".env.sample", ".env.template", ".env.dist", "env.example", ".flaskenv")

_PRESETS = {
    name: DATABASE_URL
    for name in (
        "DATABASE_URL DATABASE_URI DATABASE_DSN DB_URL DB_URI DB_DSN DB_CONNECTION_STRING SQLALCHEMY_DATABASE_URL "
        "SQLALCHEMY_DATABASE_URI SQLALCHEMY_URL POSTGRES_URL POSTGRES_DSN POSTGRESQL_URL PG_DSN"
    ).split()
} | {
    "POSTGRES_USER": "blog", "POSTGRES_PASSWORD": "blog", "POSTGRES_DB": PRESET_DATABASE, "POSTGRES_HOST": "localhost",
    "POSTGRES_SERVER": "localhost", "POSTGRES_PORT": "5432", "PGUSER": "blog", "PGPASSWORD": "blog",
    "PGDATABASE": PRESET_DATABASE, "PGHOST": "localhost", "PGPORT": "5432", "MYSQL_USER": "blog",
    "MYSQL_PASSWORD": "blog", "MYSQL_DATABASE": PRESET_DATABASE, "MYSQL_HOST": "localhost", "MYSQL_PORT": "3306",
    "DB_USER": "blog", "DB_USERNAME": "blog", "DB_PASSWORD": "blog", "DB_PASS": "blog", "DB_HOST": "localhost",
    "DB_PORT": "5432", "DB_NAME": PRESET_DATABASE, "DB_DATABASE": PRESET_DATABASE,
    "SECRET_KEY": "a-placeholder-of-thirty-two-letters", "JWT_SECRET_KEY": "a-placeholder-of-thirty-two-letters",
}  # fmt: skip

_SHAPES: tuple[tuple[str, str], ...] = (
    (r"REDIS|BROKER|CELERY", "redis://localhost:6379/0"),
    (r"SENTRY", ""),
    (r"(DATABASE|DB|POSTGRES|POSTGRESQL|PG|SQLALCHEMY|SQL|MYSQL|SQLITE).*_(URL|URI|DSN)$|(^|_)DSN$|CONNECTION_STRING", DATABASE_URL),
    (r"_(URL|URI)$|^URL$", "http://localhost:8000"),
    (r"ORIGINS|_LIST$|_HOSTS$", "[]"),
    (r"(^|_)PORT$", "5432"),
    (r"MINUTES|SECONDS|DAYS|HOURS|SIZE|LIMIT|TIMEOUT|COUNT|MAX|MIN|OVERFLOW|RECYCLE|ROUNDS|EXPIRE|WORKERS|TTL", "30"),
    (r"DEBUG|ECHO|ENABLED|TESTING|^IS_|_IS_|^USE_|VERBOSE", "false"),
    (r"EMAIL|MAIL_FROM", "blog@example.com"),
    (r"ALGORITHM", "HS256"),
    (r"SECRET|KEY|TOKEN|SALT", "a-placeholder-of-thirty-two-letters"),
    (r"HOST|SERVER", "localhost"),
    (r"USER|PASS|PWD", "blog"),
    (r"(DATABASE|DB)(_NAME)?$", PRESET_DATABASE),
    (r"LOG_?LEVEL", "INFO"),
    (r"^ENV|_ENV$|ENVIRONMENT", "development"),
)


def value_for(name: str) -> str:
    """A harmless value for the environment variable `name`, by its name."""
    if name.upper() in _PRESETS:
        return _PRESETS[name.upper()]
    return next((value for shape, value in _SHAPES if re.search(shape, name.upper())), "blog")


class Variables(os._Environ):  # type: ignore[type-arg]
    """os.environ that knows the usual database settings, wherever code asks without a default.

    A lookup with a default gets that default: it is the candidate's own and tells which database is
    meant. What was supplied, and what was asked for in vain, is remembered.
    """

    supplied: list[str] = []
    unanswered: list[str] = []
    made_up: dict[str, str] = {}

    def __getitem__(self, key: str) -> str:
        try:
            return super().__getitem__(key)
        except KeyError:
            if type(key) is str and key in _PRESETS:
                _remember(Variables.supplied, key)
                return _PRESETS[key]
            raise

    def __contains__(self, key: object) -> bool:
        return type(key) is str and self.encodekey(key) in self._data

    def get(self, key: str, default: Any = None) -> Any:
        try:
            return super().__getitem__(key)
        except KeyError:
            if default is None and type(key) is str:
                if key in _PRESETS:
                    _remember(Variables.supplied, key)
                    return _PRESETS[key]
                if _asked_by_candidate():
                    _remember(Variables.unanswered, key)
            return default


def _asked_by_candidate() -> bool:
    """Whether the lookup is in a candidate's file, directly or through os.getenv."""
    frame: types.FrameType | None = sys._getframe(2)
    for _ in range(2):
        if frame is not None and guard.inside(frame.f_code.co_filename):
            return True
        frame = frame.f_back if frame is not None else None
    return False


def _remember(names: list[str], name: str) -> None:
    if len(names) < 100 and name not in names:
        names.append(guard.plain(name, 100))


def supply(name: str) -> bool:
    """Set the variable `name`; False if it is set already or no name of a variable."""
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,99}", name) or name in os.environ:
        return False
    os.environ[name] = Variables.made_up[name] = value_for(name)
    return True


def correct(problem: BaseException) -> list[str]:
    """Give the address of a database to variables whose made-up value is no address; their names.

    Only the code that reads a variable knows that it should hold one: `problem` is what came of it.
    """
    match = re.search(r"Could not parse .*URL from .*string '([^']*)'", guard.text(problem, 1000))
    if match is None:
        return []
    wrong = [name for name, value in Variables.made_up.items() if value == match[1] != DATABASE_URL]
    for name in wrong:
        os.environ[name] = Variables.made_up[name] = DATABASE_URL
    return wrong


def _read_examples(folders: list[str]) -> list[str]:
    """Set what the example files in `folders` of the submission set; the names that were set."""
    names: list[str] = []
    for path in [os.path.join(folder, example) for folder in folders for example in _EXAMPLES]:
        try:
            with open(path, encoding="utf-8", errors="replace") as file:
                lines = file.read(64 * 1024).splitlines()[:500]
        except OSError:
            continue
        for line in lines:
            match = re.match(r"\s*(?:export\s+)?([A-Za-z_]\w{0,99})\s*=\s*(.*?)\s*$", line)
            if not match or match[1] in os.environ or match[1].startswith(("LD_", "PYTHON")):
                continue
            value = match[2]
            if value[:1] in ("'", '"') and value[:1] in value[1:]:
                value = value[1 : value.index(value[0], 1)]
            else:
                value = re.sub(r"\s+#.*$", "", value)
            if "\0" in value or not value or (value.startswith("<") and value.endswith(">")):
                continue
            os.environ[match[1]] = value
            names.append(match[1])
    return names


# Calls that serve for ever; each is replaced by one that notes where it was made.
_SERVERS = {
    "uvicorn": ("run", "Server.run", "Server.serve"),
    "uvicorn.main": ("run",),
    "flask": ("Flask.run",),
    "werkzeug.serving": ("run_simple",),
    "waitress": ("serve",),
    "hypercorn.asyncio": ("serve",),
    "aiohttp.web": ("run_app",),
    "socketserver": ("BaseServer.serve_forever",),
    "gunicorn.app.base": ("BaseApplication.run",),
    "celery": ("Celery.start", "Celery.worker_main"),
    "asyncio.base_events": ("Server.serve_forever",),
}
SERVED: list[dict[str, Any]] = []


def _patch_servers(name: str) -> None:
    module = sys.modules.get(name)
    for path in _SERVERS[name]:
        *outer, last = path.split(".")
        holder: Any = module
        for part in outer:
            holder = getattr(holder, part, None)
        original = getattr(holder, last, None)
        if holder is None or original is None or hasattr(original, "assay_replaced"):
            continue

        def served(*_: object, __label: str = f"{name}.{path}", **__: object) -> Any:
            if len(SERVED) < 50:
                SERVED.append({"call": __label, "place": guard.caller()})
            return _Nothing()

        served.assay_replaced = True  # type: ignore[attr-defined]
        setattr(holder, last, served)


class _Nothing:
    """What a server call gives back: None to synchronous code, awaitable to the rest."""

    def __await__(self) -> Any:
        return iter(())

    def __bool__(self) -> bool:
        return False


class _PatchingLoader(importlib.abc.Loader):
    """Loads a module as `loader` does, then takes its servers out."""

    def __init__(self, loader: Any) -> None:
        self._loader = loader

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: types.ModuleType) -> None:
        self._loader.exec_module(module)
        _patch_servers(module.__name__)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loader, name)


class _ServerFinder(importlib.abc.MetaPathFinder):
    """Finds the modules of _SERVERS for the loader above."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: types.ModuleType | None = None) -> Any:
        if name not in _SERVERS:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = _PatchingLoader(spec.loader)
        return spec


# Modules of the standard library that a preloaded interpreter has, and a candidate's file may shadow.
_SHADOWED = frozenset(
    "calendar code email html mailbox platform profile queue secrets statistics token uuid graphlib glob cmd shelve".split()
)


def _hide_harness() -> None:
    """Take our own flat module names out of the candidate's way."""
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if isinstance(file, str) and file == os.path.join(_HERE, f"{name}.py") and not name.startswith("sqlite3"):
            del sys.modules[name]
    sys.path[:] = [entry for entry in sys.path if entry not in ("", _HERE)]


def _folders(relative: list[Any]) -> list[str]:
    """The folders of the submission that exist among `relative`, absolute, each once, at most 20."""
    paths: list[str] = []
    for folder in [name for name in relative[:20] if type(name) is str]:
        path = os.path.normpath(os.path.join(runner.REPO, folder))
        if (path == runner.REPO or guard.inside(path)) and os.path.isdir(path) and path not in paths:
            paths.append(path)
    return paths


def _set_roots(paths: list[str]) -> list[str]:
    """Put the import roots first on sys.path; the names in them that libraries hold already."""
    sys.path[:0] = paths
    shadowing = []
    for path in paths:
        for entry in sorted(os.listdir(path))[:2000]:
            name = entry.removesuffix(".py")
            is_package = os.path.isfile(os.path.join(path, entry, "__init__.py"))
            if not (entry.endswith(".py") or is_package) or name not in sys.modules:
                continue
            if guard.inside(getattr(sys.modules[name], "__file__", None)):
                continue
            if name in _SHADOWED:
                for loaded in [other for other in sys.modules if other == name or other.startswith(name + ".")]:
                    del sys.modules[loaded]
            else:
                shadowing.append(guard.plain(name, 100))
    importlib.invalidate_caches()
    return shadowing


def _find_library(name: str) -> str | None:
    """What ctypes.util.find_library gives, which asks programs that a box cannot start."""
    if not re.fullmatch(r"[\w.+-]+", name):
        return None
    found = glob.glob(f"{sys.prefix}/lib/*/lib{name}.so.*")
    return os.path.basename(min(found, key=len)) if found else None


def _no_input(*_: object, **__: object) -> str:
    raise EOFError("EOF when reading a line")


def prepare(arguments: dict[str, Any]) -> dict[str, Any]:
    """Set variables, import roots, argv and stdin, and take servers out.

    `variables`: {name: value} that win over the submission's example files; `roots`: folders of the
    submission, relative, "" for the top; `folder`: the working directory, likewise; `program`: argv[0]. Returns {from_files: names set from
    example files, shadowing: top-level names of the submission that a library already holds}.
    """
    for name, value in (arguments.get("variables") or {}).items():
        os.environ[name] = value
    os.environ.__class__ = Variables
    sys.argv[:] = [arguments.get("program") or "main.py"]
    sys.stdin = io.StringIO("")
    builtins.input = _no_input
    ctypes.util.find_library = _find_library
    if "getpass" in sys.modules:
        sys.modules["getpass"].getpass = _no_input  # type: ignore[attr-defined]
    sys.dont_write_bytecode = True
    sys.meta_path.insert(0, _ServerFinder())
    for name in _SERVERS:
        if name in sys.modules:
            _patch_servers(name)
    _hide_harness()
    roots = _folders(arguments.get("roots") or [""])
    for folder in _folders([arguments.get("folder") or ""]):
        os.chdir(folder)
    from_files = _read_examples(list(dict.fromkeys([os.getcwd(), runner.REPO, *roots])))
    return {"from_files": from_files, "shadowing": _set_roots(roots)}
