# SPDX-License-Identifier: MIT
import sqlite3
c = sqlite3.connect(":memory:")
def touchy(x):
    if x == 3:
        raise ValueError
    return x
c.create_function("touchy", 1, touchy)
c.execute("create table t(x)")
c.executemany("insert into t values(?)", ((n,) for n in range(6)))
k = c.execute("select touchy(x) from t")
show(k.fetchone(), k.fetchone())
attempt(k.fetchone)
attempt(k.fetchone)
k = c.execute("select touchy(x) from t")
attempt(k.fetchall)
attempt(c.execute, "select touchy(3)")
attempt(lambda: c.execute("select abs(-9223372036854775808)").fetchone())
