# modelos del blog
from sqlalchemy import create_engine, Column, Integer, String, Text, DateTime, ForeignKey, Table
from sqlalchemy.orm import declarative_base, relationship, sessionmaker
import datetime

engine = create_engine("sqlite:///blog.db")
Session = sessionmaker(bind=engine)
Base = declarative_base()

# tabla del medio de posts y etiquetas (muchos a muchos)
publicacion_etiqueta = Table('publicacion_etiqueta', Base.metadata,
    Column('publicacion_id', Integer, ForeignKey('publicaciones.id'), primary_key=True),
    Column('etiqueta_id', Integer, ForeignKey('etiquetas.id'), primary_key=True)
)

class Usuario(Base):
    __tablename__ = 'usuarios'
    id = Column(Integer, primary_key=True)
    nombre = Column(String(100), nullable=False)
    correo = Column(String(200), nullable=False, unique=True)
    fecha = Column(DateTime, default=datetime.datetime.now)
    # si borro el usuario se borran sus cosas
    publicaciones = relationship('Publicacion', back_populates='usuario', cascade='all, delete-orphan')
    comentarios = relationship('Comentario', back_populates='usuario', cascade='all, delete-orphan')

class Publicacion(Base):
    __tablename__ = 'publicaciones'
    id = Column(Integer, primary_key=True)
    titulo = Column(String(200), nullable=False)
    contenido = Column(Text, nullable=False)
    fecha = Column(DateTime, default=datetime.datetime.now)
    usuario_id = Column(Integer, ForeignKey('usuarios.id'), nullable=False)
    usuario = relationship('Usuario', back_populates='publicaciones')
    comentarios = relationship('Comentario', back_populates='publicacion', cascade='all, delete-orphan')
    etiquetas = relationship('Etiqueta', secondary=publicacion_etiqueta, back_populates='publicaciones')

class Comentario(Base):
    __tablename__ = 'comentarios'
    id = Column(Integer, primary_key=True)
    texto = Column(Text, nullable=False)
    fecha = Column(DateTime, default=datetime.datetime.now)
    usuario_id = Column(Integer, ForeignKey('usuarios.id'), nullable=False)
    publicacion_id = Column(Integer, ForeignKey('publicaciones.id'), nullable=False)
    usuario = relationship('Usuario', back_populates='comentarios')
    publicacion = relationship('Publicacion', back_populates='comentarios')

class Etiqueta(Base):
    __tablename__ = 'etiquetas'
    id = Column(Integer, primary_key=True)
    nombre = Column(String(50), nullable=False, unique=True)
    publicaciones = relationship('Publicacion', secondary=publicacion_etiqueta, back_populates='etiquetas')
