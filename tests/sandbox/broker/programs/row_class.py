# SPDX-License-Identifier: MIT
import sqlite3
c = sqlite3.connect(":memory:")
c.row_factory = sqlite3.Row
row = c.execute("select 1 as a, 'x' as B, 2 as a").fetchone()
show(row["a"], row["A"], row["b"], row[0], row[-1], row[0:2], row.keys(), len(row), tuple(row), list(row), dict(row))
attempt(lambda: row["missing"])
attempt(lambda: row[9])
attempt(lambda: row[1.5])
other = c.execute("select 1 as a, 'x' as B, 2 as a").fetchone()
show(row == other, hash(row) == hash(other), row != other, row == (1, "x", 2), row == 5)
show(row == c.execute("select 1 as z, 'x' as B, 2 as a").fetchone())
show("x" in row, [value for value in row])
attempt(sqlite3.Row, c.cursor(), (1,))
attempt(sqlite3.Row, 1, (1,))
attempt(sqlite3.Row, c.cursor(), [1])
import collections.abc
show(isinstance(row, collections.abc.Sequence), isinstance(row, tuple))
