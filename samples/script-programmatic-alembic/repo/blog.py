#!/usr/bin/env python3
"""Modelo de datos de un blog: Usuario, Articulo, Comentario, Etiqueta."""
import sys
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Column, DateTime, ForeignKey, String, Table, Text, create_engine, event, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, joinedload, mapped_column, relationship, selectinload, sessionmaker

AQUI = Path(__file__).resolve().parent
URL = f"sqlite:///{AQUI / 'blog.db'}"

engine = create_engine(URL)
Sesion = sessionmaker(engine, expire_on_commit=False)


@event.listens_for(engine, "connect")
def activar_claves_foraneas(conexion, _):
    conexion.execute("PRAGMA foreign_keys=ON")


# --- modelos -----------------------------------------------------------------


class Base(DeclarativeBase):
    pass


articulos_etiquetas = Table(
    "articulos_etiquetas",
    Base.metadata,
    Column("articulo_id", ForeignKey("articulos.id", ondelete="CASCADE"), primary_key=True),
    Column("etiqueta_id", ForeignKey("etiquetas.id", ondelete="CASCADE"), primary_key=True),
)


class Usuario(Base):
    __tablename__ = "usuarios"

    id: Mapped[int] = mapped_column(primary_key=True)
    usuario: Mapped[str] = mapped_column(String(40), unique=True)
    correo: Mapped[str | None] = mapped_column(String(120))

    articulos: Mapped[list["Articulo"]] = relationship(back_populates="autor", cascade="all, delete-orphan")
    comentarios: Mapped[list["Comentario"]] = relationship(back_populates="autor", cascade="all, delete-orphan")


class Articulo(Base):
    __tablename__ = "articulos"

    id: Mapped[int] = mapped_column(primary_key=True)
    titulo: Mapped[str] = mapped_column(String(150))
    cuerpo: Mapped[str] = mapped_column(Text)
    fecha: Mapped[datetime] = mapped_column(server_default=func.current_timestamp())
    autor_id: Mapped[int] = mapped_column(ForeignKey("usuarios.id"), index=True)

    autor: Mapped[Usuario] = relationship(back_populates="articulos")
    comentarios: Mapped[list["Comentario"]] = relationship(back_populates="articulo", cascade="all, delete-orphan")
    etiquetas: Mapped[list["Etiqueta"]] = relationship(secondary=articulos_etiquetas)


class Comentario(Base):
    __tablename__ = "comentarios"

    id: Mapped[int] = mapped_column(primary_key=True)
    texto: Mapped[str] = mapped_column(Text)
    articulo_id: Mapped[int] = mapped_column(ForeignKey("articulos.id"), index=True)
    autor_id: Mapped[int] = mapped_column(ForeignKey("usuarios.id"))

    articulo: Mapped[Articulo] = relationship(back_populates="comentarios")
    autor: Mapped[Usuario] = relationship(back_populates="comentarios")


class Etiqueta(Base):
    __tablename__ = "etiquetas"

    id: Mapped[int] = mapped_column(primary_key=True)
    nombre: Mapped[str] = mapped_column(String(30), unique=True)


# --- consultas ---------------------------------------------------------------


def articulos_de(usuario: str) -> list[dict]:
    """Todos los artículos de un usuario con sus comentarios, como diccionarios."""
    with Sesion() as sesion:
        filas = sesion.scalars(
            select(Articulo)
            .join(Articulo.autor)
            .where(Usuario.usuario == usuario)
            .options(selectinload(Articulo.comentarios).joinedload(Comentario.autor))
            .order_by(Articulo.id)
        )
        return [
            {
                "titulo": a.titulo,
                "comentarios": [{"autor": c.autor.usuario, "texto": c.texto} for c in a.comentarios],
            }
            for a in filas
        ]


def portada(cuantos: int = 10) -> list[Articulo]:
    """Últimos artículos con autor, etiquetas y comentarios, sin N+1 (la sesión ya está cerrada al volver)."""
    with Sesion() as sesion:
        return list(
            sesion.scalars(
                select(Articulo)
                .options(
                    joinedload(Articulo.autor),
                    selectinload(Articulo.etiquetas),
                    selectinload(Articulo.comentarios),
                )
                .order_by(Articulo.fecha.desc(), Articulo.id.desc())
                .limit(cuantos)
            )
        )


# --- migraciones y demostración ----------------------------------------------


def alembic_config() -> Config:
    cfg = Config()
    cfg.set_main_option("script_location", str(AQUI / "alembic_scripts"))
    cfg.set_main_option("sqlalchemy.url", URL)
    return cfg


@contextmanager
def contar(nombre):
    sentencias = []

    def anotar(conn, cursor, sql, parametros, contexto, many):
        sentencias.append(sql)

    event.listen(engine, "before_cursor_execute", anotar)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", anotar)
        print(f"-- {nombre}: {len(sentencias)} sentencias")


def sembrar():
    with Sesion.begin() as sesion:
        if sesion.scalar(select(func.count(Usuario.id))):
            return
        ana, beto = Usuario(usuario="ana", correo="ana@ejemplo.com"), Usuario(usuario="beto")
        orm = Etiqueta(nombre="orm")
        for i in range(1, 6):
            articulo = Articulo(titulo=f"Artículo {i}", cuerpo="...", autor=ana, etiquetas=[orm])
            articulo.comentarios = [Comentario(texto="Gracias", autor=beto) for _ in range(i)]
            sesion.add(articulo)


def main():
    accion = sys.argv[1] if len(sys.argv) > 1 else "demo"
    if accion == "downgrade":
        command.downgrade(alembic_config(), "base")
        return
    command.upgrade(alembic_config(), "head")
    if accion == "upgrade":
        return
    sembrar()
    with contar("articulos_de"):
        for articulo in articulos_de("ana"):
            print(articulo["titulo"], len(articulo["comentarios"]), "comentarios")
    with contar("portada"):
        for articulo in portada(3):
            print(articulo.titulo, articulo.autor.usuario, [e.nombre for e in articulo.etiquetas])


if __name__ == "__main__":
    main()
