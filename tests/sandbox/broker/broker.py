# SPDX-License-Identifier: MIT
"""A broker for tests: starts it, speaks the engine's side, and gives this process a candidate's socket."""
from __future__ import annotations

import array
import marshal
import os
import socket
import struct
import subprocess
from typing import Any


class Broker:
    """A running assay-broker and the engine's end of its control socket."""

    def __init__(self, program: str, limits: dict[str, int] | None = None) -> None:
        self._process: subprocess.Popen | None = None
        if program.startswith("fd:"):  # a control socket inherited
            self._engine = socket.socket(fileno=int(program[3:]))
            self.candidate = self.begin_run(limits or {})
            return
        engine, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        self._engine = engine

        def place() -> None:
            os.dup2(theirs.fileno(), 3)

        self._process = subprocess.Popen([program], pass_fds=[3], preexec_fn=place)
        theirs.close()
        self.candidate = self.begin_run(limits or {})

    def ask(self, op: str, descriptor: int | None = None, **members: Any) -> dict:
        """The broker's answer to a request of the engine's."""
        message = marshal.dumps({"op": op, **members}, 2)
        rights = [] if descriptor is None else [
            (socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [descriptor]))]
        frame = struct.pack("<I", len(message)) + message
        sent = self._engine.sendmsg([frame], rights)
        self._engine.sendall(frame[sent:])
        size = struct.unpack("<I", self._read(4))[0]
        return marshal.loads(self._read(size))

    def _read(self, size: int) -> bytes:
        octets = b""
        while len(octets) < size:
            more = self._engine.recv(size - len(octets))
            if not more:
                raise EOFError("the broker ended")
            octets += more
        return octets

    def begin_run(self, limits: dict[str, int]) -> int:
        """Start a run; the descriptor of its candidate's socket."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        answer = self.ask("begin_run", theirs.fileno(), key=bytes(16), limits=limits)
        theirs.close()
        if answer:
            raise RuntimeError(answer)
        return ours.detach()

    def close(self) -> int:
        """End the broker; its exit status."""
        self._engine.close()
        return self._process.wait(10) if self._process else 0
