# SPDX-License-Identifier: MIT
import sqlite3, threading, time
a = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
a.execute("create table t(x)")
a.execute("begin immediate")
a.execute("insert into t values(1)")
timer = threading.Timer(0.3, lambda: a.execute("commit"))
timer.start()
b = sqlite3.connect(path, timeout=5)
started = time.monotonic()
b.execute("insert into t values(2)")
b.commit()
timer.join()
show(0.2 < time.monotonic() - started < 3, b.execute("select x from t order by x").fetchall())
