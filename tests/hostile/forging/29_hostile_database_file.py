# SPDX-License-Identifier: MIT
# does: deserialises a damaged database over the one it was given
# first: raises
# second: raises
# statements: 0 0
# rows: changed
import sqlite3


def attack():
    connection = sqlite3.connect("/assay/main")
    broken = bytearray(b"SQLite format 3\0" + bytes([16, 0, 1, 1, 0, 64, 32, 32]) + bytes(4072))
    broken[100] = 13
    connection.deserialize(bytes(broken))
    return connection.execute("select sum(value) from items").fetchone()[0]
