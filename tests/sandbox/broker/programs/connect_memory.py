# SPDX-License-Identifier: MIT
import sqlite3
a = sqlite3.connect(":memory:")
b = sqlite3.connect(":memory:")
a.execute("create table t(x)")
attempt(b.execute, "select * from t")
show(a.in_transaction, a.isolation_level, a.total_changes, a.row_factory, a.text_factory)
show(type(a), type(a.cursor()), isinstance(a, sqlite3.Connection))
