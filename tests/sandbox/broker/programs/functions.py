# SPDX-License-Identifier: MIT
import sqlite3
c = sqlite3.connect(":memory:")
c.create_function("double", 1, lambda x: x * 2)
c.create_function("anything", -1, lambda *a: len(a))
c.create_function("pure", 1, abs, deterministic=True)
show(c.execute("select double(21), double('ab'), double(1.5), anything(), anything(1,2,3), pure(-4)").fetchone())
for result in (None, 1, 2.5, "é", b"x", True, 2**70, object(), [1]):
    c.create_function("f", 0, lambda: result)
    attempt(lambda: c.execute("select f()").fetchone())
show([type(x).__name__ for x in (lambda *a: a)(*c.execute("select 1").fetchone())])
c.create_function("kinds", -1, lambda *a: ",".join(type(x).__name__ for x in a))
show(c.execute("select kinds(null, 1, 1.5, 'a', x'00')").fetchone())
def broken():
    raise ValueError("inside")
c.create_function("broken", 0, broken)
attempt(lambda: c.execute("select broken()").fetchone())
attempt(lambda: c.execute("select double()").fetchone())
c.create_function("double", 1, None)
attempt(lambda: c.execute("select double(1)").fetchone())
attempt(c.create_function, "x", 500, abs)
c.create_function("nest", 0, lambda: c.execute("select 7").fetchone()[0])
show(c.execute("select nest() + 1").fetchone())
