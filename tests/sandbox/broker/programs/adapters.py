# SPDX-License-Identifier: MIT
import datetime, decimal, sqlite3, uuid
c = sqlite3.connect(":memory:")
class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y
    def __conform__(self, protocol):
        if protocol is sqlite3.PrepareProtocol:
            return f"{self.x};{self.y}"
show(c.execute("select ?", (Point(1, 2),)).fetchone())
sqlite3.register_adapter(decimal.Decimal, str)
show(c.execute("select ?", (decimal.Decimal("1.50"),)).fetchone())
show(c.execute("select ?", (datetime.date(2024, 1, 2),)).fetchone())
show(c.execute("select :when", {"when": datetime.datetime(2024, 1, 2, 3, 4, 5, 6)}).fetchone())
attempt(c.execute, "select ?", (uuid.UUID(int=1),))
sqlite3.register_adapter(uuid.UUID, lambda u: u.bytes)
show(c.execute("select ?", (uuid.UUID(int=1),)).fetchone())
def broken(value):
    raise KeyError("adapter")
class Odd:
    pass
sqlite3.register_adapter(Odd, broken)
attempt(c.execute, "select ?", (Odd(),))
