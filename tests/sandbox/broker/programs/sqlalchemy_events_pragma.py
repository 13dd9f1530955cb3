# SPDX-License-Identifier: MIT
import sqlalchemy as sa
from sqlalchemy import event, exc
e = sa.create_engine(f"sqlite:///{path}")
@event.listens_for(e, "connect")
def on_connect(connection, record):
    show(type(connection).__name__, type(connection).__module__)
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.close()
seen = []
@event.listens_for(e, "before_cursor_execute")
def before(connection, cursor, statement, parameters, context, many):
    seen.append((statement.split()[0], many))
with e.begin() as c:
    c.execute(sa.text("create table p(id integer primary key)"))
    c.execute(sa.text("create table k(p int references p(id))"))
def fails():
    with e.begin() as c:
        c.execute(sa.text("insert into k values(9)"))
try:
    fails()
except exc.IntegrityError as error:
    show(str(error.orig))
show(seen)
e.dispose()
