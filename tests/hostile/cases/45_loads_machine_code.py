# SPDX-License-Identifier: MIT
# does: copies a library into its own folders and loads it from there
# expect: value ["refused", "refused"]
# expect L1: value ["loaded", "loaded"]
import ctypes
import glob
import os
import shutil
import sys


def attack():
    library = sorted(glob.glob(sys.prefix + "/lib/*/libz.so.1*"))[-1]
    outcome = []
    for target in (os.environ["HOME"] + "/evil.so", os.getcwd() + "/evil.so"):
        shutil.copyfile(library, target)
        try:
            ctypes.CDLL(target)
            outcome.append("loaded")
        except OSError:
            outcome.append("refused")
    return outcome
