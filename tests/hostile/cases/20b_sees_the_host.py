# SPDX-License-Identifier: MIT
# does: looks for what a host has and a box has not
# not at L1: names and sizes can be seen there
# expect: value []
import os

PATHS = [
    "/etc/shadow", "/root", "/proc/1/environ", "/proc/self/mem", "/proc/self/maps", "/sys", "/var", "/home", "/run",
    "/slot", "/etc/hosts", "/etc/resolv.conf", "/etc/machine-id", "/dev/shm", "/dev/pts", "/dev/tty", "/dev/kmsg",
    "/dev/mem", "/boot", "/lost+found", "/srv", "/mnt", "/.dockerenv", "/layer",
]


def attack():
    return [path for path in PATHS if os.path.lexists(path)]
