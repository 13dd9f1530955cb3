"""Tabelas e mapeamento imperativo."""
from sqlalchemy import Boolean, Column, DateTime, ForeignKey, Integer, MetaData, String, Table, Text, false
from sqlalchemy.orm import registry, relationship

from blogue.dominio.modelos import Autor, Comentario, Marcador, Postagem

metadados = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
registro = registry(metadata=metadados)

autores = Table(
    "autores",
    metadados,
    Column("id", Integer, primary_key=True),
    Column("apelido", String(40), nullable=False, unique=True),
    Column("email", String(255), nullable=False, unique=True),
    Column("biografia", Text),
    Column("criado_em", DateTime(timezone=True), nullable=False),
)

postagens = Table(
    "postagens",
    metadados,
    Column("id", Integer, primary_key=True),
    Column("autor_id", ForeignKey("autores.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("titulo", String(180), nullable=False),
    Column("texto", Text, nullable=False),
    Column("rascunho", Boolean, nullable=False, server_default=false()),
    Column("criada_em", DateTime(timezone=True), nullable=False),
)

comentarios = Table(
    "comentarios",
    metadados,
    Column("id", Integer, primary_key=True),
    Column("postagem_id", ForeignKey("postagens.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("autor_id", ForeignKey("autores.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("texto", Text, nullable=False),
    Column("criado_em", DateTime(timezone=True), nullable=False),
)

marcadores = Table(
    "marcadores",
    metadados,
    Column("id", Integer, primary_key=True),
    Column("nome", String(50), nullable=False, unique=True),
)

postagens_marcadores = Table(
    "postagens_marcadores",
    metadados,
    Column("postagem_id", ForeignKey("postagens.id", ondelete="CASCADE"), primary_key=True),
    Column("marcador_id", ForeignKey("marcadores.id", ondelete="CASCADE"), primary_key=True),
)


def iniciar_mapeamentos() -> None:
    """Liga as entidades às tabelas. Pode ser chamada mais de uma vez."""
    if registro.mappers:
        return
    propria = {"cascade": "all, delete-orphan", "passive_deletes": True}
    registro.map_imperatively(
        Autor,
        autores,
        properties={
            "postagens": relationship(Postagem, back_populates="autor", **propria),
            "comentarios": relationship(Comentario, back_populates="autor", **propria),
        },
    )
    registro.map_imperatively(
        Postagem,
        postagens,
        properties={
            "autor": relationship(Autor, back_populates="postagens"),
            "comentarios": relationship(Comentario, back_populates="postagem", order_by=comentarios.c.id, **propria),
            "marcadores": relationship(Marcador, secondary=postagens_marcadores, back_populates="postagens"),
        },
    )
    registro.map_imperatively(
        Comentario,
        comentarios,
        properties={
            "autor": relationship(Autor, back_populates="comentarios"),
            "postagem": relationship(Postagem, back_populates="comentarios"),
        },
    )
    registro.map_imperatively(
        Marcador,
        marcadores,
        properties={"postagens": relationship(Postagem, secondary=postagens_marcadores, back_populates="marcadores")},
    )
