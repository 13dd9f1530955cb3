# SPDX-License-Identifier: MIT
import sqlite3
c = sqlite3.connect(":memory:")
seen = []
c.set_trace_callback(seen.append)
c.execute("create table t(x)")
c.execute("insert into t values(?)", (5,))
c.commit()
c.execute("select * from t where x = :x", {"x": "it's"}).fetchall()
c.set_trace_callback(None)
c.execute("select 1")
show(seen)
