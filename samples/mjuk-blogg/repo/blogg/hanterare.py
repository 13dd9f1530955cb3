"""Hanterare (som Djangos managers) och oföränderliga frågor (som QuerySet)."""
from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from blogg.db import session

if TYPE_CHECKING:
    from blogg.modeller import Inlagg

M = TypeVar("M")


class Fraga(Generic[M]):
    """En SELECT som går att bygga på. Körs när man itererar."""

    def __init__(self, modell: type[M], sats: Select[Any] | None = None) -> None:
        self.modell = modell
        self.sats = select(modell) if sats is None else sats

    def _ny(self, sats: Select[Any]) -> Fraga[M]:
        return type(self)(self.modell, sats)

    def filter(self, *villkor: Any) -> Fraga[M]:
        return self._ny(self.sats.where(*villkor))

    def forsta(self, antal: int) -> Fraga[M]:
        return self._ny(self.sats.limit(antal))

    def alla(self) -> list[M]:
        return list(session.scalars(self.sats).unique())

    def __iter__(self) -> Iterator[M]:
        return iter(self.alla())


class InlaggsFraga(Fraga["Inlagg"]):
    def av(self, anvandarnamn: str) -> InlaggsFraga:
        from blogg.modeller import Inlagg, Medlem

        return self._ny(self.sats.join(Inlagg.medlem).where(Medlem.anvandarnamn == anvandarnamn))

    def med_kommentarer(self) -> InlaggsFraga:
        """Kommentarer och deras författare i en extra fråga."""
        from blogg.modeller import Inlagg, Kommentar

        return self._ny(self.sats.options(selectinload(Inlagg.kommentarer).joinedload(Kommentar.medlem)))

    def med_allt(self) -> InlaggsFraga:
        from blogg.modeller import Inlagg

        return self.med_kommentarer()._ny(
            self.med_kommentarer().sats.options(joinedload(Inlagg.medlem), selectinload(Inlagg.taggar))
        )

    def nyast(self) -> InlaggsFraga:
        from blogg.modeller import Inlagg

        return self._ny(self.sats.order_by(Inlagg.skapad.desc(), Inlagg.id.desc()))


class Hanterare:
    """Deskriptor: `Modell.objekt` ger en färsk fråga."""

    def __init__(self, fraga: type[Fraga] = Fraga) -> None:
        self.fraga = fraga

    def __get__(self, objekt: object | None, klass: type) -> Fraga:
        if objekt is not None:
            raise AttributeError("hanteraren nås bara via klassen")
        return self.fraga(klass)
