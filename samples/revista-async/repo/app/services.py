from typing import List

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from app.models import Postagem
from app.schemas import PostagemFeed, PostagemSaida


async def postagens_do_usuario(db: AsyncSession, usuario_id: int) -> List[PostagemSaida]:
    """Todas as postagens de um usuário, com os comentários."""
    resultado = await db.execute(
        select(Postagem).where(Postagem.usuario_id == usuario_id).order_by(Postagem.criado_em.desc())
    )
    return [PostagemSaida.model_validate(p) for p in resultado.scalars().all()]


async def feed(db: AsyncSession, limite: int = 20) -> List[PostagemFeed]:
    """Últimas postagens com comentários e marcadores (selectinload, sem N+1)."""
    resultado = await db.execute(
        select(Postagem)
        .options(selectinload(Postagem.comentarios), selectinload(Postagem.marcadores))
        .order_by(Postagem.criado_em.desc(), Postagem.id.desc())
        .limit(limite)
    )
    return [PostagemFeed.model_validate(p) for p in resultado.scalars().all()]
