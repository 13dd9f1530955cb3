# SPDX-License-Identifier: MIT
import datetime, sqlite3
sqlite3.register_converter("money", lambda b: ("money", b))
c = sqlite3.connect(":memory:", detect_types=sqlite3.PARSE_DECLTYPES)
c.execute("create table t(a money, b MONEY(3), d date, s timestamp, p text, m money)")
c.execute("insert into t values(?,?,?,?,?,?)", ("12.5", 7, datetime.date(2024, 1, 2), datetime.datetime(2024, 1, 2, 3, 4, 5, 678), "x", None))
cursor = c.execute("select * from t")
show(cursor.fetchone(), cursor.description)
show(c.execute("select a, upper(p), a || '' from t").fetchall())
