# SPDX-License-Identifier: MIT
# does: writes everywhere but into its own two folders
# expect: value []
import os
import sys


def attack():
    written = []
    above = os.path.dirname(os.getcwd())
    folders = ("/", "/usr", "/usr/lib", "/usr/lib/python3", "/opt", "/opt/assay", "/dev", "/etc", "/pg", "/bin", "/dev/shm")
    for folder in (*folders, "/var/tmp", above, sys.prefix, sys.prefix + "/lib", "/home", "/root"):
        path = os.path.join(folder, "assay_was_here")
        for action in (lambda: open(path, "w").close(), lambda: os.mkdir(path), lambda: os.symlink("x", path)):
            try:
                action()
                written.append(path)
            except OSError:
                pass
    for path in ("/opt/assay/runner.py", "/usr/bin/python3", "/etc/passwd", "/dev/null/x"):
        try:
            open(path, "r+").close()
            written.append(path)
        except OSError:
            pass
    return written
