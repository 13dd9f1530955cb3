# SPDX-License-Identifier: MIT
import sqlite3
c = sqlite3.connect(":memory:")
c.execute("create table t(x unique)")
with c:
    c.execute("insert into t values(1)")
show(c.in_transaction)
def fails():
    with c:
        c.execute("insert into t values(2)")
        c.execute("insert into t values(1)")
attempt(fails)
show(c.in_transaction, c.execute("select x from t").fetchall())
with c as same:
    show(same is c)
