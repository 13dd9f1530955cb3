# SPDX-License-Identifier: MIT
# does: writes a file of 2 GB
# expect: value "EFBIG"
import errno
import os
import signal


def attack():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    block = b"x" * (1 << 20)
    try:
        with open(os.environ["HOME"] + "/large", "wb") as file:
            for _ in range(2048):
                file.write(block)
                file.flush()
    except OSError as error:
        return errno.errorcode[error.errno]
    return "written"
