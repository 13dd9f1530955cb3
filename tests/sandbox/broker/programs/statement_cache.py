# SPDX-License-Identifier: MIT
import sqlite3
c = sqlite3.connect(":memory:")
c.execute("create table t(x)")
for n in range(300):
    c.execute(f"insert into t values({n})")
for n in range(300):
    c.execute("select ? as v", (n,)).fetchone()
first = c.execute("select x from t order by x")
second = c.execute("select x from t order by x")
show(first.fetchone(), second.fetchone(), first.fetchone(), len(second.fetchall()), len(first.fetchall()))
