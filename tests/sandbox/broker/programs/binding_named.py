# SPDX-License-Identifier: MIT
import collections, sqlite3
c = sqlite3.connect(":memory:")
show(c.execute("select :a, @b, $c", {"a": 1, "b": "x", "c": None}).fetchone())
show(c.execute("select :a", {"a": 1, "extra": object()}).fetchone())
attempt(c.execute, "select :a, :b", {"a": 1})
attempt(c.execute, "select ?", {"a": 1})
show(c.execute("select :a, :a", {"a": 5}).fetchone())
show(c.execute("select :a", collections.OrderedDict(a=3)).fetchone())
show(c.execute("select :a", collections.defaultdict(lambda: 9)).fetchone())
class Missing(dict):
    def __missing__(self, key):
        return "missing " + key
show(c.execute("select :a", Missing()).fetchone())
attempt(c.execute, "select :a", collections.ChainMap({"a": 4}))
attempt(c.execute, "select :a", {1: 2})
