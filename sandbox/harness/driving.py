# SPDX-License-Identifier: MIT
"""Calls the candidate's query code with what the engine chose, and walks what it gives back.

The engine takes one step for each phase (bind, drive, walk, release), so that each statement that
reaches the database belongs to one. What is said here is a claim; rows and counts are seen outside.
"""
from __future__ import annotations

import asyncio
import functools
import inspect
import io
import sys
import uuid
from collections import abc
from contextlib import ExitStack, redirect_stdout
from typing import Any

import callables
import environment
import guard
import imports
import loads
import sessions
import tracking
from walking import Walk, is_query, is_statement

MAX_OUTPUT = 100_000
MAX_ITEMS = 2000
MAX_HELP = 4


class Now:
    """The call that is going on."""

    function: Any = None
    arguments: dict[str, Any] = {}
    positional: list[Any] = []
    asynchronous = False
    result: Any = None
    output = ""
    held = ExitStack()


def mapped_class(name: str) -> Any:
    for mapper in tracking.mappers():
        if f"{mapper.class_.__module__}.{mapper.class_.__qualname__}" == name:
            return mapper.class_
    raise LookupError(name)


def key_of(parts: list[Any], kind: Any) -> Any:
    """A primary key in the types of its columns."""
    converted = []
    for column, part in zip(kind.__mapper__.primary_key, parts):
        wanted = guard.attempt(lambda: column.type.python_type)
        converted.append(uuid.UUID(part) if wanted is uuid.UUID and isinstance(part, str) else part)
    return converted[0] if len(converted) == 1 else tuple(converted)


def _loaded(binding: dict[str, Any]) -> Any:
    """An object of the database, in the session of this call."""
    kind = mapped_class(binding["class"])
    key = key_of(binding["key"], kind)
    if Now.asynchronous:
        return sessions.run(sessions.session(True).get(kind, key))
    return sessions.session().get(kind, key)


def value_of(binding: dict[str, Any]) -> Any:
    """What a binding of the engine's stands for."""
    what = binding["is"]
    if what == "value":
        value = binding.get("value")
        if binding.get("as") == "uuid":
            return uuid.UUID(value)
        if binding.get("as") == "text":
            return str(value)
        return value
    if what == "instance":
        return _loaded(binding)
    if what == "global":
        owner, *attributes = binding["name"].split(".")
        return functools.reduce(getattr, attributes, sys.modules[binding["module"]].__dict__[owner])
    if what == "made":
        kind, _ = callables.resolve(binding["module"], binding["name"])
        return kind(**{name: value_of(item) for name, item in binding["arguments"].items()})
    if what == "class":
        return mapped_class(binding["class"])
    if what == "request":
        return None
    return sessions.make(what)


def bind(arguments: dict[str, Any]) -> dict[str, Any]:
    """Make ready to call `name` of `module`; `how`: function, method, class_method, static_method, property,
    statement, fastapi or flask. `self` and `arguments` are bindings, `asynchronous` says what sessions
    they share. {outcome: ok or error, error?}"""
    release({})
    Now.asynchronous = sessions.Open.asynchronous = bool(arguments.get("asynchronous"))
    try:
        Now.arguments = {name: value_of(item) for name, item in (arguments.get("arguments") or {}).items()}
        Now.function = _target(arguments)
        Now.positional = _taken_in_order(Now.function, Now.arguments)
    except BaseException as problem:
        return {"outcome": "error", "error": guard.error(problem)}
    loads.take()
    return {"outcome": "ok"}


def _taken_in_order(function: Any, named: dict[str, Any]) -> list[Any]:
    """What `function` demands, taken out of `named`: callers write it in order, and what wraps the function may
    tell the two apart."""
    signature = guard.attempt(lambda: inspect.signature(function))
    taken = []
    for item in [] if signature is None else signature.parameters.values():
        in_order = item.kind == item.POSITIONAL_ONLY or (item.kind == item.POSITIONAL_OR_KEYWORD and item.default is item.empty)
        if not in_order or item.name not in named:
            break
        taken.append(named.pop(item.name))
    return taken


def _target(arguments: dict[str, Any]) -> Any:
    how = arguments["how"]
    if how in ("fastapi", "flask"):
        return _request(how, arguments["path"], arguments.get("query") or {})
    value, holder = callables.resolve(arguments["module"], arguments["name"])
    if how == "statement":
        return lambda: value
    if how in ("function", "static_method"):
        return callables.unwrapped(value)
    if how == "class_method":
        return value.__get__(None, holder)
    owner = _entered(value_of(arguments["self"]))
    if how == "property":
        return lambda: getattr(owner, arguments["name"].rpartition(".")[2])
    return getattr(owner, arguments["name"].rpartition(".")[2])


def _entered(owner: Any) -> Any:
    """A unit of work is used inside `with`; it is left when the call is forgotten."""
    kind = type(owner)
    if not callables.of_candidate(kind):
        return owner
    try:
        if hasattr(kind, "__enter__") and hasattr(kind, "__exit__"):
            return Now.held.enter_context(owner)
        if hasattr(kind, "__aenter__") and hasattr(kind, "__aexit__"):
            entered = sessions.run(owner.__aenter__())
            Now.held.callback(lambda: sessions.run(owner.__aexit__(None, None, None)))
            return entered
    except Exception:
        return owner
    return owner


def _request(framework: str, path: str, query: dict[str, Any]) -> Any:
    """A request to the candidate's application, in this process."""
    if framework == "flask":
        application = callables._flask_applications()[0]
        application.config["PROPAGATE_EXCEPTIONS"] = True  # an error says more than status 500
        return lambda: _json(application.test_client().get(path, query_string=query))
    application = callables.applications("FastAPI")[0]
    return lambda: _asgi(application, path, query)


def _json(response: Any) -> Any:
    if response.status_code >= 400:
        raise LookupError(f"status {response.status_code}")
    return response.get_json() if response.is_json else response.get_data(as_text=True)


def _asgi(application: Any, path: str, query: dict[str, Any]) -> Any:
    """One GET request by the protocol itself: the usual test client needs packages that may be missing."""
    import json
    from urllib.parse import quote, urlencode

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
        "path": path, "raw_path": quote(path).encode(), "query_string": urlencode(query).encode(), "root_path": "",
        "headers": [(b"host", b"testserver"), (b"accept", b"application/json")], "client": ("127.0.0.1", 1), "server": ("testserver", 80),
        "state": {}, "extensions": {},
    }  # fmt: skip
    sent: list[dict[str, Any]] = []
    received = False
    done = None

    async def receive() -> dict[str, Any]:
        nonlocal received
        if not received:
            received = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await done.wait()
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def served() -> None:
        nonlocal done
        done = asyncio.Event()
        await application(scope, receive, send)
        done.set()

    sessions.loop().run_until_complete(served())
    status = next((message["status"] for message in sent if message["type"] == "http.response.start"), 500)
    body = b"".join(message.get("body", b"") for message in sent if message["type"] == "http.response.body")
    if status >= 400:
        raise LookupError(f"status {status}: {guard.plain(body.decode('utf-8', 'replace'), 200)}")
    try:
        return json.loads(body)
    except ValueError:
        return body.decode("utf-8", "replace")


def settled(value: Any) -> Any:
    """What stands behind a coroutine, a statement, a query or an iterator."""
    for _ in range(6):
        if inspect.isawaitable(value):
            value = sessions.run(value)
        elif inspect.isasyncgen(value) or hasattr(value, "__aiter__"):
            value = sessions.run(_collected(value))
        elif is_query(value):
            value = value.all()
        elif is_statement(value):
            value = _executed(value)
        elif hasattr(value, "scalars") and hasattr(value, "fetchall"):
            value = _fetched(value)
        elif inspect.isgenerator(value) or (isinstance(value, abc.Iterator) and not isinstance(value, io.IOBase)):
            value = [item for _, item in zip(range(MAX_ITEMS), value)]
        else:
            break
    return value


async def _collected(value: Any) -> list[Any]:
    found = []
    async for item in value:
        found.append(item)
        if len(found) >= MAX_ITEMS:
            break
    return found


def _executed(statement: Any) -> Any:
    if Now.asynchronous:
        return _fetched(sessions.run(sessions.session(True).execute(statement)))
    return _fetched(sessions.session().execute(statement))


def _fetched(result: Any) -> Any:
    """The rows of a result; single entities unpacked."""
    rows = result.all()
    if rows and all(hasattr(row, "_fields") and len(row) == 1 for row in rows):
        return [row[0] for row in rows]
    return rows


def drive(arguments: dict[str, Any]) -> dict[str, Any]:
    """Make the call. {outcome: ok or error, error?, boundary: the call itself did not fit, loads, warnings, output}"""
    output = io.StringIO()
    answer: dict[str, Any] = {"outcome": "ok"}
    environment.SERVED.clear()
    with guard.collected_warnings() as found, redirect_stdout(output):
        for left in reversed(range(MAX_HELP)):
            environment.Variables.unanswered.clear()
            try:
                Now.result = settled(Now.function(*Now.positional, **Now.arguments))
            except BaseException as problem:
                if left and any([environment.supply(name) for name in imports.missing_variables(problem)]):
                    continue  # settings that are read late
                shown = _charged(guard.error(problem))
                answer = {"outcome": "error", "error": shown, "boundary": not shown["frames"] and not shown.get("charged")}
            break
    Now.output = guard.plain(output.getvalue(), MAX_OUTPUT)
    return answer | {"loads": loads.take(), "warnings": found[:20], "output": Now.output, "returned": Now.result is not None}


def _charged(shown: dict[str, Any]) -> dict[str, Any]:
    """An error that a validator hides: the value could not be read from the row. That is the code's own fault,
    also where only a framework's frames are on the way."""
    if shown["type"].endswith("ValidationError"):
        for kind in ("sqlalchemy.exc.MissingGreenlet", "sqlalchemy.orm.exc.DetachedInstanceError"):
            if kind.rpartition(".")[2] in shown["message"]:
                return shown | {"type": kind, "message": "raised while the rows were validated", "charged": True}
    return shown


def walk(arguments: dict[str, Any]) -> dict[str, Any]:
    """Walk the result. `follow`: {class: [relations]}, `entry`: likewise, but only for objects that no
    relation led to; `quiet`: count only, no nodes.
    {outcome, node, loads, loaded: {relation: [objects, already loaded]}, missing: {relation: {count, error}}}"""
    session = sessions.Open.made.get("session")
    walking = Walk(arguments.get("follow") or {}, arguments.get("entry") or {}, session)
    answer: dict[str, Any] = {"outcome": "ok", "node": None}

    def step() -> None:
        answer["node"] = walking.node(Now.result)

    with guard.collected_warnings() as found:
        try:
            if Now.asynchronous:
                sessions.in_greenlet(step)
            else:
                step()
        except BaseException as problem:
            answer |= {"outcome": "error", "error": guard.error(problem)}
    if arguments.get("quiet"):
        answer["node"] = None
    return answer | {"loads": loads.take(), "loaded": walking.loaded, "missing": walking.missing, "warnings": found[:20]}


def release(_: dict[str, Any]) -> None:
    """Forget the call and end every session."""
    guard.attempt(Now.held.close)
    Now.function, Now.positional, Now.arguments, Now.held = None, [], {}, ExitStack()
    Now.result, Now.output = None, ""
    sessions.close()
    loads.take()


def rows(arguments: dict[str, Any]) -> dict[str, Any]:
    """Load rows through the ORM: `items`: [[class, key]]. {items: [error or None]}"""
    answers: list[Any] = []
    for name, key in arguments.get("items", [])[:100]:
        try:
            kind = mapped_class(name)
            with sessions.orm.Session(sessions.redirect.own_engine("sqlite")) as session:
                found = session.get(kind, key_of(key, kind))
            answers.append(None if found is not None else {"type": "LookupError", "message": "no such row"})
        except BaseException as problem:
            answers.append(guard.error(problem))
    return {"items": answers}
