# SPDX-License-Identifier: MIT
# does: raises an error whose text cannot be made
# expect: raises case.Spiteful


class Spiteful(Exception):
    def __str__(self):
        raise SystemExit(0)

    __repr__ = __str__


def attack():
    raise Spiteful()
