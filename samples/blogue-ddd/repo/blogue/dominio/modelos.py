"""Entidades do domínio. Não conhecem SQLAlchemy; o mapeamento fica em blogue.infraestrutura.orm."""
from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timezone


def agora() -> datetime:
    return datetime.now(timezone.utc)


@dataclass(eq=False)
class Autor:
    """Quem escreve e comenta."""

    apelido: str
    email: str
    biografia: str | None = None
    id: int | None = None
    criado_em: datetime = field(default_factory=agora)
    postagens: list[Postagem] = field(default_factory=list, repr=False)
    comentarios: list[Comentario] = field(default_factory=list, repr=False)


@dataclass(eq=False)
class Marcador:
    """Palavra-chave de uma postagem."""

    nome: str
    id: int | None = None
    postagens: list[Postagem] = field(default_factory=list, repr=False)


@dataclass(eq=False)
class Postagem:
    """Texto publicado por um autor."""

    titulo: str
    texto: str
    id: int | None = None
    autor_id: int | None = None
    rascunho: bool = False
    criada_em: datetime = field(default_factory=agora)
    autor: Autor | None = field(default=None, repr=False)
    comentarios: list[Comentario] = field(default_factory=list, repr=False)
    marcadores: list[Marcador] = field(default_factory=list, repr=False)

    def comentar(self, autor: Autor, texto: str) -> Comentario:
        if self.rascunho:
            raise ValueError("rascunho não recebe comentários")
        comentario = Comentario(texto=texto, autor=autor)
        self.comentarios.append(comentario)
        return comentario


@dataclass(eq=False)
class Comentario:
    """Resposta de um leitor a uma postagem."""

    texto: str
    id: int | None = None
    postagem_id: int | None = None
    autor_id: int | None = None
    criado_em: datetime = field(default_factory=agora)
    autor: Autor | None = field(default=None, repr=False)
    postagem: Postagem | None = field(default=None, repr=False)
