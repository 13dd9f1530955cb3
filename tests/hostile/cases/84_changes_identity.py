# SPDX-License-Identifier: MIT
# does: becomes another user, and root
# expect: value ["EPERM", "EPERM", "EPERM", 0]
import errno
import os


def attack():
    outcome = []
    for function in (lambda: os.setuid(0), lambda: os.setgroups([0]), lambda: os.setresgid(0, 0, 0)):
        try:
            function()
            outcome.append("done")
        except OSError as error:
            outcome.append(errno.errorcode[error.errno])
    import ctypes

    class Header(ctypes.Structure):
        _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]

    data = (ctypes.c_uint32 * 6)()
    ctypes.CDLL(None).capget(ctypes.byref(Header(0x20080522, 0)), data)
    outcome.append(sum(data))
    return outcome
