from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from revista.modelos.base import Base, ConFechas, clave

if TYPE_CHECKING:
    from revista.modelos.publicacion import Publicacion
    from revista.modelos.usuario import Usuario


class Comentario(ConFechas, Base):
    """Opinión de un usuario sobre una publicación."""

    __tablename__ = "comentarios"

    id: Mapped[clave]
    publicacion_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("publicaciones.id", ondelete="CASCADE"), index=True)
    autor_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("usuarios.id", ondelete="CASCADE"), index=True)
    texto: Mapped[str] = mapped_column(Text)

    publicacion: Mapped[Publicacion] = relationship(back_populates="comentarios")
    autor: Mapped[Usuario] = relationship(back_populates="comentarios")
