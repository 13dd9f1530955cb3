from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Boolean, Index, String, text, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from revista.modelos.base import Base, ConFechas, clave, texto_corto

if TYPE_CHECKING:
    from revista.modelos.comentario import Comentario
    from revista.modelos.publicacion import Publicacion


class Usuario(ConFechas, Base):
    """Persona registrada; entra con su correo, sin distinguir mayúsculas."""

    __tablename__ = "usuarios"
    __table_args__ = (Index("uq_usuarios_correo_minusculas", text("lower(correo)"), unique=True),)

    id: Mapped[clave]
    correo: Mapped[str] = mapped_column(String(254))
    nombre: Mapped[texto_corto]
    clave_hash: Mapped[str] = mapped_column(String(128))
    activo: Mapped[bool] = mapped_column(Boolean, server_default=true())

    publicaciones: Mapped[list[Publicacion]] = relationship(
        back_populates="autor", cascade="all, delete-orphan", passive_deletes=True
    )
    comentarios: Mapped[list[Comentario]] = relationship(
        back_populates="autor", cascade="all, delete-orphan", passive_deletes=True
    )
