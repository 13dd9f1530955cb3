"""Consultas do mural."""
from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from agenda.modelos import Comentario, Postagem, Usuario


def postagens_por_usuario(sessao: Session, username: str) -> Sequence[Postagem]:
    """Todas as postagens de um usuário, com os comentários (duas consultas)."""
    stmt = (
        select(Postagem)
        .where(Usuario.username == username)
        .options(selectinload(Postagem.comentarios))
        .order_by(Postagem.criado_em.desc(), Postagem.id.desc())
    )
    return sessao.scalars(stmt).all()


def mural(sessao: Session, limite: int = 20) -> Sequence[Postagem]:
    """Últimas postagens com autor, etiquetas, comentários e autores dos comentários."""
    stmt = (
        select(Postagem)
        .options(
            joinedload(Postagem.autor, innerjoin=True),
            selectinload(Postagem.etiquetas),
            selectinload(Postagem.comentarios).joinedload(Comentario.autor, innerjoin=True),
        )
        .order_by(Postagem.criado_em.desc(), Postagem.id.desc())
        .limit(limite)
    )
    return sessao.scalars(stmt).all()
