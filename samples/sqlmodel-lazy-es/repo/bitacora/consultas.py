from collections.abc import Sequence

from sqlalchemy.orm import selectinload
from sqlmodel import Session, col, select

from .modelos import Etiqueta, Publicacion, PublicacionEtiqueta, Usuario


def publicaciones_de_usuario(sesion: Session, correo: str) -> Sequence[Publicacion]:
    """Publicaciones de un usuario; sus comentarios están en ``publicacion.comentarios``."""
    consulta = (
        select(Publicacion)
        .join(Usuario)
        .where(Usuario.correo == correo)
        .order_by(col(Publicacion.creada).desc(), col(Publicacion.id).desc())
    )
    return sesion.exec(consulta).all()


def ultimas_publicaciones(sesion: Session, limite: int = 20) -> Sequence[Publicacion]:
    """Últimas publicaciones con autor, comentarios y etiquetas, sin el problema N+1."""
    consulta = (
        select(Publicacion)
        .options(
            selectinload(Publicacion.autor),
            selectinload(Publicacion.comentarios),
            selectinload(Publicacion.etiquetas),
        )
        .order_by(col(Publicacion.creada).desc(), col(Publicacion.id).desc())
        .limit(limite)
    )
    return sesion.exec(consulta).all()


def obtener_o_crear_etiqueta(sesion: Session, nombre: str) -> Etiqueta:
    """Devuelve la etiqueta con ese nombre y la crea si no existe."""
    nombre = nombre.strip().lower()
    etiqueta = sesion.exec(select(Etiqueta).where(Etiqueta.nombre == nombre)).first()
    if etiqueta is None:
        etiqueta = Etiqueta(nombre=nombre)
        sesion.add(etiqueta)
        sesion.flush()
    return etiqueta


def quitar_etiqueta(sesion: Session, publicacion_id: int, etiqueta_id: int) -> bool:
    enlace = sesion.get(PublicacionEtiqueta, (publicacion_id, etiqueta_id))
    if enlace is None:
        return False
    sesion.delete(enlace)
    sesion.commit()
    return True
