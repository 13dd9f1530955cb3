"""Entidades del blog, mapeadas como dataclasses."""
from __future__ import annotations

import enum
from datetime import datetime
from typing import Annotated, Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    Enum,
    ForeignKey,
    Identity,
    Index,
    MetaData,
    String,
    Table,
    Text,
    func,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    MappedAsDataclass,
    WriteOnlyMapped,
    column_property,
    mapped_column,
    relationship,
)

clave = Annotated[int, mapped_column(BigInteger, Identity(always=False), primary_key=True)]
momento = Annotated[datetime, mapped_column(DateTime(timezone=True), server_default=text("now()"))]


class Base(MappedAsDataclass, DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Estado(enum.Enum):
    borrador = "borrador"
    publicado = "publicado"
    archivado = "archivado"


publicacion_etiqueta = Table(
    "publicacion_etiqueta",
    Base.metadata,
    Column("publicacion_id", ForeignKey("publicaciones.id", ondelete="CASCADE"), primary_key=True),
    Column("etiqueta_id", ForeignKey("etiquetas.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class Usuario(Base):
    """Persona que publica y comenta."""

    __tablename__ = "usuarios"
    __table_args__ = (Index("uq_usuarios_correo_lower", text("lower(correo)"), unique=True),)

    id: Mapped[clave] = mapped_column(init=False)
    alias: Mapped[str] = mapped_column(String(40), unique=True)
    correo: Mapped[str] = mapped_column(String(254))
    creado_en: Mapped[momento] = mapped_column(init=False)

    publicaciones: WriteOnlyMapped[Publicacion] = relationship(
        back_populates="autor", cascade="all, delete-orphan", passive_deletes=True, init=False, repr=False
    )
    comentarios: WriteOnlyMapped[Comentario] = relationship(
        back_populates="autor", passive_deletes=True, init=False, repr=False
    )


class Etiqueta(Base):
    """Palabra clave."""

    __tablename__ = "etiquetas"
    __table_args__ = (Index("uq_etiquetas_nombre_lower", text("lower(nombre)"), unique=True),)

    id: Mapped[clave] = mapped_column(init=False)
    nombre: Mapped[str] = mapped_column(String(50))

    publicaciones: WriteOnlyMapped[Publicacion] = relationship(
        secondary=publicacion_etiqueta, back_populates="etiquetas", passive_deletes=True, init=False, repr=False
    )


class Publicacion(Base):
    """Entrada del blog."""

    __tablename__ = "publicaciones"
    __table_args__ = (Index(None, "autor_id", "creado_en"),)

    id: Mapped[clave] = mapped_column(init=False)
    autor_id: Mapped[int] = mapped_column(ForeignKey("usuarios.id", ondelete="CASCADE"), init=False)
    titulo: Mapped[str] = mapped_column(String(200))
    cuerpo: Mapped[str] = mapped_column(Text)
    autor: Mapped[Usuario] = relationship(back_populates="publicaciones", repr=False)
    estado: Mapped[Estado] = mapped_column(
        Enum(Estado, name="estado_publicacion"), default=Estado.borrador, server_default="borrador"
    )
    extra: Mapped[dict[str, Any]] = mapped_column(JSONB, default_factory=dict, server_default=text("'{}'::jsonb"))
    creado_en: Mapped[momento] = mapped_column(init=False)

    comentarios: Mapped[list[Comentario]] = relationship(
        back_populates="publicacion",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="Comentario.id",
        default_factory=list,
        repr=False,
    )
    etiquetas: Mapped[list[Etiqueta]] = relationship(
        secondary=publicacion_etiqueta, back_populates="publicaciones", default_factory=list, repr=False
    )


class Comentario(Base):
    """Comentario; sin autor cuando la cuenta fue borrada."""

    __tablename__ = "comentarios"
    __table_args__ = (CheckConstraint("length(texto) > 0", name="texto_no_vacio"),)

    id: Mapped[clave] = mapped_column(init=False)
    publicacion_id: Mapped[int] = mapped_column(
        ForeignKey("publicaciones.id", ondelete="CASCADE"), index=True, init=False
    )
    autor_id: Mapped[int | None] = mapped_column(ForeignKey("usuarios.id", ondelete="SET NULL"), index=True, init=False)
    texto: Mapped[str] = mapped_column(Text)
    autor: Mapped[Usuario | None] = relationship(back_populates="comentarios", repr=False)
    publicacion: Mapped[Publicacion] = relationship(back_populates="comentarios", default=None, repr=False)
    creado_en: Mapped[momento] = mapped_column(init=False)


# contado en la base, sin cargar la colección
Publicacion.total_comentarios = column_property(
    select(func.count(Comentario.id))
    .where(Comentario.publicacion_id == Publicacion.id)
    .correlate_except(Comentario)
    .scalar_subquery()
)
