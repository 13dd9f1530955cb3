from sqlalchemy.orm import Session, joinedload, selectinload

from blog.dominio.entidades import Autor, Comentario, Postagem


def buscar_postagens(sessao: Session, email: str):
    """Postagens de um autor com comentários (carregamento preguiçoso)."""
    return sessao.query(Postagem).join(Autor).filter(Autor.email == email).order_by(Postagem.id).all()


def buscar_postagens_otimizado(sessao: Session, email: str):
    """Evita N+1: comentários e seus autores em duas consultas."""
    return (
        sessao.query(Postagem)
        .join(Postagem.autor)
        .filter(Autor.email == email)
        .options(selectinload(Postagem.comentarios).joinedload(Comentario.autor))
        .order_by(Postagem.id)
        .all()
    )
