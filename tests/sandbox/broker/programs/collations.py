# SPDX-License-Identifier: MIT
import sqlite3
c = sqlite3.connect(":memory:")
c.execute("create table t(x)")
c.executemany("insert into t values(?)", [("a",), ("B",), ("é",), ("c",)])
c.create_collation("backwards", lambda a, b: (a < b) - (a > b))
show(c.execute("select x from t order by x collate backwards").fetchall())
attempt(c.execute, "select x from t order by x collate missing")
attempt(c.create_collation, "x", 5)
c.create_collation("backwards", None)
attempt(c.execute, "select x from t order by x collate backwards")
c.create_collation("weird", lambda a, b: "no number")
attempt(lambda: len(c.execute("select x from t order by x collate weird").fetchall()))
