# SPDX-License-Identifier: MIT
import sqlalchemy as sa
from sqlalchemy import orm
e = sa.create_engine(f"sqlite:///{path}")
with e.begin() as c:
    c.execute(sa.text("create table t(x)"))
def fails():
    with e.begin() as c:
        c.execute(sa.text("insert into t values(1)"))
        raise ValueError("stop")
attempt(fails)
with e.connect() as c:
    show(c.scalar(sa.text("select count(*) from t")))
with e.connect() as c:
    with c.begin():
        c.execute(sa.text("insert into t values(2)"))
        nested = c.begin_nested()
        c.execute(sa.text("insert into t values(3)"))
        nested.rollback()
with e.connect() as c:
    show([row[0] for row in c.execute(sa.text("select x from t"))])
with e.connect().execution_options(isolation_level="AUTOCOMMIT") as c:
    c.execute(sa.text("insert into t values(4)"))
with e.connect() as c:
    show(c.scalar(sa.text("select count(*) from t")), c.get_isolation_level())
with orm.Session(e) as s:
    s.execute(sa.text("insert into t values(5)"))
    with s.begin_nested():
        s.execute(sa.text("insert into t values(6)"))
    s.commit()
    show(s.scalar(sa.text("select count(*) from t")))
with orm.Session(e) as one, orm.Session(e) as two:
    one.execute(sa.text("insert into t values(7)"))
    show(two.scalar(sa.text("select count(*) from t")))
    two.rollback()
    one.commit()
