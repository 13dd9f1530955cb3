# SPDX-License-Identifier: MIT
import sqlite3
c = sqlite3.connect(":memory:")
calls = []
c.set_progress_handler(lambda: calls.append(1), 1000)
c.execute("with recursive r(n) as (select 1 union all select n + 1 from r where n < 100000) select count(*) from r").fetchone()
show(len(calls) > 3)
c.set_progress_handler(lambda: 1, 1000)
attempt(lambda: c.execute("with recursive r(n) as (select 1 union all select n + 1 from r where n < 100000) select count(*) from r").fetchone())
c.set_progress_handler(None, 0)
show(c.execute("select 1").fetchone())
