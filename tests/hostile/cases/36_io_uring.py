# SPDX-License-Identifier: MIT
# does: sets up io_uring, which passes around filters of system calls
# expect: value "ENOSYS"
import ctypes
import errno


def attack():
    libc = ctypes.CDLL(None, use_errno=True)
    result = libc.syscall(425, 4, ctypes.create_string_buffer(256))
    return "done" if result >= 0 else errno.errorcode[ctypes.get_errno()]
