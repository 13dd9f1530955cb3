# SPDX-License-Identifier: MIT
# does: makes the system calls for processes directly
# expect: value ["EPERM", "EPERM", "EPERM", "ENOSYS", "EPERM"]
import ctypes
import errno

CLONE, FORK, VFORK, EXECVE, CLONE3, EXECVEAT = 56, 57, 58, 59, 435, 322


def attack():
    libc = ctypes.CDLL(None, use_errno=True)

    def error_of(number, *arguments):
        ctypes.set_errno(0)
        result = libc.syscall(number, *arguments)
        if result == 0:
            libc._exit(1)
        return errno.errorcode.get(ctypes.get_errno(), "done")

    return [
        error_of(CLONE, 17, 0, 0, 0, 0),
        error_of(FORK),
        error_of(EXECVE, b"/usr/bin/true", 0, 0),
        error_of(CLONE3, 0, 0),
        error_of(EXECVEAT, -100, b"/usr/bin/true", 0, 0, 0),
    ]
