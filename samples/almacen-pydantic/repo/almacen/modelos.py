"""Modelos de datos."""
import uuid
from datetime import datetime
from typing import List

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text, Uuid, func
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class ConId:
    """Clave primaria UUID."""

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=uuid.uuid4())


articulo_etiqueta = Table(
    "articulo_etiqueta",
    Base.metadata,
    Column("articulo_id", Uuid, ForeignKey("articulos.id", ondelete="CASCADE"), primary_key=True),
    Column("etiqueta_id", Uuid, ForeignKey("etiquetas.id", ondelete="CASCADE"), primary_key=True),
)


class Usuario(ConId, Base):
    """Usuario registrado."""

    __tablename__ = "usuarios"

    nombre_usuario: Mapped[str] = mapped_column(String(40), unique=True)
    correo: Mapped[str] = mapped_column(String(200), unique=True)

    articulos: Mapped[List["Articulo"]] = relationship(back_populates="usuario", cascade="all, delete-orphan")
    comentarios: Mapped[List["Comentario"]] = relationship(back_populates="usuario", cascade="all, delete-orphan")


class Articulo(ConId, Base):
    """Artículo del blog."""

    __tablename__ = "articulos"

    usuario_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("usuarios.id", ondelete="CASCADE"), index=True)
    titulo: Mapped[str] = mapped_column(String(180))
    contenido: Mapped[str] = mapped_column(Text)
    visible: Mapped[int] = mapped_column(Integer, default=1)
    creado: Mapped[datetime] = mapped_column(server_default=func.now())

    usuario: Mapped["Usuario"] = relationship(back_populates="articulos")
    comentarios: Mapped[List["Comentario"]] = relationship(back_populates="articulo", cascade="all, delete-orphan")
    etiquetas: Mapped[List["Etiqueta"]] = relationship(
        secondary=articulo_etiqueta, back_populates="articulos", cascade="all, delete"
    )


class Comentario(ConId, Base):
    """Comentario de un usuario."""

    __tablename__ = "comentarios"

    articulo_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("articulos.id", ondelete="CASCADE"), index=True)
    usuario_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("usuarios.id", ondelete="CASCADE"), index=True)
    texto: Mapped[str] = mapped_column(Text)
    creado: Mapped[datetime] = mapped_column(server_default=func.now())

    articulo: Mapped["Articulo"] = relationship(back_populates="comentarios")
    usuario: Mapped["Usuario"] = relationship(back_populates="comentarios")


class Etiqueta(ConId, Base):
    """Etiqueta."""

    __tablename__ = "etiquetas"

    nombre: Mapped[str] = mapped_column(String(40), unique=True)

    articulos: Mapped[List["Articulo"]] = relationship(secondary=articulo_etiqueta, back_populates="etiquetas")
