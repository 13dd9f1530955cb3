# SPDX-License-Identifier: MIT
# does: returns a text larger than any answer may be
# expect: raises wire.WireError


def attack():
    return "x" * (1 << 22)
