"""Lecturas de publicaciones. Cada método dice qué relaciones entrega ya cargadas."""
import uuid
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, raiseload, selectinload

from revista.modelos import Comentario, Etiqueta, Publicacion


class RepositorioPublicaciones:
    def __init__(self, sesion: AsyncSession) -> None:
        self._sesion = sesion

    async def de_usuario_con_comentarios(self, usuario_id: uuid.UUID) -> Sequence[Publicacion]:
        """Todas las publicaciones de un usuario, cada una con sus comentarios. Dos sentencias."""
        consulta = (
            select(Publicacion)
            .where(Publicacion.autor_id == usuario_id)
            .options(selectinload(Publicacion.comentarios), raiseload("*"))
            .order_by(Publicacion.creado_en.desc(), Publicacion.id)
        )
        return (await self._sesion.scalars(consulta)).all()

    async def portada(self, limite: int = 20, desde: int = 0) -> Sequence[Publicacion]:
        """Últimas publicaciones con autor, etiquetas y comentarios (con su autor), sin N+1."""
        consulta = (
            select(Publicacion)
            .options(
                joinedload(Publicacion.autor),
                selectinload(Publicacion.etiquetas),
                selectinload(Publicacion.comentarios).joinedload(Comentario.autor),
            )
            .order_by(Publicacion.creado_en.desc(), Publicacion.id)
            .limit(limite)
            .offset(desde)
        )
        return (await self._sesion.scalars(consulta)).all()

    async def uso_de_etiquetas(self) -> list[tuple[str, int]]:
        """Número de publicaciones por etiqueta; también las etiquetas sin uso."""
        consulta = (
            select(Etiqueta.nombre, func.count(Publicacion.id))
            .outerjoin(Etiqueta.publicaciones)
            .group_by(Etiqueta.nombre)
            .order_by(Etiqueta.nombre)
        )
        return [(nombre, total) for nombre, total in await self._sesion.execute(consulta)]
