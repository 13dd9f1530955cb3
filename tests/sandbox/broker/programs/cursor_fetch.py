# SPDX-License-Identifier: MIT
import sqlite3
c = sqlite3.connect(":memory:")
c.execute("create table t(x)")
c.executemany("insert into t values(?)", ((n,) for n in range(10)))
k = c.execute("select x from t order by x")
show(k.fetchone(), k.fetchmany(), k.fetchmany(3), next(k), k.fetchall(), k.fetchone(), k.fetchall(), k.fetchmany(2))
k.arraysize = 4
k.execute("select x from t order by x")
show(k.fetchmany(), k.fetchmany(size=2), list(k))
attempt(next, k)
k.execute("select x from t")
show(k.fetchmany(100))
show(c.cursor().fetchall(), c.cursor().fetchone())
k.execute("select x from t")
k.execute("select 'new'")
show(k.fetchall())
show([row for row in c.execute("select x from t where x < 3")])
