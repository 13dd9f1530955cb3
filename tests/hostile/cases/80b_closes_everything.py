# SPDX-License-Identifier: MIT
# does: closes all of its descriptors
# expect: ending by_itself or ending crashed
import os


def attack():
    os.closerange(0, 64)
    return "closed"
