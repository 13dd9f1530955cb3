"""Motor y fábrica de sesiones asíncronas."""
from collections.abc import AsyncIterator

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from revista.configuracion import configuracion

motor = create_async_engine(
    configuracion.url_bd,
    echo=configuracion.eco,
    pool_size=configuracion.tamano_pool,
    pool_pre_ping=True,
)
FabricaSesion = async_sessionmaker(motor, expire_on_commit=False)


async def dar_sesion() -> AsyncIterator[AsyncSession]:
    async with FabricaSesion() as sesion:
        yield sesion
