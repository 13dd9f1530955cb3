# SPDX-License-Identifier: MIT
"""Measures what a statement costs through the broker and with plain sqlite3: broker.py BROKER HARNESS [ROUNDS].

Candidate and broker run on one processor, as in a slot. Each figure is the median of the rounds, in microseconds a
statement; both kinds alternate, so that noise of the machine meets both.
"""
from __future__ import annotations

import importlib
import os
import statistics
import sys
import time
from typing import Any, Callable

HERE = os.path.dirname(os.path.abspath(__file__))


def timed(work: Callable[[], object], count: int) -> float:
    """Microseconds a call of `work`."""
    begun = time.perf_counter()
    for _ in range(count):
        work()
    return (time.perf_counter() - begun) / count * 1e6


def cases(module: Any, path: str) -> dict[str, tuple[Callable[[], object], int]]:
    """What is measured, by name, with the number of calls a round."""
    connection = module.connect(path, isolation_level=None)
    connection.execute("create table t(id integer primary key, name text, n int)")
    connection.executemany("insert into t(name, n) values(?, ?)", [(f"name {n}", n) for n in range(1000)])
    cursor = connection.cursor()
    connection.execute("begin")
    return {
        "select 1": (lambda: cursor.execute("select 1").fetchone(), 2000),
        "one row by key": (lambda: cursor.execute("select id, name, n from t where id = ?", (7,)).fetchone(), 2000),
        "ten rows": (lambda: cursor.execute("select id, name, n from t where id <= 10").fetchall(), 1000),
        "thousand rows": (lambda: cursor.execute("select id, name, n from t where id <= 1000").fetchall(), 20),
        "insert": (lambda: cursor.execute("insert into t(name, n) values(?, ?)", ("x", 1)), 2000),
        "insert and commit": (lambda: (connection.execute("commit"), connection.execute("begin"),
                                       cursor.execute("insert into t(n) values(1)")), 300),
    }


def main() -> None:
    """Prints the table."""
    program, harness = sys.argv[1:3]
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 7
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    plain = importlib.import_module("sqlite3")
    sys.path[:0] = [harness, os.path.join(HERE, "..", "sandbox", "broker")]
    import dbshim
    from broker import Broker

    broker = Broker(program)
    both = [cases(plain, ":memory:"), cases(dbshim.install(broker.candidate), "/bench.db")]
    found: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in both[0]}
    for _ in range(rounds):
        for name in found:
            for kind in (0, 1):
                found[name][kind].append(timed(*both[kind][name]))
    print(f"{'statement':<20}{'plain':>10}{'broker':>10}{'more':>10}  (microseconds)")
    for name, (local, through) in found.items():
        one, other = statistics.median(local), statistics.median(through)
        print(f"{name:<20}{one:>10.1f}{other:>10.1f}{other - one:>10.1f}")


main()
