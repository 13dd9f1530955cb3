# SPDX-License-Identifier: MIT
# does: mounts its folder anew, executable
# expect: ending forbidden_call
import ctypes


def attack():
    return ctypes.CDLL(None).mount(None, b"/repo", None, 32, None)
