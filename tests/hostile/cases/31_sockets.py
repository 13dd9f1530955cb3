# SPDX-License-Identifier: MIT
# does: opens sockets of every family
# expect: value ["EAFNOSUPPORT"]
import errno
import socket


def attack():
    outcomes = set()
    for family in (1, 2, 10, 16, 17, 38, 40):
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW):
            try:
                socket.socket(family, kind)
                outcomes.add(f"family {family}")
            except OSError as error:
                outcomes.add(errno.errorcode[error.errno])
    return sorted(outcomes)
