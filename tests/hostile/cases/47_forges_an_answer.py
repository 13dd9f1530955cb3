# SPDX-License-Identifier: MIT
# does: writes an answer of its own to the step socket and leaves
# expect: ending invalid_reply or ending by_itself
import marshal
import os


def attack():
    for number in range(3, 8):
        try:
            os.write(number, marshal.dumps({"step": 99, "value": "full marks"}, 2))
        except OSError:
            pass
    os._exit(0)
