# SPDX-License-Identifier: MIT
import sqlalchemy as sa
e = sa.create_engine(f"sqlite:///{path}")
m = sa.MetaData()
t = sa.Table("t", m, sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String(20), nullable=False), sa.Column("when", sa.DateTime), sa.Column("price", sa.Numeric(10, 2)), sa.Column("flag", sa.Boolean))
m.create_all(e)
import datetime, decimal
with e.begin() as c:
    r = c.execute(t.insert().values(name="a", when=datetime.datetime(2024, 1, 2, 3, 4, 5), price=decimal.Decimal("1.50"), flag=True))
    show(r.inserted_primary_key[0], r.rowcount)
    r = c.execute(t.insert(), [{"name": "b"}, {"name": "c"}])
    show(r.rowcount)
with e.connect() as c:
    show([tuple(row) for row in c.execute(sa.select(t).order_by(t.c.id))])
    show(c.execute(sa.select(sa.func.count()).select_from(t)).scalar())
    show(c.execute(t.update().where(t.c.id > 1).values(flag=False)).rowcount)
with e.connect() as c:
    show([tuple(row) for row in c.execute(sa.text("select id, flag from t where id > :low"), {"low": 1})])
e.dispose()
