import os
from collections.abc import AsyncIterator

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

URL = os.environ.get("BLOGG_DATABAS", "sqlite+aiosqlite:///blogg.db")
motor = create_async_engine(URL)
Fabrik = async_sessionmaker(motor, expire_on_commit=False)


@event.listens_for(motor.sync_engine, "connect")
def _fk(anslutning, _):
    if motor.dialect.name == "sqlite":
        anslutning.execute("PRAGMA foreign_keys=ON")


async def session() -> AsyncIterator[AsyncSession]:
    async with Fabrik() as s:
        yield s
