# SPDX-License-Identifier: MIT
import sqlite3
c = sqlite3.connect(":memory:")
c.execute("create table t(id integer primary key, x)")
k = c.execute("insert into t(x) values(?), (?) returning id, x", ("a", "b"))
show(k.fetchall(), k.description, k.lastrowid, c.in_transaction)
show(c.execute("update t set x = x || '!' returning x").fetchall())
show(c.execute("delete from t where id = 1 returning *").fetchone())
show(c.execute("select * from t").fetchall())
c.commit()
