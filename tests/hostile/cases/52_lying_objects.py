# SPDX-License-Identifier: MIT
# does: answers with objects that equal everything
# expect: raises builtins.TypeError


class Anything(str):
    def __eq__(self, other):
        return True

    __hash__ = str.__hash__


def attack():
    return Anything("x")
