from __future__ import annotations

from typing import TYPE_CHECKING, List

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.base import ConFechas, EntidadBase

if TYPE_CHECKING:
    from .articulo import Articulo
    from .comentario import Comentario


class Usuario(ConFechas, EntidadBase):
    """Persona registrada."""

    correo: Mapped[str] = mapped_column(String(255), unique=True)
    nombre: Mapped[str] = mapped_column(String(80))
    clave_hash: Mapped[str] = mapped_column(String(255))

    articulos: Mapped[List["Articulo"]] = relationship(back_populates="autor", cascade="all, delete-orphan", passive_deletes=True)
    comentarios: Mapped[List["Comentario"]] = relationship(back_populates="autor", cascade="all, delete-orphan", passive_deletes=True)
