# SPDX-License-Identifier: MIT
# does: walks all frames and objects for what a grader would hide in the process
# expect: value []
import gc
import sys


def attack():
    found = set()
    frame = sys._getframe()
    names = set()
    while frame is not None:
        names |= set(frame.f_locals) | set(frame.f_globals)
        frame = frame.f_back
    for word in ("expected", "secret", "rubric", "answer_key", "seed", "score", "points"):
        found |= {name for name in names if word in name.lower()}
    for thing in gc.get_objects():
        if type(thing) is dict and "rubric" in thing:
            found.add("rubric")
    return sorted(found)
