# SPDX-License-Identifier: MIT
import sqlite3
c = sqlite3.connect(":memory:")
values = [None, 0, 1, -1, 2**31, -2**31 - 1, 2**63 - 1, -2**63, 0.0, -0.0, 1.5, 1e308, float("inf"), "", "text", "é€😀", b"", b"\x00\xff", True, False, bytearray(b"ab"), memoryview(b"cd")]
for value in values:
    show(value, c.execute("select ?, typeof(?)", (value, value)).fetchone())
show(c.execute("select ?", (float("nan"),)).fetchone())
show(c.execute("select 'a' || char(0) || 'b'").fetchone())
show(c.execute("select ?", ("a\0b",)).fetchone())
