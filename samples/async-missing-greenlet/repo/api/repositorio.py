from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from .models import Post


async def posts_de_usuario(session: AsyncSession, usuario_id: int) -> list[Post]:
    """Posts de un usuario con sus comentarios."""
    result = await session.execute(
        select(Post).where(Post.autor_id == usuario_id).order_by(Post.creado.desc())
    )
    return list(result.scalars().all())


async def posts_sin_n_mas_1(session: AsyncSession, limite: int = 20) -> list[Post]:
    """Todos los posts con autor y comentarios en una sola consulta (joinedload), evita N+1."""
    result = await session.execute(
        select(Post)
        .options(joinedload(Post.autor), joinedload(Post.comentarios))
        .order_by(Post.creado.desc())
        .limit(limite)
    )
    return list(result.scalars().all())
