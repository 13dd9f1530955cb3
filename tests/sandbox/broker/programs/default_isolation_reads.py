# SPDX-License-Identifier: MIT
import sqlite3
a = sqlite3.connect(path)
a.executescript("create table t(x); insert into t values(1);")
b = sqlite3.connect(path)
a.execute("update t set x = 2")
show(b.execute("select x from t").fetchall())
a.commit()
show(b.execute("select x from t").fetchall())
b.execute("begin")
show(b.execute("select x from t").fetchall(), b.in_transaction)
b.rollback()
