# SPDX-License-Identifier: MIT
import sqlalchemy as sa
from sqlalchemy import orm
try:
    from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
except ImportError:
    show("SQLAlchemy 1.4 has no mapped_column")
else:
    class Base(DeclarativeBase):
        pass
    class Thing(Base):
        __tablename__ = "thing"
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str] = mapped_column(unique=True)
        made: Mapped[str] = mapped_column(server_default=sa.text("'now'"))
    e = sa.create_engine(f"sqlite:///{path}")
    Base.metadata.create_all(e)
    with orm.Session(e) as s:
        things = [Thing(name=f"n{n}") for n in range(1500)]
        s.add_all(things)
        s.flush()
        show([t.id for t in things[:3]], things[-1].id, things[700].made)
        found = s.scalars(sa.insert(Thing).returning(Thing.id, sort_by_parameter_order=True), [{"name": f"x{n}"} for n in range(5)]).all()
        show(found)
        show(s.execute(sa.update(Thing).where(Thing.id < 3).values(name=Thing.name + "!")).rowcount)
        show(s.scalars(sa.delete(Thing).where(Thing.id == 1).returning(Thing.name)).all())
        s.commit()
        show(s.scalar(sa.select(sa.func.count()).select_from(Thing)))
