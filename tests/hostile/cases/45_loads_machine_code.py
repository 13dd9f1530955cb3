# SPDX-License-Identifier: MIT
# does: copies a library into its own folders and loads it from there
# expect: value ["refused", "refused"]
import ctypes
import glob
import shutil


def attack():
    library = sorted(glob.glob("/usr/lib/*/libz.so.1*") + glob.glob("/usr/lib/*/libexpat.so.1*"))[-1]
    outcome = []
    for target in ("/scratch/evil.so", "/repo/evil.so"):
        shutil.copyfile(library, target)
        try:
            ctypes.CDLL(target)
            outcome.append("loaded")
        except OSError:
            outcome.append("refused")
    return outcome
