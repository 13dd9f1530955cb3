# SPDX-License-Identifier: MIT
import sqlalchemy as sa
from sqlalchemy import exc, orm
Base = orm.declarative_base()
class A(Base):
    __tablename__ = "a"
    id = sa.Column(sa.Integer, primary_key=True)
    b = sa.Column(sa.Integer, sa.ForeignKey("a.id", name="self"), index=True)
    __table_args__ = (sa.CheckConstraint("id > 0", name="positive"), sa.UniqueConstraint("b", name="uq"))
e = sa.create_engine(f"sqlite:///{path}")
Base.metadata.create_all(e)
Base.metadata.create_all(e)
def again():
    A.__table__.create(e)
try:
    again()
except exc.OperationalError as error:
    show(str(error.orig))
with e.connect() as c:
    show([row[0] for row in c.execute(sa.text("select sql from sqlite_master order by name"))])
Base.metadata.drop_all(e)
show(sa.inspect(e).get_table_names())
