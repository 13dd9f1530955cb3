from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session, sessionmaker

from bitacora.config import url_base_de_datos


@lru_cache
def motor() -> Engine:
    return create_engine(url_base_de_datos(), pool_size=5, max_overflow=10, pool_pre_ping=True)


def fabrica() -> sessionmaker[Session]:
    return sessionmaker(motor(), expire_on_commit=False)


@contextmanager
def unidad_de_trabajo(fabrica_sesiones: sessionmaker[Session]) -> Iterator[Session]:
    """Una transacción: confirma al salir bien, revierte si algo falla."""
    with fabrica_sesiones.begin() as sesion:
        yield sesion
