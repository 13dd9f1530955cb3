"""ORM-Klassen auf den Core-Tabellen."""
from __future__ import annotations

from sqlalchemy.ext.associationproxy import AssociationProxy, association_proxy
from sqlalchemy.orm import DeclarativeBase, Mapped, relationship

from redaktion import schema


class Basis(DeclarativeBase):
    metadata = schema.metadata


class Benutzer(Basis):
    """Schreibt Beiträge und Kommentare; wird nie mit Inhalten gelöscht."""

    __table__ = schema.benutzer

    beitraege: Mapped[list[Beitrag]] = relationship(back_populates="autor", passive_deletes="all")
    kommentare: Mapped[list[Kommentar]] = relationship(back_populates="autor", passive_deletes="all")

    def __repr__(self) -> str:
        return f"<Benutzer {self.email}>"


class Beitrag(Basis):
    """Blogbeitrag."""

    __table__ = schema.beitrag

    autor: Mapped[Benutzer] = relationship(back_populates="beitraege")
    kommentare: Mapped[list[Kommentar]] = relationship(
        back_populates="beitrag", cascade="all, delete-orphan", passive_deletes=True, order_by=schema.kommentar.c.id
    )
    schlagwort_zuordnungen: Mapped[list[BeitragSchlagwort]] = relationship(
        back_populates="beitrag",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by=schema.beitrag_schlagwort.c.position,
    )
    schlagworte: AssociationProxy[list[Schlagwort]] = association_proxy(
        "schlagwort_zuordnungen", "schlagwort", creator=lambda s: BeitragSchlagwort(schlagwort=s)
    )

    def __repr__(self) -> str:
        return f"<Beitrag {self.id}>"


class Kommentar(Basis):
    """Antwort auf einen Beitrag."""

    __table__ = schema.kommentar

    beitrag: Mapped[Beitrag] = relationship(back_populates="kommentare")
    autor: Mapped[Benutzer] = relationship(back_populates="kommentare")

    def __repr__(self) -> str:
        return f"<Kommentar {self.id}>"


class Schlagwort(Basis):
    """Thema eines Beitrags."""

    __table__ = schema.schlagwort

    zuordnungen: Mapped[list[BeitragSchlagwort]] = relationship(
        back_populates="schlagwort", cascade="all, delete-orphan", passive_deletes=True
    )

    def __repr__(self) -> str:
        return f"<Schlagwort {self.name}>"


class BeitragSchlagwort(Basis):
    """Zuordnung mit Reihenfolge."""

    __table__ = schema.beitrag_schlagwort

    beitrag: Mapped[Beitrag] = relationship(back_populates="schlagwort_zuordnungen")
    schlagwort: Mapped[Schlagwort] = relationship(back_populates="zuordnungen")
