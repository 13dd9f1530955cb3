from __future__ import annotations

import os

from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker

from carnet.infrastructure.mappers import demarrer_mappers

moteur = create_engine(os.environ.get("CARNET_DB_URL", "sqlite:///carnet.db"))
fabrique = sessionmaker(moteur)


class UniteDeTravail:
    """Contexte transactionnel : ``with UniteDeTravail() as uow: uow.session...``."""

    session: Session

    def __init__(self, fabrique_session: sessionmaker[Session] = fabrique) -> None:
        demarrer_mappers()
        self._fabrique = fabrique_session

    def __enter__(self) -> UniteDeTravail:
        self.session = self._fabrique()
        return self

    def __exit__(self, *exc: object) -> None:
        self.session.rollback()
        self.session.close()

    def valider(self) -> None:
        self.session.commit()
