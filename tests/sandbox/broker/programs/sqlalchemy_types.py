# SPDX-License-Identifier: MIT
import datetime, decimal, enum, uuid
import sqlalchemy as sa
e = sa.create_engine("sqlite://")
class Mood(enum.Enum):
    good = 1
    bad = 2
m = sa.MetaData()
t = sa.Table("t", m, sa.Column("id", sa.Integer, primary_key=True), sa.Column("d", sa.Date), sa.Column("dt", sa.DateTime), sa.Column("tm", sa.Time), sa.Column("n", sa.Numeric(12, 4)), sa.Column("f", sa.Float), sa.Column("b", sa.LargeBinary), sa.Column("e", sa.Enum(Mood)), sa.Column("j", sa.JSON), sa.Column("p", sa.PickleType), sa.Column("i", sa.Interval), sa.Column("u", sa.Unicode(5)), sa.Column("bo", sa.Boolean))
m.create_all(e)
values = dict(d=datetime.date(2024, 2, 29), dt=datetime.datetime(2024, 1, 2, 3, 4, 5, 6), tm=datetime.time(1, 2, 3), n=decimal.Decimal("3.1400"), f=2.5, b=b"\x00\x01", e=Mood.bad, j={"a": [1]}, p={1, 2}, i=datetime.timedelta(hours=5), u="é", bo=False)
with e.begin() as c:
    c.execute(t.insert(), values)
    row = c.execute(sa.select(t)).one()
    show(tuple(row))
    show(row._mapping["dt"], c.execute(sa.select(sa.func.max(t.c.dt))).scalar())
    show(c.execute(sa.select(sa.func.strftime("%Y", t.c.d), sa.extract("month", t.c.d))).one()[1])
    show(c.execute(sa.select(t.c.id).where(t.c.u.regexp_match("^.$"))).all() == [(1,)])
