from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from bitacora.carga import adaptar
from bitacora.modelos import Entrada


def entradas_de_escritor(sesion: Session, escritor_clave: int) -> Sequence[Entrada]:
    """Entradas de un escritor con sus opiniones."""
    consulta = (
        select(Entrada)
        .where(Entrada.escritor_clave == escritor_clave)
        .order_by(Entrada.fecha.desc(), Entrada.clave.desc())
    )
    return sesion.scalars(adaptar(sesion, consulta)).all()


def entradas_recientes(sesion: Session, limite: int = 50) -> Sequence[Entrada]:
    """Entradas recientes con opiniones, quién opina y temas, sin N+1."""
    consulta = select(Entrada).order_by(Entrada.fecha.desc(), Entrada.clave.desc()).limit(limite)
    return sesion.scalars(adaptar(sesion, consulta)).all()
