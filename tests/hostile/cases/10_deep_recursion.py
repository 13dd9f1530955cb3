# SPDX-License-Identifier: MIT
# does: recurses as deep as it can
# expect: ending crashed or raises builtins.RecursionError or ending memory_limit or ending cpu_limit
import sys


def descend(n):
    return descend(n + 1)


def attack():
    sys.setrecursionlimit(10**9)
    return descend(0)
