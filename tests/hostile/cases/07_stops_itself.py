# SPDX-License-Identifier: MIT
# does: sends itself SIGSTOP and SIGTERM; neither reaches the first process of a pid namespace
# expect: value "still here"
# expect L1: raises builtins.PermissionError
import os
import signal


def attack():
    os.kill(os.getpid(), signal.SIGSTOP)
    os.kill(os.getpid(), signal.SIGTERM)
    return "still here"
