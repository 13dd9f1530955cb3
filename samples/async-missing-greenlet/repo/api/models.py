from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, String, Text, func
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .db import Base


class Usuario(Base):
    __tablename__ = "usuarios"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(120), unique=True)
    nombre: Mapped[str] = mapped_column(String(80))

    posts: Mapped[list["Post"]] = relationship(back_populates="autor")
    comentarios: Mapped[list["Comentario"]] = relationship(back_populates="autor")


class PostEtiqueta(Base):
    __tablename__ = "post_etiquetas"

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    etiqueta_id: Mapped[int] = mapped_column(ForeignKey("etiquetas.id"))


class Post(Base):
    __tablename__ = "posts"

    id: Mapped[int] = mapped_column(primary_key=True)
    titulo: Mapped[str] = mapped_column(String(200))
    contenido: Mapped[str] = mapped_column(Text)
    creado: Mapped[datetime] = mapped_column(DateTime, server_default=func.now())
    autor_id: Mapped[int] = mapped_column(ForeignKey("usuarios.id"))

    autor: Mapped["Usuario"] = relationship(back_populates="posts")
    comentarios: Mapped[list["Comentario"]] = relationship(back_populates="post", cascade="all, delete-orphan")
    etiquetas: Mapped[list["Etiqueta"]] = relationship(secondary="post_etiquetas", back_populates="posts")


class Comentario(Base):
    __tablename__ = "comentarios"

    id: Mapped[int] = mapped_column(primary_key=True)
    texto: Mapped[str] = mapped_column(Text)
    creado: Mapped[datetime] = mapped_column(DateTime, server_default=func.now())
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    autor_id: Mapped[int] = mapped_column(ForeignKey("usuarios.id"))

    post: Mapped["Post"] = relationship(back_populates="comentarios")
    autor: Mapped["Usuario"] = relationship(back_populates="comentarios")


class Etiqueta(Base):
    __tablename__ = "etiquetas"

    id: Mapped[int] = mapped_column(primary_key=True)
    nombre: Mapped[str] = mapped_column(String(50))

    posts: Mapped[list["Post"]] = relationship(secondary="post_etiquetas", back_populates="etiquetas")
