# SPDX-License-Identifier: MIT
import sqlite3
c = sqlite3.connect(":memory:")
attempt(c.execute, "select ?", (2**63,))
attempt(c.execute, "select ?", (-2**63 - 1,))
attempt(c.execute, "select ?", (2**200,))
attempt(c.execute, "select :a", {"a": 2**64})
c.execute("create table t(x)")
attempt(c.executemany, "insert into t values(?)", [(1,), (2**63,), (3,)])
show(c.execute("select x from t").fetchall())
