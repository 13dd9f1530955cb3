# SPDX-License-Identifier: MIT
import sqlite3
c = sqlite3.connect(":memory:")
k = c.cursor()
c.execute("create table t(x)")
def rows():
    yield (1,)
    k.execute("select 1")
    yield (2,)
attempt(k.executemany, "insert into t values(?)", rows())
