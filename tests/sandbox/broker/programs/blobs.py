# SPDX-License-Identifier: MIT
import sqlite3
c = sqlite3.connect(":memory:")
c.execute("create table t(b)")
c.execute("insert into t values(zeroblob(10))")
with c.blobopen("t", "b", 1) as blob:
    blob.write(b"hello")
    show(blob.tell(), len(blob), blob[0], blob[0:5], blob[-1])
    blob.seek(2)
    show(blob.read(2), blob.read())
    blob[9] = 255
    blob[5:7] = b"xy"
    attempt(blob.write, b"too long")
    attempt(lambda: blob[99])
    attempt(blob.seek, 99)
    attempt(blob.__setitem__, 0, 300)
attempt(blob.read)
show(c.execute("select b from t").fetchone())
attempt(c.blobopen, "t", "b", 9)
attempt(c.blobopen, "missing", "b", 1)
r = c.blobopen("t", "b", 1, readonly=True)
attempt(r.write, b"x")
r.close()
