"""Olvasó lekérdezések."""
from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, immediateload, joinedload

from naplo.modellek import Bejegyzes, BejegyzesCimke, Cimke, Hozzaszolas


def szerzo_bejegyzesei(munkamenet: Session, szerzo_id: int) -> Sequence[Bejegyzes]:
    """Egy szerző bejegyzései a hozzászólásokkal."""
    return munkamenet.scalars(
        select(Bejegyzes)
        .where(Bejegyzes.szerzo_id == szerzo_id)
        .options(immediateload(Bejegyzes.hozzaszolasok))
        .order_by(Bejegyzes.letrehozva.desc())
    ).all()


def kezdolap(munkamenet: Session, darab: int = 20) -> Sequence[Bejegyzes]:
    """A legújabb bejegyzések szerzővel, hozzászólásokkal és azok szerzőivel, azonnali betöltéssel."""
    return munkamenet.scalars(
        select(Bejegyzes)
        .options(
            joinedload(Bejegyzes.szerzo),
            immediateload(Bejegyzes.hozzaszolasok).joinedload(Hozzaszolas.szerzo),
        )
        .order_by(Bejegyzes.letrehozva.desc())
        .limit(darab)
    ).all()


def cimkek(munkamenet: Session, bejegyzes_id: int) -> Sequence[str]:
    """Egy bejegyzés címkéi."""
    return munkamenet.scalars(
        select(Cimke.nev)
        .join(BejegyzesCimke, BejegyzesCimke.cimke_id == Cimke.id)
        .where(BejegyzesCimke.bejegyzes_id == bejegyzes_id)
        .order_by(Cimke.nev)
    ).all()
