"""Lesezugriffe."""
from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from redaktion.modelle import Beitrag, BeitragSchlagwort, Kommentar
from redaktion.schema import beitrag, benutzer, kommentar


@dataclass(slots=True)
class KommentarZeile:
    id: int
    text: str
    autor: str


@dataclass(slots=True)
class BeitragMitKommentaren:
    id: int
    titel: str
    inhalt: str
    erstellt_am: datetime
    kommentare: list[KommentarZeile] = field(default_factory=list)


def beitraege_von(session: Session, email: str) -> list[BeitragMitKommentaren]:
    """Alle (nicht gelöschten) Beiträge einer Person samt Kommentaren: zwei Statements, unabhängig von der Menge."""
    zeilen = session.execute(
        select(beitrag.c.id, beitrag.c.titel, beitrag.c.inhalt, beitrag.c.erstellt_am)
        .join(benutzer, benutzer.c.id == beitrag.c.autor_id)
        .where(benutzer.c.email == email, beitrag.c.geloescht_am.is_(None))
        .order_by(beitrag.c.erstellt_am.desc(), beitrag.c.id.desc())
    ).all()

    je_beitrag: dict[int, list[KommentarZeile]] = defaultdict(list)
    antworten = session.execute(
        select(kommentar.c.beitrag_id, kommentar.c.id, kommentar.c.text, benutzer.c.anzeigename)
        .join(benutzer, benutzer.c.id == kommentar.c.autor_id)
        .where(kommentar.c.beitrag_id.in_([z.id for z in zeilen]))
        .order_by(kommentar.c.id)
    )
    for beitrag_id, id_, text, name in antworten:
        je_beitrag[beitrag_id].append(KommentarZeile(id_, text, name))

    return [BeitragMitKommentaren(*z, kommentare=je_beitrag[z.id]) for z in zeilen]


def startseite(session: Session, grenze: int = 20) -> list[Beitrag]:
    """Neueste Beiträge mit Autor, Kommentaren (und deren Autoren) und Schlagworten, alles eifrig geladen."""
    return list(
        session.scalars(
            select(Beitrag)
            .where(Beitrag.geloescht_am.is_(None))
            .options(
                joinedload(Beitrag.autor),
                selectinload(Beitrag.kommentare).joinedload(Kommentar.autor),
                selectinload(Beitrag.schlagwort_zuordnungen).joinedload(BeitragSchlagwort.schlagwort),
            )
            .order_by(Beitrag.erstellt_am.desc(), Beitrag.id.desc())
            .limit(grenze)
        )
    )
