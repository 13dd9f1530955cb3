# SPDX-License-Identifier: MIT
# does: puts a view in place of the table
# first: wrong
# second: wrong
# statements: 1 1
# rows: changed
from sqlalchemy import create_engine, text

engine = create_engine("sqlite:////assay/main")


def attack():
    with engine.begin() as connection:
        connection.execute(text("drop table items"))
        connection.execute(text("create view items as select 1 as id, 2 as value"))
        return connection.execute(text("select sum(value) from items")).scalar()
