# SPDX-License-Identifier: MIT
# does: starts programs in every way Python has
# expect: value ["PermissionError", "PermissionError", "PermissionError", 32512]
import os
import subprocess


def refused(function):
    try:
        function()
    except OSError as error:
        return type(error).__name__
    return "started"


def attack():
    return [
        refused(lambda: subprocess.run(["/usr/bin/true"])),
        refused(lambda: os.posix_spawn("/usr/bin/true", ["true"], {})),
        refused(lambda: os.execv("/usr/bin/true", ["true"])),
        os.system("true"),
    ]
