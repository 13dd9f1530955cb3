# SPDX-License-Identifier: MIT
import sqlite3, threading
c = sqlite3.connect(":memory:")
k = c.cursor()
found = []
def use():
    for action in (c.cursor, c.commit, lambda: k.execute("select 1"), k.fetchone, k.close, c.close):
        try:
            action()
        except sqlite3.ProgrammingError as error:
            found.append(str(error).partition("The object")[0])
thread = threading.Thread(target=use)
thread.start()
thread.join()
show(found)
