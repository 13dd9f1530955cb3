# SPDX-License-Identifier: MIT
# does: opens files until no more can be
# expect: value "EMFILE"
import errno


def attack():
    kept = []
    try:
        while True:
            kept.append(open("/dev/null"))
    except OSError as error:
        return errno.errorcode[error.errno]
