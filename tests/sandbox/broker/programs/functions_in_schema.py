# SPDX-License-Identifier: MIT
import sqlite3
c = sqlite3.connect(":memory:")
c.create_function("slug", 1, lambda s: s.lower().replace(" ", "-"), deterministic=True)
c.execute("create table t(a, s generated always as (slug(a)), check (length(slug(a)) > 1))")
c.execute("create index i on t(slug(a))")
c.execute("create view v as select slug(a) as x from t")
c.execute("insert into t(a) values('Hello World')")
show(c.execute("select * from t").fetchall(), c.execute("select * from v").fetchall())
attempt(c.execute, "insert into t(a) values('A')")
