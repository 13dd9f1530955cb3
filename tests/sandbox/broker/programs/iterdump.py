# SPDX-License-Identifier: MIT
import sqlite3
c = sqlite3.connect(":memory:")
c.executescript("create table t(id integer primary key autoincrement, x text); insert into t(x) values('it''s'), (null); create view v as select x from t; create trigger g after insert on t begin select 1; end; create index i on t(x);")
dump = list(c.iterdump())
show(dump)
d = sqlite3.connect(":memory:")
d.executescript("".join(dump))
show(d.execute("select * from t").fetchall())
