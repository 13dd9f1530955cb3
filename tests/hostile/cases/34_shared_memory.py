# SPDX-License-Identifier: MIT
# does: makes System V and POSIX shared memory, semaphores and queues
# expect: value ["EPERM", "EPERM", "EPERM", "EPERM", "EPERM"]
import ctypes
import errno

SHMGET, SEMGET, MSGGET, MQ_OPEN, MEMFD_CREATE = 29, 64, 68, 240, 319


def attack():
    libc = ctypes.CDLL(None, use_errno=True)

    def error_of(number, *arguments):
        ctypes.set_errno(0)
        result = libc.syscall(number, *arguments)
        return "done" if result >= 0 else errno.errorcode[ctypes.get_errno()]

    return [
        error_of(SHMGET, 0, 4096, 0o1666),
        error_of(SEMGET, 0, 1, 0o1666),
        error_of(MSGGET, 0, 0o1666),
        error_of(MQ_OPEN, b"q", 0o102, 0o600, 0),
        error_of(MEMFD_CREATE, b"m", 0),
    ]
