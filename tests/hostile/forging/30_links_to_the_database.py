# SPDX-License-Identifier: MIT
# does: links, renames and removes the file that a database would be
# first: right
# second: right
# statements: 1 1
# rows: same
import os

from sqlalchemy import create_engine, text

engine = create_engine("sqlite:////assay/main")


def attack():
    with engine.connect() as connection:
        rows = connection.execute(text("select value from items"))
        path = os.path.join(os.getcwd(), "main")
        for action in (lambda: os.link("/assay/main", path), lambda: os.rename("/assay/main", path),
                       lambda: os.remove("/assay/main"), lambda: os.truncate("/assay/main", 0)):
            try:
                action()
            except OSError:
                pass
        return sum(rows.scalars())
