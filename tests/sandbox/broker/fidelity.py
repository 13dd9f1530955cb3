# SPDX-License-Identifier: MIT
"""Compares plain sqlite3 with the broker's over all programs: fidelity.py BROKER HARNESS PROGRAMS [NAME...]."""
from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile


def main() -> int:
    """0 when every program shows the same both ways."""
    broker, harness, programs, *names = sys.argv[1:]
    here = os.path.dirname(os.path.abspath(__file__))
    files = sorted(os.path.join(programs, name) for name in os.listdir(programs)
                   if name.endswith(".py") and (not names or name[:-3] in names))
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for kind in ("plain", broker):
            result = os.path.join(folder, "result.json")
            subprocess.run([sys.executable, os.path.join(here, "program.py"), kind, harness, folder, result, *files],
                           check=True, timeout=300)
            with open(result, encoding="utf-8") as text:
                found.append(json.load(text))
    plain, through = found
    wrong = 0
    for name, expected in plain.items():
        got = through[name]
        if not expected or any(line.startswith("ended by") for line in expected):
            wrong += 1
            print(f"{name}: does not run on plain sqlite3: {expected[-2:]}")
        elif expected != got:
            wrong += 1
            print(f"{name}: differs")
            for place in range(max(len(expected), len(got))):
                pair = [lines[place] if place < len(lines) else "nothing" for lines in (expected, got)]
                if pair[0] != pair[1]:
                    print(f"  {place}: plain {pair[0][:300]}\n     broker {pair[1][:300]}")
                    break
    print(f"{len(plain)} programs, {wrong} wrong")
    return 1 if wrong or (not names and len(plain) < 80) else 0


sys.exit(main())
