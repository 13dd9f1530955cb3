# SPDX-License-Identifier: MIT
"""A connection's way to the broker: sandbox/broker/protocol.hpp says what goes over it."""
from __future__ import annotations

import array
import os
import socket
import struct
import threading
import urllib.parse
from marshal import dumps, loads
from typing import Any

from . import native

OPEN, EXECUTE, FETCH, CLOSE, MANY, SCRIPT, CONTROL, DEFINE, ANSWER, INTERRUPT = range(1, 11)
LIMIT, BACKUP, SERIALIZE, DESERIALIZE, BLOB, TOTAL, NAMES, CONFIGURE, WAIT = range(11, 20)

_FORMAT = 2
_BUFFER = 16384
_LOST = "the connection to the database is lost"
_size = struct.Struct("<I").unpack_from
_run: socket.socket | None = None
_names: dict[str, str] = {}


def use(socket_number: int, databases: dict[str, str]) -> None:
    """Send connections over the descriptor `socket_number` from now on."""
    global _run, _names
    _run = socket.socket(fileno=socket_number)
    _names = dict(databases)


def _uri(text: str) -> tuple[str, int]:
    """Name and access (0 create, 1 read only, 2 read and write) of a `file:` URI."""
    rest, _, _fragment = text[5:].partition("#")
    rest, _, query = rest.partition("?")
    if rest.startswith("//"):
        authority, slash, rest = rest[2:].partition("/")
        if authority not in ("", "localhost"):
            raise native.sql_error(1, f"invalid uri authority: {authority}")
        rest = slash + rest
    path = urllib.parse.unquote(rest)
    options = dict(urllib.parse.parse_qsl(query, keep_blank_values=True))
    mode = options.get("mode", "rwc")
    if mode not in ("ro", "rw", "rwc", "memory"):
        raise native.sql_error(1, f"no such access mode: {mode}")
    if mode == "memory" or path == ":memory:":
        return ("memory:" + path if options.get("cache") == "shared" else ":memory:"), 0
    return _file(path), {"ro": 1, "rw": 2, "rwc": 0}[mode]


def _file(path: str) -> str:
    """The name of the database at `path`."""
    if path in ("", ":memory:"):
        return path
    absolute = os.path.abspath(path)
    return _names.get(absolute, absolute)


def mark(path: str) -> None:
    """Leave an empty file where plain sqlite3 makes one: programs ask whether it is there."""
    if path.startswith("/"):
        try:
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o644))
        except (OSError, ValueError):
            pass


def place(database: Any, uri: bool) -> tuple[str, int]:
    """Name and access of the database that a candidate asked for."""
    path = os.fsdecode(database)
    if "\0" in path:
        raise ValueError("embedded null byte" if not native.NEW_312 else "embedded null character")
    if uri and path.startswith("file:"):
        return _uri(path)
    return _file(path), 0


class Channel:
    """One request and its answer at a time; calls back in between go to `answer`."""

    __slots__ = ("_socket", "_receive", "_send", "_buffer", "_body", "_sending", "lock")

    def __init__(self) -> None:
        if _run is None:
            raise native.OperationalError("unable to open database file")
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        with theirs:
            rights = array.array("i", [theirs.fileno()])
            _run.sendmsg([b"c"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)])
        self._socket = ours
        self._receive = ours.recv_into
        self._send = ours.sendall
        self._buffer = bytearray(_BUFFER)
        self._body = memoryview(self._buffer)[4:]
        self._sending = threading.Lock()
        self.lock = threading.RLock()

    def tell(self, message: tuple) -> None:
        """Send a message that has no answer."""
        encoded = dumps(message, _FORMAT)
        with self._sending:
            try:
                self._send(len(encoded).to_bytes(4, "little") + encoded)
            except OSError:
                raise native.OperationalError(_LOST) from None

    def hear(self) -> tuple:
        """The next message."""
        try:
            count = self._receive(self._buffer)
            if count == _size(self._buffer)[0] + 4:
                return loads(self._body)
            return self._hear_long(count)
        except OSError:
            raise native.OperationalError(_LOST) from None

    def _hear_long(self, count: int) -> tuple:
        """The message of which `count` octets are in the buffer."""
        while count < 4:
            count += self._more(memoryview(self._buffer)[count:])
        size = _size(self._buffer)[0]
        if count == size + 4:
            return loads(self._body)
        whole = bytearray(size)
        view = memoryview(whole)
        count -= 4
        view[:count] = self._body[:count]
        while count < size:
            count += self._more(view[count:])
        return loads(whole)

    def _more(self, room: memoryview) -> int:
        """Octets received into `room`, at least one."""
        count = self._receive(room)
        if count == 0:
            raise native.OperationalError(_LOST)
        return count

    def close(self) -> None:
        """End the connection; the broker rolls back."""
        self._socket.close()
