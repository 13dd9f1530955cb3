# SPDX-License-Identifier: MIT
# does: answers its step before the harness does
# expect: ending invalid_reply
import marshal
import os


def attack():
    os.write(3, marshal.dumps({"step": 1, "value": "full marks"}, 2))
    return "the real answer"
