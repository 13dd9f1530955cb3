# SPDX-License-Identifier: MIT
import sqlalchemy as sa
e = sa.create_engine(f"sqlite:///{path}")
raw = e.raw_connection()
k = raw.cursor()
k.execute("create table t(x)")
k.executemany("insert into t values(?)", [(1,), (2,)])
raw.commit()
k.execute("select * from t")
show(k.fetchall(), k.description)
raw.close()
with e.connect() as c:
    driver = c.connection.connection if not hasattr(c.connection, "driver_connection") else c.connection.driver_connection
    driver.create_function("twice", 1, lambda x: x * 2)
    show(c.exec_driver_sql("select twice(x) from t where x = ?", (2,)).scalar())
    show(c.exec_driver_sql("select name from sqlite_master").fetchall() == [("t",)])
