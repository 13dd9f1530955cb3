# SPDX-License-Identifier: MIT
# does: prints without end
# expect: ending output_limit


def attack():
    line = "x" * 1000
    while True:
        print(line)
