# SPDX-License-Identifier: MIT
# does: makes a million files
# expect: value "ENOSPC"
import errno
import os


def attack():
    try:
        for number in range(1_000_000):
            os.mkdir(f"/scratch/{number}")
    except OSError as error:
        return errno.errorcode[error.errno]
    return "made"
