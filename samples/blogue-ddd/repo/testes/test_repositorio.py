import pytest

from blogue.dominio.modelos import Autor, Postagem
from blogue.infraestrutura.orm import metadados
from blogue.infraestrutura.unidade import UnidadeDeTrabalho, criar_motor


@pytest.fixture
def uow(tmp_path):
    motor = criar_motor(f"sqlite:///{tmp_path}/teste.db")
    metadados.create_all(motor)
    return UnidadeDeTrabalho(motor)


def test_postagens_do_autor_trazem_comentarios(uow):
    with uow:
        ana, rui = Autor("ana", "ana@x.pt"), Autor("rui", "rui@x.pt")
        postagem = Postagem("Olá", "mundo", autor=ana)
        postagem.comentar(rui, "boa!")
        uow.sessao.add_all([ana, rui, postagem])
        uow.confirmar()
        ana_id = ana.id
    with uow:
        lidas = uow.postagens.do_autor_com_comentarios(ana_id)
    assert [c.texto for p in lidas for c in p.comentarios] == ["boa!"]


def test_rascunho_nao_recebe_comentarios():
    with pytest.raises(ValueError):
        Postagem("x", "y", rascunho=True).comentar(Autor("a", "a@x"), "não")
