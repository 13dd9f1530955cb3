# SPDX-License-Identifier: MIT
# does: raises its own limits
# expect: value ["refused", "refused", "refused"]
import resource


def attack():
    outcome = []
    for name in (resource.RLIMIT_CPU, resource.RLIMIT_AS, resource.RLIMIT_NPROC):
        try:
            resource.setrlimit(name, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            outcome.append("raised")
        except (ValueError, OSError):
            outcome.append("refused")
    return outcome
