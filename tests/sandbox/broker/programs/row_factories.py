# SPDX-License-Identifier: MIT
import collections, sqlite3
c = sqlite3.connect(":memory:")
c.row_factory = lambda cursor, row: {column[0]: row[place] for place, column in enumerate(cursor.description)}
show(c.execute("select 1 as a, 2 as b").fetchall())
k = c.cursor()
k.row_factory = None
show(k.execute("select 1 as a").fetchone())
c.row_factory = lambda cursor, row: row[0]
show(list(c.execute("select 5 union select 6")))
def broken(cursor, row):
    raise KeyError("factory")
c.row_factory = broken
attempt(c.execute("select 1").fetchone)
c.row_factory = None
show(c.execute("select 1").fetchone())
