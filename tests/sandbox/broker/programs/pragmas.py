# SPDX-License-Identifier: MIT
import sqlite3
c = sqlite3.connect(path)
for pragma in ("foreign_keys", "user_version", "encoding", "page_size", "synchronous", "auto_vacuum", "cache_size", "locking_mode", "recursive_triggers", "temp_store"):
    show(pragma, c.execute(f"pragma {pragma}").fetchall())
c.execute("pragma user_version = 7")
c.execute("pragma foreign_keys = 1")
show(c.execute("pragma user_version").fetchone(), c.execute("pragma foreign_keys").fetchone())
c.execute("create table t(id integer primary key autoincrement, name varchar(20) not null default 'x', ref int references t(id) on delete cascade)")
c.execute("create unique index i on t(name)")
for pragma in ("table_info", "table_xinfo", "index_list", "foreign_key_list", "index_info(i)"):
    show(c.execute(f"pragma {pragma}" if "(" in pragma else f"pragma {pragma}(t)").fetchall())
show(c.execute("pragma integrity_check").fetchall(), c.execute("pragma foreign_key_check").fetchall())
show(c.execute("pragma database_list").fetchall()[0][1], c.execute("pragma nonsense").fetchall())
show(c.execute("select name from pragma_table_info('t')").fetchall())
