# SPDX-License-Identifier: MIT
import sqlite3, threading, time
c = sqlite3.connect(":memory:", check_same_thread=False)
timer = threading.Timer(0.2, c.interrupt)
timer.start()
attempt(lambda: c.execute("with recursive r(n) as (select 1 union all select n + 1 from r) select count(*) from r").fetchone())
timer.join()
show(c.execute("select 1").fetchone())
