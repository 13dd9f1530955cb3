from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from os import environ

from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

STANDARD = "postgresql+psycopg://tagebuch:tagebuch@localhost/tagebuch"


@cache
def maschine() -> Engine:
    return create_engine(environ.get("TAGEBUCH_URL", STANDARD), pool_pre_ping=True)


@contextmanager
def arbeitseinheit() -> Iterator[Session]:
    """Sitzung mit Transaktion: bestätigt am Ende, verwirft bei Fehlern."""
    with Session(maschine()) as sitzung, sitzung.begin():
        yield sitzung
