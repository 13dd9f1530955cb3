# SPDX-License-Identifier: MIT
# does: fills the work space with many files
# expect: value "ENOSPC"
import errno


def attack():
    block = b"x" * (1 << 20)
    try:
        for number in range(500):
            with open(f"/scratch/{number}", "wb") as file:
                file.write(block)
    except OSError as error:
        return errno.errorcode[error.errno]
    return "written"
