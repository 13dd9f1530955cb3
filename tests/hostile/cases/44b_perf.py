# SPDX-License-Identifier: MIT
# does: opens performance events
# expect: ending forbidden_call
import ctypes


def attack():
    return ctypes.CDLL(None).syscall(298, 0, 0, -1, -1, 0)
