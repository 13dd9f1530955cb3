# SPDX-License-Identifier: MIT
"""Functions of the candidate's that SQLite calls."""
from __future__ import annotations

from typing import Any, Callable

from . import native
from .channel import ANSWER, DEFINE

FUNCTION, AGGREGATE, WINDOW, COLLATION, AUTHORIZER, PROGRESS, TRACE = range(7)
_RAISED = "user-defined function raised exception"
_METHODS = {"step": "step", "final": "finalize", "value": "value", "inverse": "inverse"}


class Callbacks:
    """The part of a connection that knows the candidate's functions."""

    _request: Callable[[tuple], tuple]
    _check: Callable[[], None]

    def _prepare_callbacks(self) -> None:
        self._functions: dict[int, Any] = {}
        self._instances: dict[tuple[int, int], Any] = {}
        self._next_function = 0

    def _define(self, what: int, name: str, arguments: int, flags: int, function: Any) -> None:
        """Tell the broker of `function`, None to take it back."""
        self._check()
        number = -1
        if function is not None or what in (FUNCTION, AGGREGATE):  # None is called, and fails
            number = self._next_function
            self._next_function += 1
            self._functions[number] = function
        self._request((DEFINE, what, name, arguments, flags, number))

    def _answer(self, call: tuple) -> None:
        """Do what the broker asks for and tell it the outcome."""
        well, value = True, None
        try:
            value = self._called(call[1], call[2], call[3:])
        except _Failed as failed:
            well, value = False, str(failed)
        except MemoryError:
            well, value = False, "nomem"
        except OverflowError:
            well, value = False, "toobig"
        except BaseException:
            native.report_callback()
            well, value = False, _RAISED
        channel = self._channel  # type: ignore[attr-defined]
        try:
            channel.tell((ANSWER, well, value))
        except ValueError:
            channel.tell((ANSWER, False, _RAISED))

    def _called(self, number: int, what: str, arguments: tuple) -> Any:
        function = self._functions[number]
        if what == "call":
            return _value(function(*arguments[0]), _RAISED)
        if what == "compare":
            return self._compare(function, *arguments)
        if what == "authorize":
            return self._authorize(function, arguments)
        if what == "progress":
            try:
                return bool(function())
            except BaseException:
                native.report_callback()
                return True
        if what == "trace":
            try:
                function(arguments[0])
            except BaseException:
                native.report_callback()
            return None
        return self._aggregate(number, function, what, arguments)

    def _aggregate(self, number: int, factory: Any, what: str, arguments: tuple) -> Any:
        """One call of an instance of an aggregate, made by its first step."""
        key = (number, arguments[0])
        method = _METHODS[what]
        if key not in self._instances:
            try:
                self._instances[key] = factory()
            except BaseException:
                native.report_callback()
                self._instances[key] = None
                raise _Failed("user-defined aggregate's '__init__' method raised error") from None
        instance = self._instances[key]
        if what == "final":
            del self._instances[key]
        if instance is None:
            raise _Failed("user-defined aggregate's '__init__' method raised error")
        message = f"user-defined aggregate's '{method}' method raised error"
        if not hasattr(instance, method):
            message = f"user-defined aggregate's '{method}' method not defined"
        try:
            result = getattr(instance, method)(*(arguments[1] if len(arguments) > 1 else ()))
        except BaseException:
            native.report_callback()
            raise _Failed(message) from None
        return _value(result, message) if what in ("final", "value") else None

    @staticmethod
    def _compare(function: Any, left: str, right: str) -> int:
        try:
            result = function(left, right)
            return (result > 0) - (result < 0) if isinstance(result, int) else 0
        except BaseException:
            native.report_callback()
            return 0

    @staticmethod
    def _authorize(function: Any, arguments: tuple) -> int:
        try:
            result = function(*arguments)
            return int(result) if isinstance(result, int) and abs(result) < 2**31 else 1
        except BaseException:
            native.report_callback()
            return 1

    def create_function(self, name: str, narg: int, func: Any, *, deterministic: bool = False) -> None:
        """Creates a new function."""
        self._define_checked(FUNCTION, name, narg, deterministic, func, "Error creating function")

    def create_aggregate(self, name: str, n_arg: int, aggregate_class: Any) -> None:
        """Creates a new aggregate."""
        self._define_checked(AGGREGATE, name, n_arg, False, aggregate_class, "Error creating aggregate")

    def create_window_function(self, name: str, num_params: int, aggregate_class: Any, /) -> None:
        """Creates or redefines an aggregate window function."""
        self._define_checked(WINDOW, name, num_params, False, aggregate_class, None)

    def _define_checked(self, what: int, name: str, arguments: int, deterministic: bool, function: Any,
                        message: str | None) -> None:
        try:
            self._define(what, name, arguments, int(deterministic), function)
        except native.InterfaceError as error:
            if message is None:
                raise native.ProgrammingError(str(error)) from None
            raise native.OperationalError(message) from None

    def create_collation(self, name: str, callback: Any, /) -> None:
        """Creates a collation function."""
        if callback is not None and not callable(callback):
            raise TypeError("parameter must be callable")
        self._define(COLLATION, name, 0, 0, callback)

    def set_authorizer(self, authorizer_callback: Any) -> None:
        """Sets authorizer callback; what the broker refuses stays refused."""
        self._define(AUTHORIZER, "", 0, 0, authorizer_callback)

    def set_progress_handler(self, progress_handler: Any, n: int) -> None:
        """Sets progress handler callback."""
        self._define(PROGRESS, "", n, 0, progress_handler)

    def set_trace_callback(self, trace_callback: Any) -> None:
        """Sets a trace callback called for each SQL statement (passed as unicode)."""
        self._define(TRACE, "", 0, 0, trace_callback)


class _Failed(Exception):
    """What SQLite is told of a function that did not do."""


def _value(result: Any, message: str) -> Any:
    """`result` as a value of SQLite's."""
    kind = type(result)
    if kind is int:
        if not -(2**63) <= result < 2**63:
            raise OverflowError
        return result
    if result is None or kind in (float, str, bytes):
        return result
    if isinstance(result, int):
        return int.__int__(result)
    if isinstance(result, float):
        return float.__float__(result)
    if isinstance(result, str):
        return str.__str__(result)
    try:
        return bytes(memoryview(result))
    except TypeError:
        raise _Failed(message) from None
