from typing import Iterator

from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker

motor = create_engine("sqlite:///./almacen.db", connect_args={"check_same_thread": False})
SesionLocal = sessionmaker(bind=motor, autoflush=False)


def obtener_bd() -> Iterator[Session]:
    bd = SesionLocal()
    try:
        yield bd
    finally:
        bd.close()
