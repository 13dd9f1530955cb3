# SPDX-License-Identifier: MIT
import sqlite3
class MyCursor(sqlite3.Cursor):
    def execute(self, sql, parameters=()):
        return super().execute(sql.replace("@@", "'swapped'"), parameters)
class MyConnection(sqlite3.Connection):
    def cursor(self, factory=MyCursor):
        return super().cursor(factory)
c = sqlite3.connect(":memory:", factory=MyConnection)
show(isinstance(c, MyConnection), c.cursor().execute("select @@").fetchone())
class Lazy(sqlite3.Cursor):
    def __init__(self, connection):
        pass
attempt(Lazy(c).execute, "select 1")
class LazyConnection(sqlite3.Connection):
    def __init__(self, *a, **k):
        pass
attempt(lambda: LazyConnection(":memory:").cursor())
attempt(c.cursor, lambda connection: None)
attempt(sqlite3.Cursor, 5)
show(sqlite3.Cursor(c).execute("select 1").fetchone())
