"""Casos de uso de lectura."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload, sessionmaker

from bitacora.modelos import Comentario, Estado, Publicacion, Usuario
from bitacora.uow import unidad_de_trabajo


@dataclass(frozen=True, slots=True)
class Pagina:
    elementos: Sequence[Publicacion]
    total: int
    numero: int


class ServicioPublicaciones:
    """Recibe la fábrica de sesiones; lo que devuelve se puede usar con la sesión ya cerrada."""

    def __init__(self, fabrica_sesiones: sessionmaker[Session]) -> None:
        self._fabrica = fabrica_sesiones

    def publicaciones_de_usuario(self, alias: str) -> Sequence[Publicacion]:
        """Todas las publicaciones de un usuario con sus comentarios y quién los escribió."""
        with unidad_de_trabajo(self._fabrica) as sesion:
            usuario = sesion.scalars(select(Usuario).where(Usuario.alias == alias)).one_or_none()
            if usuario is None:
                return []
            consulta = (
                usuario.publicaciones.select()
                .options(selectinload(Publicacion.comentarios).joinedload(Comentario.autor))
                .order_by(Publicacion.creado_en.desc(), Publicacion.id.desc())
            )
            return sesion.scalars(consulta).all()

    def portada(self, numero: int = 1, tamano: int = 20) -> Pagina:
        """Página de publicaciones visibles con autor, etiquetas y comentarios, sin N+1 (4 sentencias siempre)."""
        visibles = Publicacion.estado == Estado.publicado
        with unidad_de_trabajo(self._fabrica) as sesion:
            total = sesion.scalar(select(func.count()).select_from(Publicacion).where(visibles)) or 0
            elementos = sesion.scalars(
                select(Publicacion)
                .where(visibles)
                .options(
                    joinedload(Publicacion.autor, innerjoin=True),
                    selectinload(Publicacion.etiquetas),
                    selectinload(Publicacion.comentarios),
                )
                .order_by(Publicacion.creado_en.desc(), Publicacion.id.desc())
                .limit(tamano)
                .offset((numero - 1) * tamano)
            ).all()
        return Pagina(elementos, total, numero)
