# SPDX-License-Identifier: MIT
# does: pushes characters into a terminal, also with the upper half of the request set
# expect: value ["ENOTTY", "ENOTTY"]
import ctypes
import errno


def attack():
    libc = ctypes.CDLL(None, use_errno=True)
    outcome = []
    for request in (0x5412, 0x5412 | (1 << 32)):
        result = libc.syscall(16, 0, ctypes.c_ulong(request), b"x")
        outcome.append("done" if result >= 0 else errno.errorcode[ctypes.get_errno()])
    return outcome
