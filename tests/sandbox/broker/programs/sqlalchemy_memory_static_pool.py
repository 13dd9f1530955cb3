# SPDX-License-Identifier: MIT
import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.pool import StaticPool
e = sa.create_engine("sqlite://", connect_args={"check_same_thread": False}, poolclass=StaticPool)
with e.begin() as c:
    c.execute(sa.text("create table t(x)"))
    c.execute(sa.text("insert into t values(1)"))
with orm.Session(e) as s:
    show(s.execute(sa.text("select x from t")).scalars().all())
f = sa.create_engine("sqlite:///file:shared2?mode=memory&cache=shared&uri=true")
with f.connect() as keep:
    with f.begin() as c:
        c.execute(sa.text("create table u(x)"))
    show(sa.inspect(f).get_table_names())
