# SPDX-License-Identifier: MIT
# does: looks for descriptors that somebody forgot to close
# expect: value [0, 1, 2, 3, 4]
import os


def attack():
    found = []
    for number in range(1024):
        try:
            os.fstat(number)
            found.append(number)
        except OSError:
            pass
    return found
