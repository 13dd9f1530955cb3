from typing import Protocol

from blogue.dominio.modelos import Postagem


class RepositorioDePostagens(Protocol):
    def adicionar(self, postagem: Postagem) -> None: ...

    def do_autor_com_comentarios(self, autor_id: int) -> list[Postagem]: ...

    def linha_do_tempo(self, quantidade: int = 20) -> list[Postagem]: ...
