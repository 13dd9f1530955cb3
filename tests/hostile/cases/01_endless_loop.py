# SPDX-License-Identifier: MIT
# does: computes without end
# expect: ending cpu_limit


def attack():
    while True:
        pass
