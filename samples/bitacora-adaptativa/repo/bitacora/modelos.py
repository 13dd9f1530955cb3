"""Modelos de la bitácora: escritores, entradas, opiniones y temas."""
from __future__ import annotations

import datetime as dt
from typing import Annotated, Optional

from sqlalchemy import DateTime, ForeignKey, MetaData, String, Table, Text, Column, func
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

clave_pk = Annotated[int, mapped_column(primary_key=True)]
momento = Annotated[dt.datetime, mapped_column(DateTime, server_default=func.now())]


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )

    def __repr__(self) -> str:
        return f"{type(self).__name__}<{self.clave}>"


entradas_temas = Table(
    "entradas_temas",
    Base.metadata,
    Column("entrada", ForeignKey("entradas.clave", ondelete="CASCADE"), primary_key=True),
    Column("tema", ForeignKey("temas.clave", ondelete="CASCADE"), primary_key=True),
)


class Escritor(Base):
    """Escritor registrado."""

    __tablename__ = "escritores"

    clave: Mapped[clave_pk]
    correo: Mapped[str] = mapped_column(String(254), unique=True)
    firma: Mapped[str] = mapped_column(String(60))
    alta: Mapped[momento]

    entradas: Mapped[list[Entrada]] = relationship(back_populates="escritor", cascade="all, delete-orphan")
    opiniones: Mapped[list[Opinion]] = relationship(back_populates="escritor", cascade="all, delete-orphan")


class Entrada(Base):
    """Entrada de la bitácora."""

    __tablename__ = "entradas"

    clave: Mapped[clave_pk]
    escritor_clave: Mapped[int] = mapped_column(ForeignKey("escritores.clave"), index=True)
    titulo: Mapped[str] = mapped_column(String(180))
    contenido: Mapped[str] = mapped_column(Text)
    fecha: Mapped[momento]

    escritor: Mapped[Escritor] = relationship(back_populates="entradas")
    opiniones: Mapped[list[Opinion]] = relationship(back_populates="entrada", cascade="all, delete-orphan")
    temas: Mapped[list[Tema]] = relationship(secondary=entradas_temas, back_populates="entradas")


class Opinion(Base):
    """Opinión sobre una entrada; puede responder a otra."""

    __tablename__ = "opiniones"

    clave: Mapped[clave_pk]
    entrada_clave: Mapped[int] = mapped_column(ForeignKey("entradas.clave"), index=True)
    escritor_clave: Mapped[int] = mapped_column(ForeignKey("escritores.clave"), index=True)
    responde_a: Mapped[Optional[int]] = mapped_column(ForeignKey("opiniones.clave"))
    texto: Mapped[str] = mapped_column(Text)
    fecha: Mapped[momento]

    entrada: Mapped[Entrada] = relationship(back_populates="opiniones")
    escritor: Mapped[Escritor] = relationship(back_populates="opiniones")
    respuestas: Mapped[list[Opinion]] = relationship(back_populates="original")
    original: Mapped[Optional[Opinion]] = relationship(back_populates="respuestas", remote_side="Opinion.clave")


class Tema(Base):
    """Tema."""

    __tablename__ = "temas"

    clave: Mapped[clave_pk]
    nombre: Mapped[str] = mapped_column(String(40), unique=True)

    entradas: Mapped[list[Entrada]] = relationship(secondary=entradas_temas, back_populates="temas")
