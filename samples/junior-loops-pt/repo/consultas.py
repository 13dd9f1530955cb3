from sqlalchemy.orm import joinedload

from modelos import Comentario, Postagem, Usuario, session


# Consulta 1: todas as postagens de um usuário com comentários
def postagens_do_usuario(usuario_id):
    resultado = []
    postagens = session.query(Postagem).filter(Postagem.usuario_id == usuario_id).all()
    for postagem in postagens:
        comentarios = session.query(Comentario).filter(Comentario.postagem_id == postagem.id).all()
        lista = []
        for comentario in comentarios:
            autor = session.query(Usuario).filter(Usuario.id == comentario.usuario_id).first()
            lista.append({"texto": comentario.texto, "autor": autor.nome if autor else None})
        resultado.append({"titulo": postagem.titulo, "comentarios": lista})
    return resultado


# Consulta 2: eager loading
def buscar_usuario_com_postagens(usuario_id):
    """Evita o N+1 trazendo as postagens junto com o usuário (joinedload)."""
    return (
        session.query(Usuario)
        .options(joinedload(Usuario.postagens))
        .filter(Usuario.id == usuario_id)
        .first()
    )
