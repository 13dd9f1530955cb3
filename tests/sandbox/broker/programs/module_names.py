# SPDX-License-Identifier: MIT
import sqlite3, sqlite3.dbapi2
from sqlite3 import dbapi2
show(dbapi2 is sqlite3.dbapi2, sqlite3.connect is dbapi2.connect, sqlite3.Connection is dbapi2.Connection)
show(sorted(name for name in dir(sqlite3) if not name.startswith("_") and name != "dump"))
show(sorted(name for name in dir(sqlite3.Connection) if not name.startswith("_")))
show(sorted(name for name in dir(sqlite3.Cursor) if not name.startswith("_")))
show(sorted(name for name in dir(sqlite3.Row) if not name.startswith("_")))
show(sqlite3.Connection, sqlite3.Cursor, sqlite3.Row, sqlite3.Error)
