from __future__ import annotations

from typing import TYPE_CHECKING, List

from sqlalchemy import Column, ForeignKey, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.base import EntidadBase

if TYPE_CHECKING:
    from .articulo import Articulo

articulo_etiqueta = Table(
    "articulo_etiqueta",
    EntidadBase.metadata,
    Column("articulo_id", ForeignKey("articulos.id", ondelete="CASCADE"), primary_key=True),
    Column("etiqueta_id", ForeignKey("etiquetas.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class Etiqueta(EntidadBase):
    """Palabra clave."""

    nombre: Mapped[str] = mapped_column(String(50), unique=True)

    articulos: Mapped[List["Articulo"]] = relationship(secondary=articulo_etiqueta, back_populates="etiquetas")
