# SPDX-License-Identifier: MIT
import sqlite3
sqlite3.register_converter("twice", lambda b: b * 2)
c = sqlite3.connect(":memory:", detect_types=sqlite3.PARSE_COLNAMES)
cursor = c.execute("select 'ab' as \"x [twice]\", 'cd' as plain, 'ef' as \"y[none]\"")
show(cursor.description, cursor.fetchall())
d = sqlite3.connect(":memory:")
show(d.execute("select 'ab' as \"x [twice]\"").description)
