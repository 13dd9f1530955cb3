"""Entidades de domínio, sem dependência do banco."""
from dataclasses import dataclass, field
from datetime import datetime
from typing import List, Optional


@dataclass
class Autor:
    email: str
    nome: str
    id: Optional[int] = None
    postagens: List["Postagem"] = field(default_factory=list)


@dataclass
class Postagem:
    titulo: str
    corpo: str
    autor: Optional[Autor] = None
    id: Optional[int] = None
    comentarios: List["Comentario"] = field(default_factory=list)
    marcadores: List["Marcador"] = field(default_factory=list)


@dataclass
class Comentario:
    texto: str
    id: Optional[int] = None


@dataclass
class Marcador:
    nome: str
    id: Optional[int] = None
