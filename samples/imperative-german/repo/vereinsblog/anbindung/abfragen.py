"""Lesende Abfragen. Setzt voraus, dass start_mappers() gelaufen ist."""
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from vereinsblog.anbindung.orm import beitrag_schlagwort, beitraege, schlagwoerter
from vereinsblog.fachmodell.modell import Beitrag, Kommentar, Mitglied


def beitraege_eines_mitglieds(sitzung: Session, anmeldename: str) -> Sequence[Beitrag]:
    """Alle Beiträge eines Mitglieds mit ihren Kommentaren, neueste zuerst."""
    anweisung = (
        select(Beitrag)
        .join(Beitrag.verfasser)
        .where(Mitglied.anmeldename == anmeldename)
        .options(joinedload(Beitrag.kommentare))
        .order_by(beitraege.c.erstellt_am.desc(), beitraege.c.id.desc())
    )
    return sitzung.scalars(anweisung).unique().all()


def startseite(sitzung: Session, anzahl: int = 20) -> Sequence[Beitrag]:
    """Neueste Beiträge mit Verfasser, Schlagwörtern und Kommentaren (samt deren Verfassern), ohne N+1."""
    anweisung = (
        select(Beitrag)
        .options(
            joinedload(Beitrag.verfasser),
            selectinload(Beitrag.schlagwoerter),
            selectinload(Beitrag.kommentare).joinedload(Kommentar.verfasser),
        )
        .order_by(beitraege.c.erstellt_am.desc(), beitraege.c.id.desc())
        .limit(anzahl)
    )
    return sitzung.scalars(anweisung).all()


def schlagwort_haeufigkeit(sitzung: Session) -> list[tuple[str, int]]:
    """Wie oft jedes Schlagwort vergeben ist. Reines Core, hier werden keine Objekte gebraucht."""
    anzahl = func.count(beitrag_schlagwort.c.beitrag_id)
    anweisung = (
        select(schlagwoerter.c.wort, anzahl)
        .select_from(schlagwoerter.outerjoin(beitrag_schlagwort))
        .group_by(schlagwoerter.c.wort)
        .order_by(anzahl.desc(), schlagwoerter.c.wort)
    )
    return [(wort, n) for wort, n in sitzung.execute(anweisung)]
