"""Consultas."""
from typing import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from almacen.modelos import Articulo, Etiqueta, Usuario


def articulos_de_usuario(bd: Session, nombre_usuario: str) -> Sequence[Articulo]:
    """Todos los artículos de un usuario con sus comentarios (carga ansiosa)."""
    consulta = (
        select(Articulo)
        .join(Articulo.usuario)
        .join(Articulo.comentarios)
        .where(Usuario.nombre_usuario == nombre_usuario)
        .options(selectinload(Articulo.comentarios))
        .order_by(Articulo.creado.desc(), Articulo.id)
    )
    return bd.scalars(consulta).all()


def etiquetas(bd: Session) -> Sequence[Etiqueta]:
    """Etiquetas por nombre."""
    return bd.scalars(select(Etiqueta).order_by(Etiqueta.nombre)).all()
