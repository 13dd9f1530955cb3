import asyncio

from alembic import context
from sqlalchemy import pool
from sqlalchemy.ext.asyncio import create_async_engine

from blogg.dom.modeller import Rot
from blogg.lager.anslutning import URL


def kor(anslutning):
    context.configure(connection=anslutning, target_metadata=Rot.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


async def huvud():
    motor = create_async_engine(URL, poolclass=pool.NullPool)
    async with motor.connect() as anslutning:
        await anslutning.run_sync(kor)
        await anslutning.commit()


if context.is_offline_mode():
    context.configure(url=URL, target_metadata=Rot.metadata, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()
else:
    asyncio.run(huvud())
