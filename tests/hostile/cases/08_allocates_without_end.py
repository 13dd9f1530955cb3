# SPDX-License-Identifier: MIT
# does: takes memory until something gives
# expect: ending memory_limit or raises builtins.MemoryError or ending cpu_limit


def attack():
    kept = []
    while True:
        block = bytearray(8 << 20)
        for i in range(0, len(block), 4096):
            block[i] = 1
        kept.append(block)
