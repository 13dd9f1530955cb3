"""Klassen über den Tabellen. Rückmeldungen sind polymorph: Kommentar eines Nutzers oder Gastbeitrag."""
from __future__ import annotations

from sqlalchemy.ext.associationproxy import association_proxy
from sqlalchemy.orm import DeclarativeBase, relationship

from tagebuch import schema


class Abbild(DeclarativeBase):
    """Gemeinsame Basis; die Spalten stehen in `schema`."""

    metadata = schema.meta

    def __repr__(self) -> str:
        return f"{type(self).__name__}(nr={self.nr})"


_KINDER = {"cascade": "all, delete-orphan", "passive_deletes": True}


class Nutzer(Abbild):
    """Angemeldete Person."""

    __table__ = schema.nutzer

    eintraege = relationship("Eintrag", back_populates="nutzer", **_KINDER)
    kommentare = relationship("Kommentar", back_populates="nutzer", **_KINDER)


class Eintrag(Abbild):
    """Tagebucheintrag."""

    __table__ = schema.eintrag

    nutzer = relationship("Nutzer", back_populates="eintraege")
    rueckmeldungen = relationship(
        "Rueckmeldung", back_populates="eintrag", order_by=schema.rueckmeldung.c.nr, **_KINDER
    )
    stichworte = relationship("Stichwort", secondary=schema.eintrag_stichwort, back_populates="eintraege")
    woerter = association_proxy("stichworte", "wort", creator=lambda w: Stichwort(wort=w))


class Rueckmeldung(Abbild):
    """Oberklasse aller Rückmeldungen zu einem Eintrag."""

    __table__ = schema.rueckmeldung
    __mapper_args__ = {"polymorphic_on": schema.rueckmeldung.c.art}

    eintrag = relationship("Eintrag", back_populates="rueckmeldungen")


class Kommentar(Rueckmeldung):
    """Rückmeldung eines Nutzers."""

    __mapper_args__ = {"polymorphic_identity": "kommentar"}

    nutzer = relationship("Nutzer", back_populates="kommentare")


class Gastbeitrag(Rueckmeldung):
    """Rückmeldung ohne Anmeldung."""

    __mapper_args__ = {"polymorphic_identity": "gast"}


class Stichwort(Abbild):
    """Stichwort."""

    __table__ = schema.stichwort

    eintraege = relationship("Eintrag", secondary=schema.eintrag_stichwort, back_populates="stichworte")
