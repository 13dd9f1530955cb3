import asyncio
from logging.config import fileConfig

from alembic import context
from sqlalchemy import pool
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import create_async_engine

from revista.configuracion import configuracion
from revista.modelos import Base

if context.config.config_file_name is not None:
    fileConfig(context.config.config_file_name, disable_existing_loggers=False)


def migrar(conexion: Connection) -> None:
    context.configure(connection=conexion, target_metadata=Base.metadata, compare_type=True)
    with context.begin_transaction():
        context.run_migrations()


async def en_linea() -> None:
    motor = create_async_engine(configuracion.url_bd, poolclass=pool.NullPool)
    async with motor.connect() as conexion:
        await conexion.run_sync(migrar)
    await motor.dispose()


if context.is_offline_mode():
    context.configure(url=configuracion.url_bd, target_metadata=Base.metadata, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()
else:
    asyncio.run(en_linea())
