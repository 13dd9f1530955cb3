# SPDX-License-Identifier: MIT
import sqlite3
c = sqlite3.connect(":memory:")
c.execute("create table t(a, b)")
c.execute("insert into t values(1, 2)")
c.set_authorizer(lambda action, first, second, database, trigger: sqlite3.SQLITE_DENY if second == "b" else sqlite3.SQLITE_OK)
show(c.execute("select a from t").fetchall())
attempt(c.execute, "select b from t")
c.set_authorizer(lambda action, first, second, database, trigger: sqlite3.SQLITE_IGNORE if second == "b" else sqlite3.SQLITE_OK)
show(c.execute("select a, b from t").fetchall())
def broken(*a):
    raise ValueError
c.set_authorizer(broken)
attempt(c.execute, "select a from t")
c.set_authorizer(None)
show(c.execute("select a, b from t").fetchall())
