# SPDX-License-Identifier: MIT
import sqlite3
c = sqlite3.connect(":memory:")
k = c.cursor()
def state():
    show(k.description, k.rowcount, k.lastrowid, k.arraysize)
state()
k.execute("create table t(id integer primary key, x)")
state()
k.execute("insert into t(x) values('a'), ('b')")
state()
k.execute("select id, x as name from t")
state()
k.fetchall()
state()
k.execute("update t set x = 'c'")
state()
k.execute("delete from t where id = 1")
state()
k.executemany("insert into t(x) values(?)", [(1,), (2,), (3,)])
state()
k.execute("replace into t(id, x) values(9, 'z')")
state()
attempt(k.execute, "insert into t(id) values(9)")
state()
k.execute("select 1 where 0")
state()
try:
    k.rowcount = 1
except AttributeError:
    show("read only")
