"""Gegevensmodel. Een auteur is een persoon met een pagina (joined inheritance); reageren kan iedere persoon."""
from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Column, DateTime, ForeignKey, Index, MetaData, String, Table, Text, func, select
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    declared_attr,
    joinedload,
    mapped_column,
    relationship,
    selectinload,
)

from dagboek.managers import Manager


class Model(DeclarativeBase):
    """Basis: sleutel, tijdstempel en namen voor beperkingen."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )

    def __repr__(self) -> str:
        return f"<{type(self).__name__} #{self.nr}>"


class Genummerd:
    nr: Mapped[int] = mapped_column(primary_key=True)


class Gedateerd:
    aangemaakt: Mapped[datetime] = mapped_column(DateTime, server_default=func.now())


class VanPersoon:
    """Verwijzing naar de persoon die het geschreven heeft."""

    @declared_attr
    def persoon_nr(cls) -> Mapped[int]:
        return mapped_column(ForeignKey("persoon.nr", ondelete="CASCADE"), index=True)


bericht_trefwoord = Table(
    "bericht_trefwoord",
    Model.metadata,
    Column("bericht_nr", ForeignKey("bericht.nr", ondelete="CASCADE"), primary_key=True),
    Column("trefwoord_nr", ForeignKey("trefwoord.nr", ondelete="CASCADE"), primary_key=True),
    Index(None, "trefwoord_nr"),
)


class Persoon(Genummerd, Gedateerd, Model):
    """Iedereen met een account."""

    __tablename__ = "persoon"
    __mapper_args__ = {"polymorphic_on": "soort", "polymorphic_identity": "lezer"}

    soort: Mapped[str] = mapped_column(String(10))
    email: Mapped[str] = mapped_column(String(254), unique=True)
    voornaam: Mapped[str] = mapped_column(String(60))
    achternaam: Mapped[str] = mapped_column(String(60))

    reacties: Mapped[list[Reactie]] = relationship(
        back_populates="persoon", cascade="all, delete-orphan", passive_deletes=True
    )

    @hybrid_property
    def naam(self) -> str:
        return f"{self.voornaam} {self.achternaam}"

    @naam.inplace.expression
    @classmethod
    def _naam(cls):
        return cls.voornaam + " " + cls.achternaam


class Auteur(Persoon):
    """Een persoon die berichten schrijft."""

    __tablename__ = "auteur"
    __mapper_args__ = {"polymorphic_identity": "auteur"}

    nr: Mapped[int] = mapped_column(ForeignKey("persoon.nr", ondelete="CASCADE"), primary_key=True)
    pagina: Mapped[str] = mapped_column(String(80), unique=True)

    berichten: Mapped[list[Bericht]] = relationship(
        back_populates="auteur", cascade="all, delete-orphan", passive_deletes=True
    )


class BerichtManager(Manager["Bericht"]):
    def van_auteur(self, auteur_nr: int) -> Sequence[Bericht]:
        """Berichten van een auteur met hun reacties."""
        return self.alles(
            self.kies()
            .where(self.model.auteur_nr == auteur_nr)
            .options(selectinload(self.model.reacties))
            .order_by(self.model.aangemaakt.desc(), self.model.nr.desc())
        )

    def voorpagina(self, aantal: int = 15) -> Sequence[Bericht]:
        """Nieuwste berichten met auteur, trefwoorden en reacties met hun schrijver; geen N+1."""
        return self.alles(
            self.kies()
            .options(
                joinedload(self.model.auteur),
                selectinload(self.model.trefwoorden),
                selectinload(self.model.reacties).joinedload(Reactie.persoon),
            )
            .order_by(self.model.aangemaakt.desc(), self.model.nr.desc())
            .limit(aantal)
        )


class Bericht(Genummerd, Gedateerd, Model):
    """Bericht op de pagina van een auteur."""

    __tablename__ = "bericht"

    auteur_nr: Mapped[int] = mapped_column(ForeignKey("auteur.nr", ondelete="CASCADE"), index=True)
    titel: Mapped[str] = mapped_column(String(150))
    inhoud: Mapped[str] = mapped_column(Text)

    auteur: Mapped[Auteur] = relationship(back_populates="berichten")
    reacties: Mapped[list[Reactie]] = relationship(
        back_populates="bericht", cascade="all, delete-orphan", passive_deletes=True, order_by="Reactie.nr"
    )
    trefwoorden: Mapped[list[Trefwoord]] = relationship(secondary=bericht_trefwoord, back_populates="berichten")

    objecten = BerichtManager()


class Reactie(Genummerd, Gedateerd, VanPersoon, Model):
    """Reactie op een bericht, eventueel op een andere reactie."""

    __tablename__ = "reactie"

    bericht_nr: Mapped[int] = mapped_column(ForeignKey("bericht.nr", ondelete="CASCADE"), index=True)
    op_nr: Mapped[int | None] = mapped_column(ForeignKey("reactie.nr", ondelete="CASCADE"), index=True)
    tekst: Mapped[str] = mapped_column(Text)

    persoon: Mapped[Persoon] = relationship(back_populates="reacties")
    bericht: Mapped[Bericht] = relationship(back_populates="reacties")
    op: Mapped[Reactie | None] = relationship(back_populates="antwoorden", remote_side="Reactie.nr")
    antwoorden: Mapped[list[Reactie]] = relationship(
        back_populates="op", cascade="all, delete-orphan", passive_deletes=True
    )


class Trefwoord(Genummerd, Model):
    """Trefwoord."""

    __tablename__ = "trefwoord"

    woord: Mapped[str] = mapped_column(String(40), unique=True)

    berichten: Mapped[list[Bericht]] = relationship(secondary=bericht_trefwoord, back_populates="trefwoorden")


def aantallen_per_trefwoord():
    """SELECT-opdracht: trefwoord en aantal berichten."""
    return (
        select(Trefwoord.woord, func.count(bericht_trefwoord.c.bericht_nr))
        .outerjoin(bericht_trefwoord)
        .group_by(Trefwoord.woord)
        .order_by(Trefwoord.woord)
    )
