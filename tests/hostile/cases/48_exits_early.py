# SPDX-License-Identifier: MIT
# does: ends the process with a good exit code
# expect: ending by_itself
import os


def attack():
    os._exit(0)
