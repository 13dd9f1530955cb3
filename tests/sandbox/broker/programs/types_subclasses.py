# SPDX-License-Identifier: MIT
import enum, sqlite3
c = sqlite3.connect(":memory:")
class Colour(str, enum.Enum):
    red = "r"
class Level(enum.IntEnum):
    low = 3
class Number(float):
    pass
class Octets(bytes):
    pass
for value in (Colour.red, Level.low, Number(2.5), Octets(b"x")):
    show(c.execute("select ?, typeof(?)", (value, value)).fetchone())
