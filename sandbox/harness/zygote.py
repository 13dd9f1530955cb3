# SPDX-License-Identifier: MIT
"""First process of a cell: imports the libraries once, then gives each candidate a copy of itself.

It holds no secret and reads nothing that a candidate wrote. One request, one candidate: clone, wait,
report. What it says to the supervisor is laid out in sandbox/cell/messages.hpp.
"""
from __future__ import annotations

import ctypes
import gc
import importlib
import mimetypes
import os
import socket
import struct
import sys

MAGIC = 0x41534259
START = struct.Struct("=IIIIIIQQQQQQ")
STARTED = struct.Struct("=Ii")
ENDED = struct.Struct("=IiQQ")
CONTROL, FILTER, SOCKET_FILTER = 3, 4, 5  # ours
LISTENER = "/pg/.s.PGSQL.5432"
STEPS, DATABASE = 3, 4  # the candidate's
SETUP_FAILED = 120
MADV_COLLAPSE = 25

HERE = os.path.dirname(os.path.abspath(__file__))
DEVICES = ("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom")

sys.path.insert(0, HERE)


class Error(ctypes.Structure):
    """struct abox_error."""

    _fields_ = [("stage", ctypes.c_char_p), ("error_number", ctypes.c_int32)]


class Child(ctypes.Structure):
    """struct abox_child."""

    _fields_ = [("pid", ctypes.c_int32), ("pidfd", ctypes.c_int32)]


class CandidateBox(ctypes.Structure):
    """struct abox_candidate."""

    _fields_ = [
        ("files", ctypes.c_int32),
        ("uid", ctypes.c_uint32),
        ("scratch_megabytes", ctypes.c_uint32),
        ("inodes", ctypes.c_uint32),
        ("sockets", ctypes.c_uint32),
        ("cpu_seconds", ctypes.c_uint64),
        ("address_space", ctypes.c_uint64),
        ("file_size", ctypes.c_uint64),
        ("open_files", ctypes.c_uint64),
        ("tasks", ctypes.c_uint64),
        ("stack", ctypes.c_uint64),
        ("filter", ctypes.c_void_p),
        ("filter_length", ctypes.c_uint32),
        ("landlock", ctypes.c_uint32),
    ]


def _library() -> ctypes.PyDLL:
    """libabox, called with the interpreter lock held: between the fork hooks nothing else may run."""
    library = ctypes.PyDLL(f"{HERE}/libabox.so")
    if library.abox_version() != 3:
        raise RuntimeError("libabox is of another version")
    return library


def _gather(ranges: bytes) -> None:
    """Put our memory into large pages. A kernel without MADV_COLLAPSE (Linux 6.1) refuses, which is no fault."""
    madvise = ctypes.CDLL(None).madvise
    for start, end in struct.iter_unpack("=QQ", ranges):
        madvise(ctypes.c_void_p(start), ctypes.c_size_t(end - start), MADV_COLLAPSE)


def _preload(names: str) -> None:
    """Import what candidates use; a library that the runtime lacks is no fault."""
    for name in filter(None, names.split(",")):
        try:
            importlib.import_module(name)
        except ImportError:
            pass


def _close(library: ctypes.PyDLL, box: CandidateBox, keep: ctypes.Array, work: str, error: Error) -> int:
    """Close the box around this process: in namespaces of its own, or in `work` on the host."""
    count = len(keep)
    if not work:
        return library.abox_enter_candidate(ctypes.byref(box), keep, count, ctypes.byref(error))
    os.chdir(f"{work}/repo")
    root = os.path.dirname(sys.prefix)  # the runtime's, see command_on_host
    readable = [root, HERE]
    writable = [f"{work}/repo", f"{work}/scratch", *DEVICES]
    lists = [(ctypes.c_char_p * (len(paths) + 1))(*map(os.fsencode, paths)) for paths in (readable, writable)]
    return library.abox_enter_plain(ctypes.byref(box), *lists, keep, count, ctypes.byref(error))


def _enter(library: ctypes.PyDLL, box: CandidateBox, descriptors: list[int], work: str) -> None:
    """In the child: wait for the word, close the box, and serve steps. Never returns."""
    output, errors, steps, broker, files = descriptors
    channel = socket.socket(fileno=steps)
    if channel.recv(16) != b"go":
        os._exit(SETUP_FAILED)
    null = os.open("/dev/null", os.O_RDONLY)
    keep = (ctypes.c_int32 * 6)(null, output, errors, steps, broker, files)
    box.files = 5
    channel.detach()
    error = Error()
    if _close(library, box, keep, work, error) != 0:
        text = f"{(error.stage or b'').decode()}: {os.strerror(error.error_number)}"
        try:
            # Before or after the descriptors are in place.
            os.write(3, text.encode())
        finally:
            os._exit(SETUP_FAILED)
    import dbshim
    import runner

    dbshim.use(DATABASE)
    if work:
        runner.REPO = f"{work}/repo"
    runner.serve(STEPS)
    os._exit(0)


def _start(
    library: ctypes.PyDLL, control: socket.socket, programs: list[ctypes.Array], request: bytes, descriptors: list[int], work: str
) -> None:
    """One candidate, from clone to report."""
    fields = START.unpack(request)
    box = CandidateBox()
    (_, box.uid, box.scratch_megabytes, box.inodes, box.sockets, box.landlock, box.cpu_seconds, box.address_space,
     box.file_size, box.open_files, box.tasks, box.stack) = fields
    program = programs[1 if box.sockets else 0]
    box.filter = ctypes.addressof(program)
    box.filter_length = len(program) // 8
    child, error = Child(), Error()
    ctypes.pythonapi.PyOS_BeforeFork()
    clone = library.abox_clone_plain if work else library.abox_clone_candidate
    result = clone(ctypes.byref(child), ctypes.byref(error))
    if result == 0 and child.pid == 0:
        ctypes.pythonapi.PyOS_AfterFork_Child()
        try:
            _enter(library, box, descriptors, work)
        finally:
            os._exit(SETUP_FAILED)
    ctypes.pythonapi.PyOS_AfterFork_Parent()
    for number in descriptors:
        os.close(number)
    if result != 0:
        control.send(STARTED.pack(MAGIC, error.error_number))
        return
    socket.send_fds(control, [STARTED.pack(MAGIC, 0)], [child.pidfd])
    os.close(child.pidfd)
    _, status, usage = os.wait4(child.pid, 0)
    microseconds = int((usage.ru_utime + usage.ru_stime) * 1_000_000)
    control.send(ENDED.pack(MAGIC, status, microseconds, usage.ru_maxrss * 1024))


def _read_filter(number: int) -> ctypes.Array:
    filter_bytes = os.pread(number, 1 << 20, 0)
    os.close(number)
    return (ctypes.c_char * len(filter_bytes)).from_buffer_copy(filter_bytes)


def _listen() -> socket.socket:
    """Where candidates find PostgreSQL. The broker accepts; here it is only made, by whom they cannot be."""
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(LISTENER)
    os.chmod(LISTENER, 0o666)
    listener.listen(64)
    return listener


def main() -> None:
    """Serve requests until the supervisor is gone. Arguments: modules to preload; the work folder, or ""."""
    preload, work = sys.argv[1:3]
    library = _library()
    programs = [_read_filter(FILTER), _read_filter(SOCKET_FILTER)]
    import dbshim

    dbshim.install()  # before anything imports sqlite3
    mimetypes.knownfiles.clear()  # the host's own, where it can be seen
    _preload(preload)
    import runner

    runner.load_operations()

    gc.collect()
    gc.freeze()
    control = socket.socket(fileno=CONTROL)
    version = sys.version.split()[0].encode()
    if work:
        control.send(version)
    else:
        with _listen() as listener:
            socket.send_fds(control, [version], [listener.fileno()])
    _gather(control.recv(4096))
    while True:
        request, descriptors, _, _ = socket.recv_fds(control, 256, 8)
        if not request:
            return
        fields = START.unpack(request)
        if fields[0] != MAGIC or len(descriptors) != 5:
            return
        _start(library, control, programs, request, descriptors, work)


if __name__ == "__main__":
    main()
