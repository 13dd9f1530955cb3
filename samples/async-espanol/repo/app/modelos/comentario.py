from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.base import ConFechas, EntidadBase

if TYPE_CHECKING:
    from .articulo import Articulo
    from .usuario import Usuario


class Comentario(ConFechas, EntidadBase):
    """Comentario de un usuario en un articulo."""

    texto: Mapped[str] = mapped_column(Text)
    articulo_id: Mapped[int] = mapped_column(ForeignKey("articulos.id", ondelete="CASCADE"), index=True)
    autor_id: Mapped[int] = mapped_column(ForeignKey("usuarios.id", ondelete="CASCADE"), index=True)

    articulo: Mapped["Articulo"] = relationship(back_populates="comentarios")
    autor: Mapped["Usuario"] = relationship(back_populates="comentarios")
