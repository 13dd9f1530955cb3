# SPDX-License-Identifier: MIT
# does: sends SIGKILL to whatever process it can name
# expect: value [0, "alone"]
import os
import signal


def attack():
    reached = 0
    for pid in range(2, 400):
        try:
            os.kill(pid, signal.SIGKILL)
            reached += 1
        except OSError:
            pass
    try:
        os.kill(-1, signal.SIGKILL)
        other = "others"
    except OSError:
        other = "alone"
    return [reached, other]
