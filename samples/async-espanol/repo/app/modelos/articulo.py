from __future__ import annotations

from typing import TYPE_CHECKING, List

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.base import ConFechas, EntidadBase

if TYPE_CHECKING:
    from .comentario import Comentario
    from .etiqueta import Etiqueta
    from .usuario import Usuario


class Articulo(ConFechas, EntidadBase):
    """Entrada del blog."""

    titulo: Mapped[str] = mapped_column(String(200))
    contenido: Mapped[str] = mapped_column(Text)
    autor_id: Mapped[int] = mapped_column(ForeignKey("usuarios.id", ondelete="CASCADE"), index=True)

    autor: Mapped["Usuario"] = relationship(back_populates="articulos")
    comentarios: Mapped[List["Comentario"]] = relationship(back_populates="articulo", cascade="all, delete-orphan", passive_deletes=True)
    etiquetas: Mapped[List["Etiqueta"]] = relationship(secondary="articulo_etiqueta", back_populates="articulos")
