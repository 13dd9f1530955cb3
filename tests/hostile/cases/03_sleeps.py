# SPDX-License-Identifier: MIT
# does: sleeps
# expect: ending wall_limit
import time


def attack():
    time.sleep(1000)
