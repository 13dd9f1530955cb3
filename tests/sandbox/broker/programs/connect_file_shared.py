# SPDX-License-Identifier: MIT
import sqlite3
a = sqlite3.connect(path)
a.execute("create table t(x)")
a.execute("insert into t values(1)")
a.commit()
b = sqlite3.connect(path)
show(b.execute("select * from t").fetchall())
a.close()
b.execute("insert into t values(2)")
b.commit()
b.close()
show(sqlite3.connect(path).execute("select x from t order by x").fetchall())
