# SPDX-License-Identifier: MIT
# does: asks for the address of a name
# expect: raises socket.gaierror
import socket


def attack():
    return socket.getaddrinfo("example.org", 443)
