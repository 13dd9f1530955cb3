# SPDX-License-Identifier: MIT
import sqlite3
c = sqlite3.connect(":memory:")
c.execute("create table t(x)")
show(c.total_changes)
c.executemany("insert into t values(?)", [(1,), (2,)])
c.execute("update t set x = 5")
show(c.total_changes, c.execute("select changes(), last_insert_rowid(), total_changes()").fetchone())
c.rollback()
show(c.total_changes)
