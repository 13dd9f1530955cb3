# SPDX-License-Identifier: MIT
# does: reads everything once and answers from memory ever after
# first: right
# second: wrong
# statements: 1 0
# rows: same
from sqlalchemy import create_engine, text

engine = create_engine("sqlite:////assay/main")

kept = []


def attack():
    if not kept:
        with engine.connect() as connection:
            kept.extend(connection.execute(text("select value from items")).scalars())
    return sum(kept)
