"""Consultas do blog. As rotas não montam SQL, só chamam estas funções."""
from sqlalchemy.orm import joinedload, selectinload

from ..extensoes import db
from ..modelos import Artigo, Resposta


def artigos_do_usuario(usuario_id):
    """Todos os artigos de um usuário, com respostas e quem respondeu."""
    consulta = (
        db.select(Artigo)
        .filter_by(usuario_id=usuario_id)
        .options(selectinload(Artigo.respostas).joinedload(Resposta.autor))
        .order_by(Artigo.publicado_em.desc())
    )
    return db.session.execute(consulta).scalars().all()


def artigos_recentes(limite=10):
    """Artigos mais recentes sem N+1: autor e respostas já carregados."""
    consulta = (
        db.select(Artigo)
        .options(joinedload(Artigo.autor), selectinload(Artigo.respostas))
        .order_by(Artigo.publicado_em.desc())
        .limit(limite)
    )
    return db.session.execute(consulta).scalars().all()


def artigo_por_slug(slug):
    """Um artigo com as respostas e seus autores, ou None."""
    consulta = (
        db.select(Artigo)
        .filter_by(slug=slug)
        .options(selectinload(Artigo.respostas).joinedload(Resposta.autor))
    )
    return db.session.execute(consulta).scalar_one_or_none()
