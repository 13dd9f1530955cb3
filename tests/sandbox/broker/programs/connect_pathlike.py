# SPDX-License-Identifier: MIT
import os, pathlib, sqlite3
a = sqlite3.connect(pathlib.Path(path))
a.execute("create table t(x)")
a.commit()
show(sqlite3.connect(os.fsencode(path)).execute("select name from sqlite_master").fetchall())
attempt(sqlite3.connect, 5)
attempt(sqlite3.connect, None)
attempt(sqlite3.connect, path, nonsense=1)
attempt(sqlite3.connect, path, isolation_level="BOGUS")
attempt(sqlite3.connect, path, isolation_level=3)
