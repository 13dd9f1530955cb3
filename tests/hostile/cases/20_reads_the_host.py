# SPDX-License-Identifier: MIT
# does: reads what a host has and a box has not
# expect: value []
import os

PATHS = [
    "/etc/shadow", "/root", "/proc/1/environ", "/proc/self/mem", "/proc/self/maps", "/sys", "/var", "/home", "/run",
    "/slot", "/etc/hosts", "/etc/resolv.conf", "/etc/machine-id", "/dev/shm", "/dev/pts", "/dev/tty", "/dev/kmsg",
    "/dev/mem", "/boot", "/lost+found", "/srv", "/mnt", "/.dockerenv", "/proc", "/proc/self/environ", "/proc/self/root", "/tmp/..",
]


def readable(path):
    for read in (lambda: open(path, "rb").read(1), lambda: os.listdir(path)):
        try:
            read()
            return True
        except OSError:
            pass
    return False


def attack():
    return [path for path in PATHS if readable(path)]
