# SPDX-License-Identifier: MIT
"""Flask-SQLAlchemy needs an application: the candidate's, one from its factory, or a bare one."""
from __future__ import annotations

import os
import re
import sys
import types
from typing import Any

import environment
import guard
import runner

_FACTORIES = ("create_app", "make_app", "app_factory", "build_app", "get_app", "create_application", "init_app", "criar_app", "crear_app")
_CONFIGURATIONS = ("testing", "development", "default", "test", "dev")


class Application:
    """The application whose context is pushed."""

    context: Any = None
    report: dict[str, Any] = {"how": "none"}


def required_parameters(function: types.FunctionType) -> int:
    """How many arguments a call of `function` needs."""
    code = function.__code__
    keywords = code.co_kwonlyargcount - len(function.__kwdefaults__ or {})
    return code.co_argcount - len(function.__defaults__ or ()) + keywords


def _instances(kind: type) -> list[tuple[str, Any]]:
    """Global values of the candidate's modules that are of class `kind`, with their names."""
    found: list[tuple[str, Any]] = []
    for module in guard.candidate_modules():
        for name, value in guard.globals_of(module):
            if issubclass(type(value), kind) and not any(value is other for _, other in found):
                found.append((f"{module.__name__}.{name}", value))
    return found


def _arguments(function: types.FunctionType, configuration: str, databases: list[tuple[str, Any]]) -> tuple[Any, ...] | None:
    """Values for the positional parameters that `function` requires, by their names; None if one is unknown."""
    code = function.__code__
    names = code.co_varnames[: code.co_argcount - len(function.__defaults__ or ())]
    if len(names) == 1:
        return (configuration,)
    values: list[Any] = []
    for name in names:
        if re.search(r"ur[il]|dsn", name, re.I):
            values.append(os.environ.get("DATABASE_URL") or environment.DATABASE_URL)
        elif re.search(r"^db|database", name, re.I) and databases:
            values.append(databases[0][1])
        elif re.search(r"test|debug", name, re.I):
            values.append(False)
        elif re.search(r"conf|env|setting|mode", name, re.I):
            values.append(configuration)
        elif re.search(r"path|folder|dir", name, re.I):
            values.append(runner.REPO)
        elif re.search(r"name", name, re.I):
            values.append("app")
        else:
            return None
    return tuple(values)


def _from_factory(flask: Any, databases: list[tuple[str, Any]]) -> tuple[str, Any, list[dict[str, Any]]]:
    """An application from one of the candidate's factories: its name, the application, what failed."""
    failures: list[dict[str, Any]] = []
    for module in guard.candidate_modules():
        for name, value in guard.globals_of(module):
            if type(value) is not types.FunctionType or value.__module__ != module.__name__:
                continue
            if name not in _FACTORIES and "Flask" not in value.__code__.co_names:
                continue
            required = required_parameters(value)
            if required > 4 or len(failures) >= 8:
                continue
            for arguments in [()] if required == 0 else [_arguments(value, name, databases) for name in _CONFIGURATIONS]:
                if arguments is None:
                    break
                try:
                    application = value(*arguments)
                except BaseException as problem:  # SystemExit too
                    failures.append({"factory": f"{module.__name__}.{name}", "error": guard.error(problem)})
                    continue
                if issubclass(type(application), flask.Flask):
                    return f"{module.__name__}.{name}", application, failures
                break
    return "", None, failures


def _bare(flask: Any) -> Any:
    application = flask.Flask("assay_application", root_path=runner.REPO)
    application.config["SECRET_KEY"] = "a-placeholder-of-thirty-two-letters"
    return application


def _connect(application: Any, databases: list[tuple[str, Any]]) -> None:
    """Let the application know the databases, where the candidate's own code has not."""
    if "sqlalchemy" in application.extensions or not databases:
        return
    uri = os.environ.get("DATABASE_URL") or environment.DATABASE_URL
    application.config.setdefault("SQLALCHEMY_DATABASE_URI", uri)
    if application.config["SQLALCHEMY_DATABASE_URI"] is None:
        application.config["SQLALCHEMY_DATABASE_URI"] = uri
    databases[0][1].init_app(application)


def ensure(_: dict[str, Any] | None = None) -> dict[str, Any]:
    """Push an application context if the submission uses Flask-SQLAlchemy; later calls change nothing.

    Returns {how: "none" (not Flask-SQLAlchemy), "found", "factory" or "bare", application: its name,
    databases: names of the SQLAlchemy objects, failures: [{factory, error}], error?}.
    """
    if Application.context is not None or "flask_sqlalchemy" not in sys.modules:
        return Application.report
    import flask
    import flask_sqlalchemy

    databases = _instances(flask_sqlalchemy.SQLAlchemy)
    if not databases:
        return Application.report
    report: dict[str, Any] = {"how": "found", "application": "", "databases": [name for name, _ in databases][:10], "failures": []}
    try:
        found = _instances(flask.Flask)
        name, application = next(
            ((name, value) for name, value in found if "sqlalchemy" in value.extensions), found[0] if found else ("", None)
        )
        if application is None:
            name, application, report["failures"] = _from_factory(flask, databases)
            report["how"] = "factory"
        if application is None:
            application, report["how"] = _bare(flask), "bare"
        report["application"] = name
        _connect(application, databases)
        Application.context = application.app_context()
        Application.context.push()
    except BaseException as problem:
        report["error"] = guard.error(problem)
    Application.report = report
    return report
