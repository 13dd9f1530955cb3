# SPDX-License-Identifier: MIT
import sqlite3
c = sqlite3.connect(":memory:")
c.text_factory = bytes
show(c.execute("select 'é', x'00', 1").fetchone())
c.text_factory = lambda b: b.decode("utf-8", "replace") + "!"
show(c.execute("select 'é', cast(x'ff41' as text)").fetchone())
c.text_factory = str
attempt(lambda: c.execute("select cast(x'ff41' as text) as broken").fetchone())
c.text_factory = bytearray
show(c.execute("select 'a'").fetchone())
