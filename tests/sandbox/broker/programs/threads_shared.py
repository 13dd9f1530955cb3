# SPDX-License-Identifier: MIT
import sqlite3, threading
c = sqlite3.connect(path, check_same_thread=False)
c.execute("create table t(x)")
lock = threading.Lock()
def write(n):
    for m in range(50):
        with lock:
            c.execute("insert into t values(?)", (n * 100 + m,))
threads = [threading.Thread(target=write, args=(n,)) for n in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
c.commit()
show(c.execute("select count(*), sum(x) from t").fetchone())
