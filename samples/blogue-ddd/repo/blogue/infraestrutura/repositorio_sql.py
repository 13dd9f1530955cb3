from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from blogue.dominio.modelos import Comentario, Postagem


class RepositorioSql:
    """Implementação de RepositorioDePostagens sobre uma sessão."""

    def __init__(self, sessao: Session) -> None:
        self.sessao = sessao

    def adicionar(self, postagem: Postagem) -> None:
        self.sessao.add(postagem)

    def do_autor_com_comentarios(self, autor_id: int) -> list[Postagem]:
        """Postagens de um autor com os comentários já carregados."""
        consulta = (
            select(Postagem)
            .where(Postagem.autor_id == autor_id)
            .options(selectinload(Postagem.comentarios))
            .order_by(Postagem.criada_em.desc(), Postagem.id.desc())
        )
        return list(self.sessao.scalars(consulta))

    def linha_do_tempo(self, quantidade: int = 20) -> list[Postagem]:
        """Postagens recentes com autor, marcadores, comentários e quem comentou: sem N+1."""
        consulta = (
            select(Postagem)
            .where(Postagem.rascunho.is_(False))
            .options(
                joinedload(Postagem.autor),
                selectinload(Postagem.marcadores),
                selectinload(Postagem.comentarios).joinedload(Comentario.autor),
            )
            .order_by(Postagem.criada_em.desc(), Postagem.id.desc())
            .limit(quantidade)
        )
        return list(self.sessao.scalars(consulta))
