# SPDX-License-Identifier: MIT
# does: watches shared folders for what others do
# expect: value "EPERM"
import ctypes
import errno


def attack():
    libc = ctypes.CDLL(None, use_errno=True)
    result = libc.syscall(294, 0)
    return "done" if result >= 0 else errno.errorcode[ctypes.get_errno()]
