# SPDX-License-Identifier: MIT
# does: makes device nodes, fifos and set-user programs
# expect: value ["EPERM", "EPERM", "ok"]
import errno
import os
import stat


def attack():
    outcome = []
    for mode in (stat.S_IFCHR, stat.S_IFBLK):
        try:
            os.mknod(f"{os.environ['HOME']}/device{mode}", mode | 0o600, os.makedev(1, 1))
            outcome.append("done")
        except OSError as error:
            outcome.append(errno.errorcode[error.errno])
    program = os.environ["HOME"] + "/program"
    open(program, "w").close()
    os.chmod(program, 0o4755)
    outcome.append("ok")
    return outcome
