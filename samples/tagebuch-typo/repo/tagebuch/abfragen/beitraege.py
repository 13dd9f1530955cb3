from typing import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from tagebuch.modelle import Beitrag, Benutzer


def beitraege_von_benutzer(session: Session, benutzername: str) -> Sequence[Beitrag]:
    """Alle Beiträge eines Benutzers mit Kommentaren."""
    stmt = (
        select(Beitrag)
        .join(Beitrag.benutzer)
        .where(Benutzer.benutzername == benutzername)
        .options(selectinload(Beitrag.kommentare))
        .order_by(Beitrag.id)
    )
    return session.scalars(stmt).all()


def neueste_beitraege(session: Session, anzahl: int = 10) -> Sequence[Beitrag]:
    """Neueste Beiträge mit Benutzer, Kommentaren und Schlagwörtern (kein N+1)."""
    stmt = (
        select(Beitrag)
        .options(
            joinedload(Beitrag.benutzer),
            selectinload(Beitrag.kommentare),
            selectinload(Beitrag.schlagwoerter),
        )
        .order_by(Beitrag.id.desc())
        .limit(anzahl)
    )
    return session.scalars(stmt).all()
