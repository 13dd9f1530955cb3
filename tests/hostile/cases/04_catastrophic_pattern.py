# SPDX-License-Identifier: MIT
# does: matches a pattern that takes exponential time
# expect: ending cpu_limit
import re


def attack():
    return re.match(r"(a+)+$", "a" * 60 + "b") is None
