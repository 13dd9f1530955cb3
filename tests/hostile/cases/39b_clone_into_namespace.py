# SPDX-License-Identifier: MIT
# does: asks for a thread with a new user namespace
# expect: value "EPERM"
import ctypes
import errno


def attack():
    libc = ctypes.CDLL(None, use_errno=True)
    result = libc.syscall(56, 0x10000000 | 0x100 | 0x200 | 0x400 | 0x800 | 0x10000, 0, 0, 0, 0)
    return "done" if result >= 0 else errno.errorcode[ctypes.get_errno()]
