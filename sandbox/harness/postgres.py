# SPDX-License-Identifier: MIT
"""First process of PostgreSQL's cell: makes or unpacks the cluster, runs the server, hands out connections.

It holds no secret and runs nothing of a candidate's. The broker asks it over BROKER, one message each:
"C" and a number for a connection, answered by the number and the socket; "T" and a process number ends
that backend. The engine's end is CONTROL: it hears "ready" once, with the cluster's archive if one was made.
"""
from __future__ import annotations

import io
import os
import select
import signal
import socket
import struct
import subprocess
import sys
import tarfile
import time

CONTROL, TEMPLATE, BROKER = 3, 4, 5
DATA, SOCKETS = "/scratch/cluster", "/scratch/sockets"
REQUEST = struct.Struct("=cI")
NUMBER = struct.Struct("=I")
START_SECONDS = 20
# No durability: a cluster lives as long as its cell. Limits: sandbox/cell/postgres_cell.hpp says what for.
SETTINGS = {
    "listen_addresses": "", "unix_socket_directories": SOCKETS, "unix_socket_permissions": "0777",
    "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "wal_level": "minimal", "max_wal_senders": "0",
    "shared_buffers": "16MB", "dynamic_shared_memory_type": "mmap", "max_connections": "32",
    "superuser_reserved_connections": "4", "max_worker_processes": "0", "max_parallel_workers": "0", "autovacuum": "off",
    "temp_file_limit": "64MB", "work_mem": "4MB", "max_prepared_transactions": "0", "min_wal_size": "2MB",
    "max_wal_size": "16MB", "checkpoint_timeout": "1h", "jit": "off", "logging_collector": "off",
    "log_min_messages": "fatal", "client_connection_check_interval": "500ms",
    "timezone": "UTC", "log_timezone": "UTC", "archive_mode": "off",
}  # fmt: skip
# The candidate's role owns what it makes and may add the extensions that PostgreSQL trusts everybody with. The
# keeper is the engine's for rows: code that a candidate keeps in tables runs as whoever touches them, and must not
# gain by it.
SETUP = {
    "postgres": (
        "CREATE ROLE candidate LOGIN CONNECTION LIMIT 20",
        "CREATE ROLE keeper LOGIN IN ROLE candidate",
        "GRANT SET ON PARAMETER session_replication_role TO keeper",
        "CREATE DATABASE assay TEMPLATE template0",
        "REVOKE ALL ON DATABASE postgres FROM PUBLIC",
        "REVOKE ALL ON DATABASE template1 FROM PUBLIC",
        "REVOKE ALL ON DATABASE assay FROM PUBLIC",
        "GRANT CONNECT, TEMPORARY, CREATE ON DATABASE assay TO candidate",
        "GRANT CONNECT ON DATABASE assay TO keeper",
    ),
    "assay": ("DROP SCHEMA public", "CREATE SCHEMA public AUTHORIZATION candidate"),
}
ACCESS = "local all postgres trust\nlocal assay candidate,keeper trust\n"


def _programs() -> str:
    """The folder with PostgreSQL's programs, of the newest version that the runtime has."""
    versions = sorted(os.listdir("/usr/lib/postgresql"), key=lambda name: [int(part) for part in name.split(".")])
    return f"/usr/lib/postgresql/{versions[-1]}/bin"


def _make(programs: str) -> bytes:
    """A new cluster in DATA; its archive."""
    options = [
        "--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8", "--no-sync", "--no-instructions", "--wal-segsize=1",
    ]  # fmt: skip
    subprocess.run([f"{programs}/initdb", "-D", DATA, *options], check=True, stdout=subprocess.DEVNULL)
    with open(f"{DATA}/pg_hba.conf", "w") as file:
        file.write(ACCESS)
    for database, statements in SETUP.items():
        single = [f"{programs}/postgres", "--single", "-D", DATA, "-c", "fsync=off", "-c", "exit_on_error=true", database]
        subprocess.run(single, check=True, input="\n".join(statements).encode(), stdout=subprocess.DEVNULL)
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        archive.add(DATA, "cluster")
    return buffer.getvalue()


def _unpack(template: int) -> None:
    """Unpack the archive, which an earlier cell of ours made."""
    with open(template, "rb", closefd=False) as file, tarfile.open(fileobj=file, mode="r:") as archive:
        for member in archive:
            path = f"/scratch/{member.name}"
            if member.isdir():
                os.mkdir(path, 0o700)
                continue
            source = archive.extractfile(member)
            if source is None:
                continue
            target = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            os.write(target, source.read())
            os.close(target)



def _start(programs: str) -> subprocess.Popen[bytes]:
    """The server, once it takes connections."""
    os.mkdir(SOCKETS, 0o755)
    settings = [f"-c{name}={value}" for name, value in SETTINGS.items()]
    server = subprocess.Popen([f"{programs}/postgres", "-D", DATA, *settings])
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            with open(f"{DATA}/postmaster.pid") as file:
                if file.read().splitlines()[7:8] == ["ready   "]:
                    return server
        except OSError:
            pass
        if server.poll() is not None:
            break
        time.sleep(0.002)
    raise RuntimeError("PostgreSQL does not start")


def _connect(broker: socket.socket, number: int) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        try:
            connection.settimeout(2)
            connection.connect(f"{SOCKETS}/.s.PGSQL.5432")
            connection.setblocking(False)
            socket.send_fds(broker, [NUMBER.pack(number)], [connection.fileno()])
        except OSError:
            broker.send(NUMBER.pack(number))


def main() -> None:
    """Serve until the engine is gone or the server ends."""
    programs = _programs()
    made = None
    if os.fstat(TEMPLATE).st_size == 0:
        made = _make(programs)
    else:
        _unpack(TEMPLATE)
    server = _start(programs)
    with socket.socket(fileno=CONTROL) as control, socket.socket(fileno=BROKER) as broker:
        attached = []
        if made is not None:
            attached.append(os.memfd_create("cluster"))
            with open(attached[0], "wb", closefd=False) as file:
                file.write(made)
        socket.send_fds(control, [b"ready"], attached)
        poll = select.poll()
        poll.register(CONTROL, select.POLLIN)
        poll.register(BROKER, select.POLLIN)
        poll.register(os.pidfd_open(server.pid), select.POLLIN)
        while True:
            ready = [number for number, _ in poll.poll()]
            if ready != [BROKER]:
                return
            request = broker.recv(64)
            if len(request) != REQUEST.size:
                return
            kind, number = REQUEST.unpack(request)
            if kind == b"C":
                _connect(broker, number)
            elif number > 1 and number != server.pid:
                try:
                    os.kill(number, signal.SIGTERM)
                except OSError:
                    pass


if __name__ == "__main__":
    try:
        main()
    except Exception as problem:
        print(f"{type(problem).__name__}: {problem}", file=sys.stderr)
        sys.exit(1)
