# SPDX-License-Identifier: MIT
"""Compares sandbox/harness/wire.py with the table of encodings: golden.py HARNESS TABLE."""
import ast
import os
import sys

sys.path.insert(0, sys.argv[1])
import wire  # noqa: E402



def plain(encoded: bytes) -> bytes:
    """`encoded` with interned text written like any other text."""
    return encoded.replace(b"t\x01\x00\x00\x00", b"u\x01\x00\x00\x00")


def refused(value: object) -> bool:
    """Whether `value` has no encoding."""
    try:
        wire.encode(value)
    except wire.WireError:
        return True
    return False


def main() -> int:
    """Returns 0 when every line holds both ways and every odd value is refused."""
    wrong = []
    lines = 0
    with open(sys.argv[2], encoding="utf-8") as table:
        for line in table:
            if line.startswith("#"):
                continue
            text, octets = line.rstrip("\n").split("\t")
            value = ast.literal_eval(text)
            lines += 1
            back = wire.decode(bytes.fromhex(octets))
            if plain(wire.encode(value)) != bytes.fromhex(octets):
                wrong.append(f"{text} is encoded as {wire.encode(value).hex()}")
            if back != value or type(back) is not type(value):
                wrong.append(f"{octets} is decoded as {back!r}")

    class Text(str):
        """Looks like text."""

    deep: object = 1
    for _ in range(17):
        deep = [deep]
    endless: list = []
    endless.append(endless)
    odd = [Text("x"), object(), {1}, 1j, ..., os, main, 2**63, -(2**63) - 1, "\ud800", {1: 2},
           bytearray(b"x"), deep, endless, [0] * 100_001, "x" * (256 * 1024)]
    wrong += [f"{value!r:.40} is not refused" for value in odd if not refused(value)]
    if lines < 20:
        wrong.append("the table is nearly empty")
    print("\n".join(wrong))
    return 1 if wrong else 0


sys.exit(main())
