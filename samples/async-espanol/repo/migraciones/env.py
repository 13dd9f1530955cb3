import asyncio
import os

from alembic import context
from sqlalchemy.ext.asyncio import create_async_engine

from app.base import EntidadBase
import app.modelos  # noqa: F401

destino = EntidadBase.metadata


def correr(conexion):
    context.configure(connection=conexion, target_metadata=destino)
    with context.begin_transaction():
        context.run_migrations()


async def en_linea():
    motor = create_async_engine(os.environ["DATABASE_URL"])
    async with motor.connect() as conexion:
        await conexion.run_sync(correr)
    await motor.dispose()


asyncio.run(en_linea())
