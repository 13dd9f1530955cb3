# SPDX-License-Identifier: MIT
# does: brings its own sqlalchemy, sitecustomize and runner
# expect: value [true, "absent", true]
# file sqlalchemy/__init__.py: MARK = 1
# file sitecustomize.py: raise SystemExit(1)
# file usercustomize.py: raise SystemExit(1)
# file conftest.py: raise SystemExit(1)
# file runner.py: raise SystemExit(1)
# file evil.pth: import os; os._exit(1)
import os
import sys


def attack():
    import runner
    import sqlalchemy

    return [
        sqlalchemy.__file__.startswith(sys.prefix + "/lib"),
        "present" if "usercustomize" in sys.modules else "absent",
        not runner.__file__.startswith(os.getcwd()),
    ]
