# SPDX-License-Identifier: MIT
# does: asks for more than there is, catches the refusal and goes on
# expect: value "went on"


def attack():
    for _ in range(5):
        try:
            bytearray(1 << 40)
        except MemoryError:
            continue
    return "went on"
