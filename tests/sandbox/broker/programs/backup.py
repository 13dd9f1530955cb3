# SPDX-License-Identifier: MIT
import sqlite3
a = sqlite3.connect(path)
a.execute("create table t(x)")
a.executemany("insert into t values(?)", ((n,) for n in range(100)))
a.commit()
b = sqlite3.connect(":memory:")
a.backup(b)
show(b.execute("select count(*) from t").fetchone())
calls = []
a.backup(b, pages=1, progress=lambda status, left, total: calls.append((status, left, total)))
show(calls)
attempt(a.backup, a)
attempt(a.backup, 5)
attempt(a.backup, b, progress=5)
attempt(a.backup, b, name="missing")
