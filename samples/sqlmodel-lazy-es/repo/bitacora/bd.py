from collections.abc import Iterator

from sqlmodel import Session, create_engine

motor = create_engine("sqlite:///bitacora.db")


def obtener_sesion() -> Iterator[Session]:
    with Session(motor) as sesion:
        yield sesion
