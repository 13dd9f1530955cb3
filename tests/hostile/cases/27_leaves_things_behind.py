# SPDX-License-Identifier: MIT
# does: looks for traces of whoever was here before, and leaves its own
# expect: value []
# times: 4
import builtins
import os
import sys


def attack():
    places = [os.environ["HOME"] + "/trace", os.getcwd() + "/trace"]
    traces = [name for name in places if os.path.exists(name)]
    traces += [name for name in ("assay_trace",) if hasattr(builtins, name) or name in sys.modules]
    import sqlalchemy

    if getattr(sqlalchemy, "assay_trace", False):
        traces.append("sqlalchemy")
    for name in places:
        open(name, "w").close()
    builtins.assay_trace = True
    sqlalchemy.assay_trace = True
    sys.modules["assay_trace"] = sys
    return traces
