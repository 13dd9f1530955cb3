# SPDX-License-Identifier: MIT
# does: replaces what SQLAlchemy runs statements with
# first: wrong
# second: wrong
# statements: 0 0
# rows: same
from sqlalchemy import create_engine, text

engine = create_engine("sqlite:////assay/main")


def attack():
    from sqlalchemy.engine import Connection

    class Result:
        def scalar(self):
            return 4

    Connection.execute = lambda self, *_, **__: Result()
    with engine.connect() as connection:
        return connection.execute(text("select sum(value) from items")).scalar()
