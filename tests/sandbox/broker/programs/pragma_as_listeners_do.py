# SPDX-License-Identifier: MIT
import sqlite3
c = sqlite3.connect(path)
k = c.cursor()
for sql in ("PRAGMA foreign_keys=ON", "PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL", "PRAGMA cache_size=-64000", "PRAGMA temp_store=MEMORY", "PRAGMA busy_timeout=5000", "PRAGMA case_sensitive_like=ON", "PRAGMA mmap_size=268435456", "PRAGMA locking_mode=NORMAL", "PRAGMA wal_autocheckpoint=1000", "PRAGMA optimize", "PRAGMA quick_check"):
    k.execute(sql)
    show(sql, k.fetchall() if "mmap" not in sql else "not compared")
