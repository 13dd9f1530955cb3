from collections.abc import AsyncIterator

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from app.settings import get_settings

settings = get_settings()
engine = create_async_engine(
    str(settings.database_url), pool_size=settings.db_pool_size, max_overflow=5, pool_timeout=10, echo=settings.db_echo
)
async_session = async_sessionmaker(engine, expire_on_commit=False)


async def get_session() -> AsyncIterator[AsyncSession]:
    async with async_session() as session:
        yield session
