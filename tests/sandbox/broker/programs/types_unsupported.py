# SPDX-License-Identifier: MIT
import sqlite3
c = sqlite3.connect(":memory:")
class Thing:
    pass
attempt(c.execute, "select ?", (Thing(),))
attempt(c.execute, "select ?, ?", (1, [1]))
attempt(c.execute, "select :a", {"a": {}})
attempt(c.execute, "select ?", (1j,))
attempt(c.execute, "select ?", ({1},))
attempt(c.execute, "select ?", 5)
attempt(c.execute, "select ?", None)
attempt(c.execute, "select ?", "ab")
attempt(c.execute, "select ?", "a")
