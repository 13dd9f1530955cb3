from datetime import datetime, timezone
from typing import Optional

from sqlmodel import Field, Relationship, SQLModel


def ahora() -> datetime:
    return datetime.now(timezone.utc)


class PublicacionEtiqueta(SQLModel, table=True):
    """Tabla de enlace entre publicaciones y etiquetas."""

    __tablename__ = "publicacion_etiqueta"

    publicacion_id: Optional[int] = Field(default=None, foreign_key="publicacion.id", primary_key=True)
    etiqueta_id: Optional[int] = Field(default=None, foreign_key="etiqueta.id", primary_key=True)


class UsuarioBase(SQLModel):
    nombre: str = Field(max_length=80)
    correo: str = Field(max_length=200, unique=True, index=True)


class Usuario(UsuarioBase, table=True):
    """Autor de publicaciones y comentarios."""

    id: Optional[int] = Field(default=None, primary_key=True)
    creado: datetime = Field(default_factory=ahora)

    publicaciones: list["Publicacion"] = Relationship(back_populates="autor")
    comentarios: list["Comentario"] = Relationship(back_populates="autor")


class Publicacion(SQLModel, table=True):
    """Entrada de la bitácora."""

    id: Optional[int] = Field(default=None, primary_key=True)
    titulo: str = Field(max_length=150)
    cuerpo: str
    creada: datetime = Field(default_factory=ahora)
    autor_id: Optional[int] = Field(default=None, foreign_key="usuario.id", index=True)

    autor: Optional[Usuario] = Relationship(back_populates="publicaciones")
    comentarios: list["Comentario"] = Relationship(back_populates="publicacion", cascade_delete=True)
    etiquetas: list["Etiqueta"] = Relationship(back_populates="publicaciones", link_model=PublicacionEtiqueta)


class Comentario(SQLModel, table=True):
    """Comentario de un usuario en una publicación."""

    id: Optional[int] = Field(default=None, primary_key=True)
    texto: str
    creado: datetime = Field(default_factory=ahora)
    publicacion_id: int = Field(foreign_key="publicacion.id", index=True)
    autor_id: int = Field(foreign_key="usuario.id", index=True)

    publicacion: Publicacion = Relationship(back_populates="comentarios")
    autor: Usuario = Relationship(back_populates="comentarios")


class Etiqueta(SQLModel, table=True):
    """Etiqueta libre."""

    id: Optional[int] = Field(default=None, primary_key=True)
    nombre: str = Field(max_length=40, index=True)

    publicaciones: list[Publicacion] = Relationship(back_populates="etiquetas", link_model=PublicacionEtiqueta)


class UsuarioLeer(UsuarioBase):
    id: int


class EtiquetaLeer(SQLModel):
    nombre: str
