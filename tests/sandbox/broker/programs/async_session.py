# SPDX-License-Identifier: MIT
import asyncio
import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
Base = orm.declarative_base()
class User(Base):
    __tablename__ = "user"
    id = sa.Column(sa.Integer, primary_key=True)
    name = sa.Column(sa.String, unique=True)
    items = orm.relationship("Item", back_populates="owner")
class Item(Base):
    __tablename__ = "item"
    id = sa.Column(sa.Integer, primary_key=True)
    owner_id = sa.Column(sa.ForeignKey("user.id"))
    owner = orm.relationship("User", back_populates="items")
async def main():
    e = create_async_engine(f"sqlite+aiosqlite:///{path}")
    async with e.begin() as c:
        await c.run_sync(Base.metadata.create_all)
    async with AsyncSession(e, expire_on_commit=False) as s:
        u = User(name="a", items=[Item(), Item()])
        s.add(u)
        await s.commit()
        show(u.id, [i.id for i in u.items])
        s.add(User(name="a"))
        try:
            await s.commit()
        except sa.exc.IntegrityError as error:
            show(str(error.orig))
            await s.rollback()
    async with AsyncSession(e) as s:
        found = (await s.execute(sa.select(User).options(orm.selectinload(User.items)))).scalars().all()
        show([(u.name, len(u.items)) for u in found])
        r = await s.stream(sa.select(Item.id))
        show([row[0] async for row in r])
    await e.dispose()
asyncio.run(main())
