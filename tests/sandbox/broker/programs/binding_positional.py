# SPDX-License-Identifier: MIT
import sqlite3
c = sqlite3.connect(":memory:")
show(c.execute("select ?, ?", (1, 2)).fetchone(), c.execute("select ?, ?", [1, 2]).fetchone())
show(c.execute("select ?2, ?1", (1, 2)).fetchone())
show(c.execute("select ?1, ?1, ?3", (1, 2, 3)).fetchone())
attempt(c.execute, "select ?, ?", (1,))
attempt(c.execute, "select ?", (1, 2))
attempt(c.execute, "select 1", (1,))
attempt(c.execute, "select ?")
class Sequence:
    def __len__(self):
        return 2
    def __getitem__(self, index):
        return index * 10
show(c.execute("select ?, ?", Sequence()).fetchone())
show(c.execute("select ?, ?", range(2)).fetchone())
