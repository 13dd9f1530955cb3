from datetime import datetime

from sqlalchemy import Column, DateTime, ForeignKey, Integer, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import registry, relationship

from blog.dominio.entidades import Autor, Comentario, Marcador, Postagem

mapper_registry = registry()
metadata = mapper_registry.metadata

autores = Table(
    "autores",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("email", String(200), nullable=False, unique=True),
    Column("nome", String(100), nullable=False),
)

postagens = Table(
    "postagens",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("autor_id", ForeignKey("autores.id"), nullable=False),
    Column("titulo", String(200), nullable=False),
    Column("corpo", Text, nullable=False),
    Column("criado_em", DateTime, nullable=False, default=datetime.utcnow),
)

comentarios = Table(
    "comentarios",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("postagem_id", ForeignKey("postagens.id"), nullable=False),
    Column("autor_id", ForeignKey("autores.id"), nullable=False),
    Column("texto", Text, nullable=False),
    Column("criado_em", DateTime, nullable=False, default=datetime.utcnow),
)

marcadores = Table(
    "marcadores",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("nome", String(50), nullable=False),
    UniqueConstraint("nome"),
)

postagem_marcador = Table(
    "postagem_marcador",
    metadata,
    Column("postagem_id", ForeignKey("postagens.id"), primary_key=True),
    Column("marcador_id", ForeignKey("marcadores.id"), primary_key=True),
)


def iniciar_mapeadores():
    mapper_registry.map_imperatively(
        Autor,
        autores,
        properties={"postagens": relationship(Postagem, back_populates="autor", order_by=postagens.c.id)},
    )
    mapper_registry.map_imperatively(
        Postagem,
        postagens,
        properties={
            "autor": relationship(Autor, back_populates="postagens"),
            "comentarios": relationship(Comentario, backref="postagem", cascade="all, delete-orphan"),
            "marcadores": relationship(Marcador, secondary=postagem_marcador, backref="postagens"),
        },
    )
    mapper_registry.map_imperatively(Comentario, comentarios, properties={"autor": relationship(Autor, backref="comentarios")})
    mapper_registry.map_imperatively(Marcador, marcadores)
