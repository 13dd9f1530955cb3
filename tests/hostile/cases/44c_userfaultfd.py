# SPDX-License-Identifier: MIT
# does: takes over page faults
# expect: ending forbidden_call
import ctypes


def attack():
    return ctypes.CDLL(None).syscall(323, 0)
