# SPDX-License-Identifier: MIT
# does: becomes a session leader and tries to leave a process behind
# expect: value ["EPERM", "EPERM"]
import errno
import os


def attack():
    outcome = []
    for function in (os.setsid, os.fork):
        try:
            function()
            outcome.append("done")
        except OSError as error:
            outcome.append(errno.errorcode[error.errno])
    return outcome
