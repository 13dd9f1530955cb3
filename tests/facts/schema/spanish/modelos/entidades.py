from datetime import datetime

from sqlalchemy import Boolean, Column, DateTime, ForeignKey, Integer, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import relationship

from modelos.base import Modelo

publicacion_etiqueta = Table(
    "publicacion_etiqueta",
    Modelo.metadata,
    Column("publicacion_id", Integer, ForeignKey("publicaciones.id", ondelete="CASCADE"), nullable=False),
    Column("etiqueta_id", Integer, ForeignKey("etiquetas.id"), nullable=False),
    UniqueConstraint("publicacion_id", "etiqueta_id", name="uq_publicacion_etiqueta"),
)


class Usuario(Modelo):
    """Persona que escribe."""

    __tablename__ = "usuarios"

    id = Column(Integer, primary_key=True)
    correo = Column(String(120), unique=True, nullable=False)
    contraseña = Column("contrasena", String(128), nullable=False)
    borrado = Column(Boolean, default=False, nullable=False)
    publicaciones = relationship("Publicacion", back_populates="autor", cascade="all, delete")


class Publicacion(Modelo):
    __tablename__ = "publicaciones"

    id = Column(Integer, primary_key=True)
    titulo = Column(String(150), nullable=False)
    contenido = Column(Text, nullable=False)
    fecha_creacion = Column(DateTime, default=lambda: datetime.now())
    autor_id = Column(Integer, ForeignKey(Usuario.id), nullable=False)
    autor = relationship("Usuario", back_populates="publicaciones")
    etiquetas = relationship("Etiqueta", secondary=lambda: publicacion_etiqueta, backref="publicaciones")


class Etiqueta(Modelo):
    __tablename__ = "etiquetas"

    id = Column(Integer, primary_key=True)
    nombre = Column(String(40), unique=True, nullable=False)
