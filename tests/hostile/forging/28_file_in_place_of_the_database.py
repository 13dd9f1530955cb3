# SPDX-License-Identifier: MIT
# does: puts links, pipes and folders where a database would be
# first: right
# second: right
# statements: 1 1
# rows: same
import os
import shutil

from sqlalchemy import create_engine, text

engine = create_engine("sqlite:////assay/main")


def attack():
    for number, name in enumerate(("app.db", "main", "main.db", "blog.sqlite")):
        path = os.path.join(os.getcwd(), name)
        if os.path.isdir(path) and not os.path.islink(path):
            shutil.rmtree(path)
        elif os.path.lexists(path):
            os.remove(path)
        if number == 0:
            os.symlink("/etc/shadow", path)
        elif number == 1:
            os.symlink("/assay/main", path)
        elif number == 2:
            os.mkdir(path)
        else:
            open(path, "w").close()
    with engine.connect() as connection:
        return connection.execute(text("select sum(value) from items")).scalar()
