"""Datamodellen: skribenter, inlägg, kommentarer och etiketter."""
import datetime as dt
from typing import Annotated

from sqlalchemy import DateTime, ForeignKey, String, Text, UniqueConstraint, func
from sqlalchemy.ext.asyncio import AsyncAttrs
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

pk = Annotated[int, mapped_column(primary_key=True)]
tid = Annotated[dt.datetime, mapped_column(DateTime(timezone=True), server_default=func.now())]
skribent_fk = Annotated[int, mapped_column(ForeignKey("skribent.id", ondelete="RESTRICT"))]


class Rot(AsyncAttrs, DeclarativeBase):
    """Bas för alla tabeller."""

    id: Mapped[pk]
    skapad: Mapped[tid]

    def __repr__(self) -> str:
        return f"<{self.__class__.__name__} {self.id}>"


class Skribent(Rot):
    """Konto som skriver och kommenterar. Tas inte bort så länge det äger innehåll."""

    __tablename__ = "skribent"

    anvandarnamn: Mapped[str] = mapped_column(String(40), unique=True)
    epost: Mapped[str] = mapped_column(String(254), unique=True)

    inlagg: Mapped[list["Inlagg"]] = relationship(back_populates="skribent", passive_deletes="all")
    kommentarer: Mapped[list["Kommentar"]] = relationship(back_populates="skribent", passive_deletes="all")


class Etikettering(Rot):
    """Koppling mellan inlägg och etikett."""

    __tablename__ = "etikettering"
    __table_args__ = (UniqueConstraint("inlagg_id", "etikett_id"),)

    inlagg_id: Mapped[int] = mapped_column(ForeignKey("inlagg.id", ondelete="CASCADE"))
    etikett_id: Mapped[int] = mapped_column(ForeignKey("etikett.id", ondelete="CASCADE"))


class Inlagg(Rot):
    """Blogginlägg."""

    __tablename__ = "inlagg"

    skribent_id: Mapped[skribent_fk]
    rubrik: Mapped[str] = mapped_column(String(200))
    brodtext: Mapped[str] = mapped_column(Text)

    skribent: Mapped[Skribent] = relationship(back_populates="inlagg")
    kommentarer: Mapped[list["Kommentar"]] = relationship(
        back_populates="inlagg", cascade="all, delete-orphan", passive_deletes=True, order_by="Kommentar.id"
    )
    etiketter: Mapped[list["Etikett"]] = relationship(secondary="etikettering", back_populates="inlagg")


class Kommentar(Rot):
    """Kommentar till ett inlägg."""

    __tablename__ = "kommentar"

    inlagg_id: Mapped[int] = mapped_column(ForeignKey("inlagg.id", ondelete="CASCADE"), index=True)
    skribent_id: Mapped[skribent_fk]
    text: Mapped[str] = mapped_column(Text)

    inlagg: Mapped[Inlagg] = relationship(back_populates="kommentarer")
    skribent: Mapped[Skribent] = relationship(back_populates="kommentarer")


class Etikett(Rot):
    """Etikett."""

    __tablename__ = "etikett"

    namn: Mapped[str] = mapped_column(String(50), unique=True)

    inlagg: Mapped[list[Inlagg]] = relationship(secondary="etikettering", back_populates="etiketter")
