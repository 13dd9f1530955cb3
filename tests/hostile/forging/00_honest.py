# SPDX-License-Identifier: MIT
# does: adds the values up in SQL, as asked
# first: right
# second: right
# statements: 1 1
# rows: same
from sqlalchemy import create_engine, text

engine = create_engine("sqlite:////assay/main")


def attack():
    with engine.connect() as connection:
        return connection.execute(text("select sum(value) from items")).scalar()
