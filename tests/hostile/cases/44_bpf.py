# SPDX-License-Identifier: MIT
# does: loads a BPF program
# expect: ending forbidden_call
import ctypes


def attack():
    return ctypes.CDLL(None).syscall(321, 5, 0, 0)
