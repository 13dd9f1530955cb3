# SPDX-License-Identifier: MIT
# does: raises an error whose text is a class of its own and whose class lies about its name
# expect: raises case.Sly


class Text(str):
    def __getitem__(self, key):
        raise SystemExit(0)

    def encode(self, *_):
        raise SystemExit(0)


class Sly(Exception):
    def __str__(self):
        return Text("x")


def attack():
    raise Sly()
