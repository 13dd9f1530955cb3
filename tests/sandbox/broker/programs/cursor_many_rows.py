# SPDX-License-Identifier: MIT
import sqlite3
c = sqlite3.connect(":memory:")
c.execute("create table t(x, y)")
c.executemany("insert into t values(?, ?)", ((n, "v" * (n % 50)) for n in range(5000)))
k = c.execute("select x, y from t order by x")
first = [k.fetchone()[0] for _ in range(3)]
show(first, len(k.fetchmany(1000)), sum(row[0] for row in k), k.fetchone())
show(len(c.execute("select * from t a join (select 1 union select 2)").fetchall()))
big = c.execute("select randomblob(300000), 'x'").fetchone()
show(len(big[0]), big[1])
show(len(c.execute("select ?", ("y" * 500000,)).fetchone()[0]))
