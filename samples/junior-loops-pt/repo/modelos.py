from datetime import datetime

from sqlalchemy import Column, DateTime, ForeignKey, Integer, String, Table, Text, create_engine
from sqlalchemy.orm import declarative_base, relationship, sessionmaker

engine = create_engine("sqlite:///blog.db")
Session = sessionmaker(bind=engine)
session = Session()

Base = declarative_base()

# tabela N:N entre postagem e marcador
postagem_marcador = Table(
    "postagem_marcador",
    Base.metadata,
    Column("postagem_id", Integer, ForeignKey("postagens.id")),
    Column("marcador_id", Integer, ForeignKey("marcadores.id")),
)


class Usuario(Base):
    __tablename__ = "usuarios"

    id = Column(Integer, primary_key=True)
    nome = Column(String(100))
    email = Column(String(100), unique=True)
    senha = Column(String(100))

    postagens = relationship("Postagem", back_populates="usuario")


class Postagem(Base):
    __tablename__ = "postagens"

    id = Column(Integer, primary_key=True)
    titulo = Column(String(100), nullable=False)
    conteudo = Column(Text)
    criado_em = Column(DateTime, default=datetime.utcnow())
    usuario_id = Column(Integer, ForeignKey("usuarios.id"))

    usuario = relationship("Usuario", back_populates="postagens")
    comentarios = relationship("Comentario", back_populates="postagem")
    marcadores = relationship("Marcador", secondary=postagem_marcador)


class Comentario(Base):
    __tablename__ = "comentarios"

    id = Column(Integer, primary_key=True)
    texto = Column(String(500))
    criado_em = Column(DateTime, default=datetime.utcnow())
    postagem_id = Column(Integer, ForeignKey("postagens.id"), nullable=False)
    usuario_id = Column(Integer)  # quem comentou

    postagem = relationship("Postagem", back_populates="comentarios")


class Marcador(Base):
    __tablename__ = "marcadores"

    id = Column(Integer, primary_key=True)
    nome = Column(String(50))


Base.metadata.create_all(engine)
