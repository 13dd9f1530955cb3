from datetime import datetime

from sqlalchemy import Column, DateTime, ForeignKey, Integer, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import relationship

from base import Base, engine

publicacion_etiqueta = Table(
    "publicacion_etiqueta",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("publicacion_id", Integer, ForeignKey("publicaciones.id")),
    Column("etiqueta_id", Integer, ForeignKey("etiquetas.id")),
)


class Usuario(Base):
    __tablename__ = "usuarios"
    __table_args__ = (UniqueConstraint("nombre_usuario", "email"),)

    id = Column(Integer, primary_key=True)
    nombre_usuario = Column(String(50), nullable=False)
    email = Column(String(100), nullable=False)
    contrasena = Column(String(100))
    fecha_registro = Column(DateTime, default=datetime.now())

    publicaciones = relationship("Publicacion")

    def __repr__(self):
        return f"Usuario({self.nombre_usuario}, {self.email}, {self.contrasena})"


class Publicacion(Base):
    __tablename__ = "publicaciones"

    id = Column(Integer, primary_key=True)
    titulo = Column(String(150), nullable=False)
    contenido = Column(Text)
    fecha_creacion = Column(DateTime, default=datetime.now)
    usuario_id = Column(Integer, ForeignKey("usuarios.id"))

    comentarios = relationship("Comentario")
    etiquetas = relationship("Etiqueta", secondary=publicacion_etiqueta)

    def __repr__(self):
        return f"Publicacion({self.titulo})"


class Comentario(Base):
    __tablename__ = "comentarios"

    id = Column(Integer, primary_key=True)
    texto = Column(String(50))
    publicacion_id = Column(Integer, ForeignKey("publicaciones.id"))
    usuario_id = Column(Integer, ForeignKey("usuarios.id"))

    publicacion = relationship("Publicacion")


class Etiqueta(Base):
    __tablename__ = "etiquetas"

    id = Column(Integer, primary_key=True)
    nombre = Column(String(30))


Base.metadata.create_all(engine)
