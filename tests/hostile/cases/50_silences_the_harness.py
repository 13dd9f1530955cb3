# SPDX-License-Identifier: MIT
# does: replaces what the harness needs to answer
# expect: ending by_itself or ending invalid_reply or ending wall_limit or value "muted" or ending crashed
import builtins
import os
import sys


def attack():
    harness = sys.modules["runner"]
    harness._write = lambda *_: 0
    os.write = lambda *_: 0
    builtins.compile = None
    harness.OPERATIONS.clear()
    return "muted"
