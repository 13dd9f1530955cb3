# SPDX-License-Identifier: MIT
# does: fills the work space with many files
# expect: value "ENOSPC"
# expect L1: ending space_limit
import errno
import os
import time


def attack():
    block = b"x" * (1 << 20)
    try:
        for number in range(500):
            with open(f"{os.environ['HOME']}/{number}", "wb") as file:
                file.write(block)
    except OSError as error:
        return errno.errorcode[error.errno]
    time.sleep(1)
    return "written"
