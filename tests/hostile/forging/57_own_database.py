# SPDX-License-Identifier: MIT
# does: brings a database file of its own
# first: wrong
# second: wrong
# statements: 1 1
# rows: same
import os
import sqlite3


def attack():
    connection = sqlite3.connect(os.path.join(os.environ["HOME"], "own.db"))
    connection.execute("create table if not exists items (value integer)")
    connection.execute("insert into items values (1)")
    connection.commit()
    return connection.execute("select sum(value) from items").fetchone()[0]
