# SPDX-License-Identifier: MIT
import sqlite3, sys
if sys.version_info >= (3, 12):
    c = sqlite3.connect(path, autocommit=False)
    show(c.autocommit, c.in_transaction)
    c.execute("create table t(x)")
    c.commit()
    show(c.in_transaction)
    c.execute("insert into t values(1)")
    c.rollback()
    show(c.execute("select * from t").fetchall())
    c.autocommit = True
    show(c.in_transaction)
    c.execute("insert into t values(2)")
    show(c.in_transaction)
    c.commit()
    attempt(setattr, c, "autocommit", 5)
    c.autocommit = False
    show(c.in_transaction, c.getconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_FKEY))
else:
    c = sqlite3.connect(path)
    show(hasattr(c, "autocommit"))
    attempt(sqlite3.connect, path, autocommit=True)
