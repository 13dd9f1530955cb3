import os
from collections.abc import AsyncIterator

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

motor = create_async_engine(os.environ["DATABASE_URL"])
fabrica = async_sessionmaker(motor, expire_on_commit=False)


async def obtener_sesion() -> AsyncIterator[AsyncSession]:
    async with fabrica() as sesion:
        yield sesion
