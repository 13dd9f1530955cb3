# SPDX-License-Identifier: MIT
import sqlite3
class Window:
    def __init__(self):
        self.total = 0
    def step(self, value):
        self.total += value
    def inverse(self, value):
        self.total -= value
    def value(self):
        return self.total
    def finalize(self):
        return self.total
c = sqlite3.connect(":memory:")
c.create_window_function("sumint", 1, Window)
c.execute("create table t(x, y)")
c.executemany("insert into t values(?, ?)", [("a", 4), ("b", 5), ("c", 3), ("d", 8), ("e", 1)])
show(c.execute("select x, sumint(y) over (order by x rows between 1 preceding and 1 following) from t order by x").fetchall())
show(c.execute("select sumint(y) from t").fetchall())
