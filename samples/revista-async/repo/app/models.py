import enum
from datetime import datetime
from typing import List

from sqlalchemy import Column, DateTime, Enum, ForeignKey, String, Table, Text, func
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.database import Base


class StatusPostagem(enum.Enum):
    RASCUNHO = "rascunho"
    PUBLICADO = "publicado"


postagem_marcador = Table(
    "postagem_marcador",
    Base.metadata,
    Column("postagem_id", ForeignKey("postagens.id"), primary_key=True),
    Column("marcador_id", ForeignKey("marcadores.id"), primary_key=True),
)


class Usuario(Base):
    __tablename__ = "usuarios"

    id: Mapped[int] = mapped_column(primary_key=True)
    nome: Mapped[str] = mapped_column(String(100))
    email: Mapped[str] = mapped_column(String(200), unique=True)
    senha: Mapped[str] = mapped_column(String(200))
    criado_em: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())

    postagens: Mapped[List["Postagem"]] = relationship(back_populates="usuario")
    comentarios: Mapped[List["Comentario"]] = relationship(back_populates="usuario")


class Postagem(Base):
    __tablename__ = "postagens"

    id: Mapped[int] = mapped_column(primary_key=True)
    titulo: Mapped[str] = mapped_column(String(200))
    conteudo: Mapped[str] = mapped_column(Text)
    status: Mapped[StatusPostagem] = mapped_column(Enum(StatusPostagem), default=StatusPostagem.RASCUNHO)
    criado_em: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    usuario_id: Mapped[int] = mapped_column(ForeignKey("usuarios.id", ondelete="CASCADE"), index=True)

    usuario: Mapped["Usuario"] = relationship(back_populates="postagens")
    comentarios: Mapped[List["Comentario"]] = relationship(back_populates="postagem")
    marcadores: Mapped[List["Marcador"]] = relationship(secondary=postagem_marcador, back_populates="postagens")


class Comentario(Base):
    __tablename__ = "comentarios"

    id: Mapped[int] = mapped_column(primary_key=True)
    texto: Mapped[str] = mapped_column(Text)
    criado_em: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    postagem_id: Mapped[int] = mapped_column(ForeignKey("postagens.id", ondelete="CASCADE"))
    usuario_id: Mapped[int] = mapped_column(ForeignKey("usuarios.id", ondelete="CASCADE"))

    postagem: Mapped["Postagem"] = relationship(back_populates="comentarios")
    usuario: Mapped["Usuario"] = relationship(back_populates="comentarios")


class Marcador(Base):
    __tablename__ = "marcadores"

    id: Mapped[int] = mapped_column(primary_key=True)
    nome: Mapped[str] = mapped_column(String(50))

    postagens: Mapped[List["Postagem"]] = relationship(secondary=postagem_marcador, back_populates="marcadores")
