# SPDX-License-Identifier: MIT
import sqlite3
for name in ("Warning", "Error", "InterfaceError", "DatabaseError", "DataError", "OperationalError", "IntegrityError", "InternalError", "ProgrammingError", "NotSupportedError"):
    kind = getattr(sqlite3, name)
    show(name, kind, kind.__mro__[1], getattr(sqlite3.connect(":memory:"), name) is kind)
c = sqlite3.connect(":memory:")
show(c.Error is sqlite3.Error, c.IntegrityError is sqlite3.IntegrityError)
try:
    c.execute("select * from nothing")
except sqlite3.Error as error:
    show(error.args, error.sqlite_errorcode, error.sqlite_errorname)
show(sqlite3.apilevel, sqlite3.paramstyle, sqlite3.PARSE_DECLTYPES, sqlite3.SQLITE_DENY, sqlite3.SQLITE_CREATE_TABLE)
show(sqlite3.Binary(b"x"), sqlite3.Date(2024, 1, 2), sqlite3.complete_statement("select 1;"))
