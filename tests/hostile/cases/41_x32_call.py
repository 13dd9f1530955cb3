# SPDX-License-Identifier: MIT
# does: makes a system call by its x32 number
# expect: ending forbidden_call
import ctypes


def attack():
    return ctypes.CDLL(None).syscall(0x40000000 | 39)
