# SPDX-License-Identifier: MIT
# does: forks
# expect: raises builtins.PermissionError
import os


def attack():
    return os.fork()
