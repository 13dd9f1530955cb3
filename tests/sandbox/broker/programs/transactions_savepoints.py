# SPDX-License-Identifier: MIT
import sqlite3
c = sqlite3.connect(":memory:", isolation_level=None)
c.execute("create table t(x)")
c.execute("savepoint a")
c.execute("insert into t values(1)")
c.execute("savepoint b")
c.execute("insert into t values(2)")
c.execute("rollback to b")
show(c.in_transaction, c.execute("select x from t").fetchall())
c.execute("release a")
show(c.in_transaction)
attempt(c.execute, "release nothing")
attempt(c.execute, "rollback")
