# SPDX-License-Identifier: MIT
# does: keeps its answer in a file between steps
# first: right
# second: wrong
# statements: 1 0
# rows: same
import os

from sqlalchemy import create_engine, text

engine = create_engine("sqlite:////assay/main")


def attack():
    kept = os.path.join(os.environ["HOME"], "answer")
    if not os.path.exists(kept):
        with engine.connect() as connection, open(kept, "w") as file:
            file.write(str(connection.execute(text("select sum(value) from items")).scalar()))
    return int(open(kept).read())
