# SPDX-License-Identifier: MIT
import sqlite3
class Sum:
    def __init__(self):
        self.total = 0
    def step(self, value):
        self.total += value
    def finalize(self):
        return self.total
c = sqlite3.connect(":memory:")
c.create_aggregate("mysum", 1, Sum)
c.execute("create table t(g, x)")
c.executemany("insert into t values(?, ?)", [("a", 1), ("a", 2), ("b", 5)])
show(c.execute("select g, mysum(x) from t group by g order by g").fetchall())
show(c.execute("select mysum(x) from t where 0").fetchall())
class BadInit:
    def __init__(self):
        raise ValueError
class BadStep(Sum):
    def step(self, value):
        raise ValueError
class BadFinal(Sum):
    def finalize(self):
        raise ValueError
class NoStep:
    pass
for kind in (BadInit, BadStep, BadFinal):
    c.create_aggregate("bad", 1, kind)
    attempt(lambda: c.execute("select bad(x) from t").fetchone())
c.create_aggregate("mysum", 1, None)
attempt(c.execute, "select mysum(x) from t")
