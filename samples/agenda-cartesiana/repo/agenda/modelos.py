"""Modelos do blog."""
from __future__ import annotations

from datetime import datetime, timezone

from sqlalchemy import Boolean, Column, DateTime, ForeignKey, String, Table, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from agenda.db.base import Base


def agora() -> datetime:
    return datetime.now(timezone.utc)


postagem_etiqueta = Table(
    "postagem_etiqueta",
    Base.metadata,
    Column("postagem_id", ForeignKey("postagens.id", ondelete="CASCADE"), primary_key=True),
    Column("etiqueta_id", ForeignKey("etiquetas.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class Usuario(Base):
    """Pessoa cadastrada."""

    __tablename__ = "usuarios"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(50), unique=True)
    email: Mapped[str] = mapped_column(String(255), unique=True)
    ativo: Mapped[bool] = mapped_column(Boolean, default=True)
    criado_em: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=agora)

    postagens: Mapped[list[Postagem]] = relationship(
        back_populates="autor", cascade="all, delete-orphan", passive_deletes=True
    )
    comentarios: Mapped[list[Comentario]] = relationship(
        back_populates="autor", cascade="all, delete-orphan", passive_deletes=True
    )

    def __repr__(self) -> str:
        return f"<Usuario {self.username}>"


class Postagem(Base):
    """Texto publicado no mural."""

    __tablename__ = "postagens"

    id: Mapped[int] = mapped_column(primary_key=True)
    autor_id: Mapped[int] = mapped_column(ForeignKey("usuarios.id", ondelete="CASCADE"), index=True)
    titulo: Mapped[str] = mapped_column(String(200))
    corpo: Mapped[str] = mapped_column(Text)
    criado_em: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=agora)

    autor: Mapped[Usuario] = relationship(back_populates="postagens")
    comentarios: Mapped[list[Comentario]] = relationship(
        back_populates="postagem", cascade="all, delete-orphan", passive_deletes=True
    )
    etiquetas: Mapped[list[Etiqueta]] = relationship(secondary=postagem_etiqueta, back_populates="postagens")

    def __repr__(self) -> str:
        return f"<Postagem {self.titulo}>"


class Comentario(Base):
    """Comentário de um usuário em uma postagem."""

    __tablename__ = "comentarios"

    id: Mapped[int] = mapped_column(primary_key=True)
    postagem_id: Mapped[int] = mapped_column(ForeignKey("postagens.id", ondelete="CASCADE"), index=True)
    autor_id: Mapped[int] = mapped_column(ForeignKey("usuarios.id", ondelete="CASCADE"), index=True)
    texto: Mapped[str] = mapped_column(Text)
    criado_em: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=agora)

    postagem: Mapped[Postagem] = relationship(back_populates="comentarios")
    autor: Mapped[Usuario] = relationship(back_populates="comentarios")

    def __repr__(self) -> str:
        return f"<Comentario {self.id}>"


class Etiqueta(Base):
    """Marcador de assunto."""

    __tablename__ = "etiquetas"

    id: Mapped[int] = mapped_column(primary_key=True)
    nome: Mapped[str] = mapped_column(String(50), unique=True)

    postagens: Mapped[list[Postagem]] = relationship(secondary=postagem_etiqueta, back_populates="etiquetas")

    def __repr__(self) -> str:
        return f"<Etiqueta {self.nome}>"
