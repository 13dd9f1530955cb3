# SPDX-License-Identifier: MIT
# does: takes listeners away, counts down, and asks for one row at a time
# first: right
# second: right
# statements: 5 5
# rows: same
from sqlalchemy import create_engine, text

engine = create_engine("sqlite:////assay/main")


def attack():
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    for holder in (engine.dispatch, Engine.dispatch):
        try:
            holder._clear()
        except Exception:
            pass
    event.listen(engine, "before_cursor_execute", lambda *_, **__: None)
    engine.dialect.do_execute = lambda cursor, statement, parameters, context=None: cursor.execute(statement, parameters)
    with engine.connect() as connection:
        keys = connection.execute(text("select id from items")).scalars().all()
        return sum(
            connection.execute(text("select value from items where id = :id"), {"id": key}).scalar() for key in keys
        )
