# SPDX-License-Identifier: MIT
import sqlalchemy as sa
e = sa.create_engine("sqlite://")
with e.begin() as c:
    c.execute(sa.text("create table t(id integer primary key, x text)"))
    r = c.execute(sa.text("insert into t(x) values('a'), ('b') returning id, x"))
    show([tuple(row) for row in r])
    show(c.execute(sa.text("update t set x = 'z' returning id")).scalars().all())
    show(c.execute(sa.text("delete from t where id = 1 returning x")).scalar())
    t = sa.table("t", sa.column("id"), sa.column("x"))
    r = c.execute(sa.insert(t).values(x="q"))
    show(r.rowcount, c.execute(sa.select(t)).fetchmany(1)[0][0])
