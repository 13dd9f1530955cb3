# SPDX-License-Identifier: MIT
# does: computes without end with every signal ignored
# expect: ending cpu_limit
import signal


def attack():
    for number in range(1, 65):
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    while True:
        pass
