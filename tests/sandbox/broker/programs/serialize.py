# SPDX-License-Identifier: MIT
import sqlite3
a = sqlite3.connect(":memory:")
a.execute("create table t(x)")
a.execute("insert into t values(5)")
a.commit()
image = a.serialize()
show(len(image), image[:15])
b = sqlite3.connect(":memory:")
b.deserialize(image)
show(b.execute("select x from t").fetchall())
