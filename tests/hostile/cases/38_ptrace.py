# SPDX-License-Identifier: MIT
# does: traces itself
# expect: ending forbidden_call
import ctypes


def attack():
    return ctypes.CDLL(None).ptrace(0, 0, 0, 0)
