# SPDX-License-Identifier: MIT
# does: makes a user namespace, where it would be root
# expect: ending forbidden_call
import ctypes


def attack():
    return ctypes.CDLL(None).unshare(0x10000000)
