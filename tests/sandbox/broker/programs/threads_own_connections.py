# SPDX-License-Identifier: MIT
import sqlite3, threading
c = sqlite3.connect(path)
c.execute("create table t(x)")
c.commit()
failed = []
def write(n):
    own = sqlite3.connect(path, timeout=20)
    try:
        for m in range(20):
            with own:
                own.execute("insert into t values(?)", (n * 100 + m,))
    except Exception as error:
        failed.append(repr(error))
    own.close()
threads = [threading.Thread(target=write, args=(n,)) for n in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
show(failed, c.execute("select count(*), sum(x) from t").fetchone())
