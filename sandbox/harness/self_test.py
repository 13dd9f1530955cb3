# SPDX-License-Identifier: MIT
"""Attacks that the engine makes on itself before it claims an isolation level."""
from __future__ import annotations

import ctypes
import fcntl
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable
from typing import Any

import runner


def _sees_host() -> None:
    for path in ("/etc/shadow", "/root", "/proc/1/environ", "/sys/kernel", "/var/lib"):
        if os.path.lexists(path):
            return
    raise PermissionError


def _reads_host() -> None:
    for path in ("/etc/passwd", "/etc/hostname", "/proc/self/status", "/proc/1/cmdline"):
        try:
            os.close(os.open(path, os.O_RDONLY))
        except OSError:
            continue
        if path != "/etc/passwd" or os.path.lexists("/etc/shadow"):  # a box's own has one line
            return
    for path in ("/", "/etc", "/root", "/home", "/proc", "/sys/kernel", "/var/lib", "/tmp"):
        try:
            os.listdir(path)
        except OSError:
            continue
        if os.path.lexists("/sys/kernel"):
            return
    raise PermissionError


def _writes_host() -> None:
    for folder in ("/", "/tmp/..", "/dev/shm", "/var/tmp", os.path.dirname(runner.REPO), "/usr"):
        try:
            os.close(os.open(f"{folder}/assay-self-test", os.O_WRONLY | os.O_CREAT, 0o600))
        except OSError:
            continue
        return
    raise PermissionError


def _writes_libraries() -> None:
    with open(f"{sys.prefix}/lib/assay-self-test", "w", encoding="ascii"):
        pass


def _executes() -> None:
    os.execv(f"{sys.prefix}/bin/python3", ["python3", "-c", "pass"])


def _connects() -> None:
    socket.socket(socket.AF_INET, socket.SOCK_STREAM).close()


def _signals() -> None:
    os.kill(-1, 0)


def _signals_parent() -> None:
    if os.getppid() == 0:  # outside of its own namespace
        raise PermissionError
    os.kill(os.getppid(), 0)


def _owns_signals() -> None:
    # By F_SETOWN the kernel signals whom we name when something arrives.
    if os.getppid() == 0:
        raise PermissionError
    first, second = socket.socketpair()
    with first, second:
        fcntl.fcntl(first, fcntl.F_SETOWN, os.getppid())


def _raises_limits() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def _forks() -> None:
    if os.fork() == 0:
        os._exit(0)


def _loads_code() -> None:
    # Any library will do; it must not be mapped executable from a folder that can be written.
    source = next(os.path.join(folder, name) for folder, _, names in os.walk(f"{sys.prefix}/lib") for name in names
                  if name.startswith("libz.so.1"))
    with open(source, "rb") as original, open(f"{os.environ['HOME']}/self-test.so", "wb") as copy:
        copy.write(original.read())
    ctypes.CDLL(f"{os.environ['HOME']}/self-test.so")


ATTACKS: dict[str, Callable[[], None]] = {
    "reads files of the host": _reads_host,
    "writes files of the host": _writes_host,
    "writes into the runtime": _writes_libraries,
    "starts a process": _forks,
    "starts a program": _executes,
    "opens a network socket": _connects,
    "signals other processes": _signals,
    "signals its parent": _signals_parent,
    "has the kernel signal its parent": _owns_signals,
    "raises its limits": _raises_limits,
}
# Held by the box's own file systems, so not below L2.
MOUNT_ATTACKS: dict[str, Callable[[], None]] = {
    "sees files of the host": _sees_host,
    "runs machine code that it wrote": _loads_code,
}


@runner.operation("self_test")
def self_test(arguments: dict[str, Any]) -> list[str]:
    """The attacks that got through: an empty list is what is hoped for. `plain`: there is no file system of its own."""
    through = []
    for name, attack in (ATTACKS if arguments.get("plain") else ATTACKS | MOUNT_ATTACKS).items():
        try:
            attack()
        except (OSError, ValueError):
            continue
        through.append(name)
    return through


@runner.operation("self_test_filter")
def self_test_filter(_: dict[str, Any]) -> int:
    """Must not come back: the call kills the process."""
    return ctypes.CDLL(None).unshare(0x10000000)


@runner.operation("self_test_memory")
def self_test_memory(_: dict[str, Any]) -> int:
    """Takes memory until the control group ends it."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    kept = []
    for _ in range(64):
        block = bytearray(8 << 20)
        for place in range(0, len(block), 4096):
            block[place] = 1
        kept.append(block)
    return len(kept)
