# SPDX-License-Identifier: MIT
import sqlite3
c = sqlite3.connect(":memory:")
show(c.getlimit(sqlite3.SQLITE_LIMIT_COLUMN), c.getlimit(sqlite3.SQLITE_LIMIT_ATTACHED))
show(c.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, 50) > 0)
attempt(c.execute, "select " + "1 + " * 50 + "1")
attempt(c.executescript, "select " + "1 + " * 50 + "1")
attempt(c.getlimit, 1111)
c.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 2)
attempt(c.execute, "select ?, ?, ?", (1, 2, 3))
