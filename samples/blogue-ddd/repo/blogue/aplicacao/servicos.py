from blogue.dominio.modelos import Autor, Postagem
from blogue.infraestrutura.unidade import UnidadeDeTrabalho


def publicar(uow: UnidadeDeTrabalho, autor_id: int, titulo: str, texto: str) -> int:
    with uow:
        autor = uow.sessao.get_one(Autor, autor_id)
        postagem = Postagem(titulo=titulo, texto=texto, autor=autor)
        uow.postagens.adicionar(postagem)
        uow.confirmar()
        return postagem.id
