"""Carga adaptativa: elige la estrategia según el volumen."""
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, selectinload

from bitacora.modelos import Entrada, Opinion

UMBRAL = 24


def adaptar(sesion: Session, consulta: Select) -> Select:
    """Añade la carga anticipada cuando el resultado cabe cómodamente en memoria."""
    total = sesion.scalar(select(func.count()).select_from(consulta.order_by(None).subquery()))
    if total <= UMBRAL:
        consulta = consulta.options(
            selectinload(Entrada.opiniones).selectinload(Opinion.escritor),
            selectinload(Entrada.temas),
        )
    return consulta
