from __future__ import annotations

import enum
import uuid
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Enum, ForeignKey, Index, String, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from revista.modelos.base import Base, ConFechas, clave
from revista.modelos.etiqueta import publicacion_etiqueta

if TYPE_CHECKING:
    from revista.modelos.comentario import Comentario
    from revista.modelos.etiqueta import Etiqueta
    from revista.modelos.usuario import Usuario


class EstadoPublicacion(str, enum.Enum):
    BORRADOR = "borrador"
    PUBLICADA = "publicada"
    ARCHIVADA = "archivada"


class Publicacion(ConFechas, Base):
    """Artículo de la revista. El cuerpo es Markdown; `extras` guarda lo que el editor añade."""

    __tablename__ = "publicaciones"
    __table_args__ = (Index("ix_publicaciones_autor_fecha", "autor_id", "creado_en"),)

    id: Mapped[clave]
    autor_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("usuarios.id", ondelete="CASCADE"))
    titulo: Mapped[str] = mapped_column(String(200))
    slug: Mapped[str] = mapped_column(String(220), unique=True)
    cuerpo: Mapped[str] = mapped_column(Text)
    estado: Mapped[EstadoPublicacion] = mapped_column(
        Enum(EstadoPublicacion, name="estado_publicacion", values_callable=lambda e: [x.value for x in e]),
        default=EstadoPublicacion.BORRADOR,
    )
    extras: Mapped[dict] = mapped_column(JSONB, default=dict)
    publicada_en: Mapped[datetime | None]

    autor: Mapped[Usuario] = relationship(back_populates="publicaciones")
    comentarios: Mapped[list[Comentario]] = relationship(
        back_populates="publicacion",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="Comentario.creado_en",
    )
    etiquetas: Mapped[list[Etiqueta]] = relationship(secondary=publicacion_etiqueta, back_populates="publicaciones")
