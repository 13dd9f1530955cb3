"""Medlem, Inlagg, Kommentar, Tagg."""
from __future__ import annotations

from datetime import datetime, timezone
from typing import ClassVar

from sqlalchemy import Column, ForeignKey, MetaData, String, Table, Text, func
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, relationship

from blogg.hanterare import Hanterare, InlaggsFraga


class Modell(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    objekt: ClassVar[Hanterare] = Hanterare()

    @declared_attr.directive
    def __tablename__(cls) -> str:
        """Tabellen heter som klassen, med små bokstäver."""
        return cls.__name__.lower()

    id: Mapped[int] = mapped_column(primary_key=True)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.__dict__.get('id')}>"


class MjukRadering:
    """skapad och raderad_vid."""

    skapad: Mapped[datetime] = mapped_column(server_default=func.current_timestamp())
    raderad_vid: Mapped[datetime | None] = mapped_column()


class AvMedlem:
    """Något som en medlem har skrivit."""

    @declared_attr
    def medlem_id(cls) -> Mapped[int]:
        return mapped_column(ForeignKey("medlem.id", ondelete="RESTRICT"), index=True)

    text: Mapped[str] = mapped_column(Text)


inlagg_tagg = Table(
    "inlagg_tagg",
    Modell.metadata,
    Column("inlagg_id", ForeignKey("inlagg.id", ondelete="CASCADE"), primary_key=True),
    Column("tagg_id", ForeignKey("tagg.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class Medlem(MjukRadering, Modell):
    """Den som skriver."""

    anvandarnamn: Mapped[str] = mapped_column(String(30), unique=True)
    epost: Mapped[str] = mapped_column(String(120), unique=True)

    inlagg: Mapped[list[Inlagg]] = relationship(back_populates="medlem", passive_deletes="all")
    kommentarer: Mapped[list[Kommentar]] = relationship(back_populates="medlem", passive_deletes="all")

    def radera(self) -> None:
        """Mjuk radering av medlemmen och allt hen har skrivit."""
        for inlagg in self.inlagg:
            inlagg.radera()
        for kommentar in self.kommentarer:
            kommentar.raderad_vid = datetime.now(timezone.utc)
        self.raderad_vid = datetime.now(timezone.utc)


class Inlagg(AvMedlem, MjukRadering, Modell):
    """Ett inlägg."""

    objekt: ClassVar[Hanterare] = Hanterare(InlaggsFraga)

    rubrik: Mapped[str] = mapped_column(String(150))

    medlem: Mapped[Medlem] = relationship(back_populates="inlagg")
    kommentarer: Mapped[list[Kommentar]] = relationship(back_populates="inlagg", passive_deletes="all", order_by="Kommentar.id")
    taggar: Mapped[list[Tagg]] = relationship(secondary=inlagg_tagg, back_populates="inlagg", passive_deletes=True)

    def radera(self) -> None:
        """Mjuk radering av inlägget och dess kommentarer."""
        nu = datetime.now(timezone.utc)
        for kommentar in self.kommentarer:
            kommentar.raderad_vid = nu
        self.raderad_vid = nu


class Kommentar(AvMedlem, MjukRadering, Modell):
    """En kommentar till ett inlägg."""

    inlagg_id: Mapped[int] = mapped_column(ForeignKey("inlagg.id", ondelete="RESTRICT"), index=True)

    inlagg: Mapped[Inlagg] = relationship(back_populates="kommentarer")
    medlem: Mapped[Medlem] = relationship(back_populates="kommentarer")


class Tagg(Modell):
    """Ett ämne."""

    namn: Mapped[str] = mapped_column(String(40), unique=True)

    inlagg: Mapped[list[Inlagg]] = relationship(secondary=inlagg_tagg, back_populates="taggar", passive_deletes=True)
