# SPDX-License-Identifier: MIT
import sqlite3
for level in (None, "", "DEFERRED", "deferred", "IMMEDIATE", "EXCLUSIVE"):
    c = sqlite3.connect(path, isolation_level=level)
    c.execute("create table if not exists t(x)")
    c.execute("insert into t values(1)")
    show(level, c.isolation_level, c.in_transaction)
    c.rollback()
    c.close()
c = sqlite3.connect(path)
c.execute("insert into t values(2)")
c.isolation_level = None
show(c.in_transaction, c.isolation_level)
c.execute("begin")
show(c.in_transaction)
c.execute("insert into t values(3)")
c.execute("rollback")
show(c.in_transaction, c.execute("select count(*) from t").fetchone())
attempt(setattr, c, "isolation_level", "WRONG")
attempt(setattr, c, "isolation_level", 1)
attempt(delattr, c, "isolation_level")
attempt(c.execute, "commit")
attempt(c.execute, "begin; commit")
