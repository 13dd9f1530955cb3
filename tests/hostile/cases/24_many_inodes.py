# SPDX-License-Identifier: MIT
# does: makes a million files
# expect: value "ENOSPC"
# expect L1: ending space_limit or ending cpu_limit
import errno
import os


def attack():
    try:
        for number in range(1_000_000):
            os.mkdir(f"{os.environ['HOME']}/{number}")
    except OSError as error:
        return errno.errorcode[error.errno]
    return "made"
