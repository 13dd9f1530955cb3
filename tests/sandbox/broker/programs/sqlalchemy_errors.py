# SPDX-License-Identifier: MIT
import sqlalchemy as sa
from sqlalchemy import exc
e = sa.create_engine("sqlite://")
def shape(function, *arguments):
    try:
        function(*arguments)
    except exc.SQLAlchemyError as error:
        show(type(error), str(error.orig) if hasattr(error, "orig") else "", type(getattr(error, "orig", None)))
with e.connect() as c:
    c.execute(sa.text("create table t(id integer primary key, x text not null unique, y int check (y > 0))"))
    c.execute(sa.text("insert into t values(1, 'a', 1)"))
    for sql in ("insert into t values(1, 'b', 1)", "insert into t values(2, 'a', 1)", "insert into t values(2, null, 1)", "insert into t values(3, 'c', 0)", "select * from nothing", "nonsense", "select nothing", "insert into t(x) values(:a)"):
        shape(c.execute, sa.text(sql))
    shape(c.execute, sa.text("select :a"), {"a": object()})
    shape(c.execute, sa.text("select :a"), {"a": 2**70}) if False else None
show(e.dialect.dbapi.__name__, e.dialect.server_version_info)
