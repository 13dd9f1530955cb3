# SPDX-License-Identifier: MIT
import gc, sqlite3
c = sqlite3.connect(path)
c.execute("create table t(x)")
c.executemany("insert into t values(?)", ((n,) for n in range(2000)))
c.commit()
for _ in range(20):
    k = c.execute("select x from t")
    k.fetchone()
    del k
gc.collect()
c.execute("drop table t")
show(c.execute("select count(*) from sqlite_master").fetchone())
for _ in range(100):
    sqlite3.connect(path).execute("select 1")
gc.collect()
show(sqlite3.connect(path).execute("select 2").fetchone())
