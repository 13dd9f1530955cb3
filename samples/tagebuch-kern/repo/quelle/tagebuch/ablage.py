"""Generische Ablage; jede konkrete Ablage nennt ihre Ladewege."""
from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload, selectin_polymorphic, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from tagebuch.abbild import Abbild, Eintrag, Kommentar, Rueckmeldung, Stichwort

T = TypeVar("T", bound=Abbild)


class Ablage(Generic[T]):
    """CRUD für eine abgebildete Klasse."""

    klasse: ClassVar[type[Abbild]]
    ladewege: ClassVar[tuple[ORMOption, ...]] = ()
    reihenfolge: ClassVar[tuple[ColumnElement, ...]] = ()

    def __init__(self, sitzung: Session) -> None:
        self.sitzung = sitzung

    def holen(self, nr: int) -> T | None:
        return self.sitzung.get(self.klasse, nr, options=self.ladewege)

    def suchen(self, *bedingungen: ColumnElement[bool], hoechstens: int | None = None) -> Sequence[T]:
        befehl = select(self.klasse).where(*bedingungen).options(*self.ladewege).order_by(*self.reihenfolge)
        if hoechstens is not None:
            befehl = befehl.limit(hoechstens)
        return self.sitzung.scalars(befehl).all()

    def ablegen(self, ding: T) -> T:
        self.sitzung.add(ding)
        self.sitzung.flush()
        return ding

    def anzahl(self, *bedingungen: ColumnElement[bool]) -> int:
        return self.sitzung.scalar(select(func.count()).select_from(self.klasse).where(*bedingungen)) or 0


class EintragAblage(Ablage[Eintrag]):
    klasse = Eintrag
    ladewege = (
        joinedload(Eintrag.nutzer),
        selectinload(Eintrag.stichworte),
        selectinload(Eintrag.rueckmeldungen).options(
            selectin_polymorphic(Rueckmeldung, [Kommentar]), selectinload(Kommentar.nutzer)
        ),
    )
    reihenfolge = (Eintrag.erstellt.desc(), Eintrag.nr.desc())

    def von_nutzer(self, nutzer_nr: int) -> Sequence[Eintrag]:
        """Einträge eines Nutzers mit allen Rückmeldungen."""
        return self.suchen(Eintrag.nutzer_nr == nutzer_nr)

    def startseite(self, hoechstens: int = 20) -> Sequence[Eintrag]:
        """Neueste Einträge mit Nutzer, Stichworten, Rückmeldungen und deren Nutzern; feste Zahl von Abfragen."""
        return self.suchen(hoechstens=hoechstens)


class StichwortAblage(Ablage[Stichwort]):
    klasse = Stichwort
    reihenfolge = (Stichwort.wort,)
