# SPDX-License-Identifier: MIT
import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
e = sa.create_engine("sqlite://")
m = sa.MetaData()
t = sa.Table("t", m, sa.Column("k", sa.String, primary_key=True), sa.Column("n", sa.Integer, server_default="1"), sa.Column("j", sa.JSON))
m.create_all(e)
with e.begin() as c:
    for _ in range(3):
        s = sqlite.insert(t).values(k="a", j={"x": [1, None, "é"]})
        c.execute(s.on_conflict_do_update(index_elements=["k"], set_={"n": t.c.n + 1}))
    c.execute(sqlite.insert(t).values(k="a").on_conflict_do_nothing())
    show([tuple(row) for row in c.execute(sa.select(t))])
    show(c.scalar(sa.select(t.c.j["x"][2].as_string())))
