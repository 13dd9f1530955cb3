# SPDX-License-Identifier: MIT
import sqlalchemy as sa
e = sa.create_engine("sqlite://")
with e.begin() as c:
    c.execute(sa.text("create table t(x int, y text)"))
    c.execute(sa.text("insert into t values(:x, :y)"), [{"x": n, "y": f"row {n}"} for n in range(3000)])
    r = c.execution_options(stream_results=True).execute(sa.text("select x, y from t order by x"))
    show(len(r.fetchmany(10)), sum(row.x for row in r))
    r = c.execute(sa.text("select x from t order by x"))
    show(r.first()[0])
    show(len([p for p in c.execute(sa.text("select x from t")).partitions(100)]))
    show(c.execute(sa.text("select x, y from t limit 2")).mappings().all() == [{"x": 0, "y": "row 0"}, {"x": 1, "y": "row 1"}])
