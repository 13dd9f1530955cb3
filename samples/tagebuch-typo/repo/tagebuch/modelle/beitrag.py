from typing import TYPE_CHECKING, List

from sqlalchemy import Column, ForeignKey, String, Table, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tagebuch.modelle.base import Base, ZeitMixin

if TYPE_CHECKING:
    from tagebuch.modelle.benutzer import Benutzer
    from tagebuch.modelle.kommentar import Kommentar
    from tagebuch.modelle.schlagwort import Schlagwort

beitrag_schlagwort = Table(
    "beitrag_schlagwort",
    Base.metadata,
    Column("beitrag_id", ForeignKey("beitraege.id"), primary_key=True),
    Column("schlagwort_id", ForeignKey("schlagwoerter.id"), primary_key=True),
)


class Beitrag(ZeitMixin, Base):
    __tablename__ = "beitraege"

    id: Mapped[int] = mapped_column(primary_key=True)
    titel: Mapped[str] = mapped_column(String(200))
    inhalt: Mapped[str] = mapped_column(Text)
    benutzer_id: Mapped[int] = mapped_column(ForeignKey("benutzer.id"), index=True)

    benutzer: Mapped["Benutzer"] = relationship(back_populates="beitraege")
    kommentare: Mapped[List["Kommentar"]] = relationship(back_populates="beitrag", cascade="all, delete-orphan")
    schlagwoerter: Mapped[List["Schlagwort"]] = relationship(secondary=beitrag_schlagwort, back_populates="beitraege")
