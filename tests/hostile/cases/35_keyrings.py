# SPDX-License-Identifier: MIT
# does: stores a key that would outlive the process
# expect: value ["ENOSYS", "ENOSYS", "ENOSYS"]
import ctypes
import errno


def attack():
    libc = ctypes.CDLL(None, use_errno=True)

    def error_of(number, *arguments):
        ctypes.set_errno(0)
        result = libc.syscall(number, *arguments)
        return "done" if result >= 0 else errno.errorcode[ctypes.get_errno()]

    return [error_of(248, b"user", b"a", b"b", 1, -3), error_of(249, b"user", b"a", 0, 0), error_of(250, 0, -3, 1)]
