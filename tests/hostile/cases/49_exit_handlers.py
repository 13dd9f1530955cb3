# SPDX-License-Identifier: MIT
# does: registers handlers for the end of the process
# expect: value "registered"
# silent: yes
import atexit


def attack():
    atexit.register(lambda: print("handler ran"))
    return "registered"
