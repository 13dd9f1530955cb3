"""Consultas sobre articulos."""
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from app.modelos import Articulo, Comentario


class RepositorioArticulos:
    def __init__(self, sesion: AsyncSession) -> None:
        self.sesion = sesion

    async def obtener_articulos_de_usuario(self, usuario_id: int) -> Sequence[Articulo]:
        """Todos los articulos de un usuario con sus comentarios."""
        consulta = (
            select(Articulo)
            .where(Articulo.autor_id == usuario_id)
            .options(selectinload(Articulo.comentarios))
            .order_by(Articulo.creado_en.desc(), Articulo.id.desc())
        )
        resultado = await self.sesion.execute(consulta)
        return resultado.scalars().all()

    async def portada(self, limite: int = 20) -> Sequence[Articulo]:
        """Ultimos articulos con autor, comentarios, autores de comentarios y etiquetas, sin N+1."""
        consulta = (
            select(Articulo)
            .options(
                joinedload(Articulo.autor),
                selectinload(Articulo.comentarios).joinedload(Comentario.autor),
                selectinload(Articulo.etiquetas),
            )
            .order_by(Articulo.creado_en.desc(), Articulo.id.desc())
            .limit(limite)
        )
        return (await self.sesion.scalars(consulta)).all()
