# SPDX-License-Identifier: MIT
# does: starts threads without end
# expect: value "refused" or ending by_itself
import threading


def attack():
    gate = threading.Event()
    threads = []
    try:
        for _ in range(5000):
            thread = threading.Thread(target=gate.wait, daemon=True)
            thread.start()
            threads.append(thread)
    except (RuntimeError, MemoryError):
        return "refused"
    finally:
        gate.set()
    return f"{len(threads)} threads"
