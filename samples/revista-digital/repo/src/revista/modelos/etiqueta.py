from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Column, ForeignKey, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from revista.modelos.base import Base, clave

if TYPE_CHECKING:
    from revista.modelos.publicacion import Publicacion

publicacion_etiqueta = Table(
    "publicacion_etiqueta",
    Base.metadata,
    Column("publicacion_id", ForeignKey("publicaciones.id", ondelete="CASCADE"), primary_key=True),
    Column("etiqueta_id", ForeignKey("etiquetas.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class Etiqueta(Base):
    """Tema por el que se agrupan las publicaciones."""

    __tablename__ = "etiquetas"

    id: Mapped[clave]
    nombre: Mapped[str] = mapped_column(String(60), unique=True)

    publicaciones: Mapped[list[Publicacion]] = relationship(
        secondary=publicacion_etiqueta, back_populates="etiquetas"
    )
