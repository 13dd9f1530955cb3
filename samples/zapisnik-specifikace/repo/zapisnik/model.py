"""Mapované dataclassy."""
from __future__ import annotations

from datetime import datetime, timezone
from typing import Annotated

from sqlalchemy import Column, ForeignKey, MetaData, String, Table, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column, relationship


def ted() -> datetime:
    return datetime.now(timezone.utc)


klic = Annotated[int, mapped_column(primary_key=True)]
uzivatel_fk = Annotated[int, mapped_column(ForeignKey("uzivatele.id", ondelete="CASCADE"), index=True)]
dlouhy_text = Annotated[str, mapped_column(Text)]


class Zaklad(MappedAsDataclass, DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Vznik(MappedAsDataclass):
    """Okamžik vzniku; vyplňuje dataclass sama."""

    vytvoreno: Mapped[datetime] = mapped_column(default_factory=ted, kw_only=True)


prispevek_stitek = Table(
    "prispevek_stitek",
    Zaklad.metadata,
    Column("prispevek_id", ForeignKey("prispevky.id", ondelete="CASCADE"), primary_key=True),
    Column("stitek_id", ForeignKey("stitky.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class Uzivatel(Vznik, Zaklad):
    """Autor příspěvků i komentářů."""

    __tablename__ = "uzivatele"

    id: Mapped[klic] = mapped_column(init=False)
    prezdivka: Mapped[str] = mapped_column(String(40), unique=True)
    email: Mapped[str] = mapped_column(String(120), unique=True)

    prispevky: Mapped[list[Prispevek]] = relationship(
        back_populates="autor", cascade="all, delete-orphan", passive_deletes=True, init=False, repr=False
    )
    komentare: Mapped[list[Komentar]] = relationship(
        back_populates="autor", cascade="all, delete-orphan", passive_deletes=True, init=False, repr=False
    )


class Prispevek(Vznik, Zaklad):
    """Jeden zápis."""

    __tablename__ = "prispevky"

    id: Mapped[klic] = mapped_column(init=False)
    autor_id: Mapped[uzivatel_fk] = mapped_column(init=False)
    autor: Mapped[Uzivatel] = relationship(back_populates="prispevky", repr=False)
    nadpis: Mapped[str] = mapped_column(String(150))
    obsah: Mapped[dlouhy_text] = mapped_column(repr=False)

    komentare: Mapped[list[Komentar]] = relationship(
        back_populates="prispevek",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="Komentar.id",
        init=False,
        repr=False,
    )
    stitky: Mapped[set[Stitek]] = relationship(
        secondary=prispevek_stitek, back_populates="prispevky", default_factory=set, repr=False
    )


class Komentar(Vznik, Zaklad):
    """Poznámka uživatele pod příspěvkem."""

    __tablename__ = "komentare"

    id: Mapped[klic] = mapped_column(init=False)
    prispevek_id: Mapped[int] = mapped_column(ForeignKey("prispevky.id", ondelete="CASCADE"), index=True, init=False)
    autor_id: Mapped[uzivatel_fk] = mapped_column(init=False)
    prispevek: Mapped[Prispevek] = relationship(back_populates="komentare", repr=False)
    autor: Mapped[Uzivatel] = relationship(back_populates="komentare", repr=False)
    text: Mapped[dlouhy_text]


class Stitek(Zaklad, unsafe_hash=True):
    """Slovo, podle kterého se příspěvky hledají."""

    __tablename__ = "stitky"

    id: Mapped[klic] = mapped_column(init=False, compare=False)
    nazev: Mapped[str] = mapped_column(String(40), unique=True)

    prispevky: Mapped[list[Prispevek]] = relationship(
        secondary=prispevek_stitek, back_populates="stitky", init=False, repr=False, compare=False
    )
