from consultas import buscar_usuario_com_postagens, postagens_do_usuario
from modelos import Comentario, Marcador, Postagem, Usuario, session


def popular():
    joao = Usuario(nome="João", email="joao@teste.com", senha="123")
    session.add(joao)
    session.commit()
    python = Marcador(nome="python")
    for i in range(3):
        p = Postagem(titulo="Post %d" % i, conteudo="texto", usuario_id=joao.id)
        p.marcadores.append(python)
        p.comentarios.append(Comentario(texto="legal", usuario_id=joao.id))
        session.add(p)
    session.commit()


if __name__ == "__main__":
    if session.query(Usuario).count() == 0:
        popular()
    print(postagens_do_usuario(1))
    usuario = buscar_usuario_com_postagens(1)
    for p in usuario.postagens:
        print(p.titulo)
