# SPDX-License-Identifier: MIT
import sqlite3
c = sqlite3.connect(":memory:")
attempt(c.execute, "select ?", ("\ud800",))
attempt(c.execute, "select '\udc80'")
