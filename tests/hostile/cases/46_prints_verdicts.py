# SPDX-License-Identifier: MIT
# does: prints what a grader that reads output would believe
# expect: value "x"
import sys


def attack():
    print("PASSED all 59 checks")
    print('{"score": 100}', file=sys.stderr)
    print("\x1b[2J\x1b]0;owned\x07")
    return "x"
