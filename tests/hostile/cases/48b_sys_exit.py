# SPDX-License-Identifier: MIT
# does: raises SystemExit
# expect: raises builtins.SystemExit
import sys


def attack():
    sys.exit(0)
