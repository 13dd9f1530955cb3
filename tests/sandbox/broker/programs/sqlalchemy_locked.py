# SPDX-License-Identifier: MIT
import sqlalchemy as sa
from sqlalchemy import exc
e = sa.create_engine(f"sqlite:///{path}", connect_args={"timeout": 0.1})
with e.begin() as c:
    c.execute(sa.text("create table t(x)"))
with e.connect() as a, e.connect() as b:
    a.begin()
    b.begin()
    a.execute(sa.text("insert into t values(1)"))
    try:
        b.execute(sa.text("insert into t values(2)"))
    except exc.OperationalError as error:
        show(str(error.orig))
