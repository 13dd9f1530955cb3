"""Specifikace: skládatelné podmínky, řazení a plán načítání."""
from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_
from sqlalchemy.orm import joinedload, selectinload

from zapisnik.model import Komentar, Prispevek, Stitek, Uzivatel


class Specifikace(ABC):
    """Co má výsledek splňovat."""

    @abstractmethod
    def podminka(self) -> ColumnElement[bool]: ...

    def uprav(self, dotaz: Select[Any]) -> Select[Any]:
        """Řazení a načítání navíc; podtřídy přidávají."""
        return dotaz.where(self.podminka())

    def __and__(self, dalsi: Specifikace) -> Specifikace:
        return Zaroven(self, dalsi)


@dataclass(frozen=True)
class Zaroven(Specifikace):
    leva: Specifikace
    prava: Specifikace

    def podminka(self) -> ColumnElement[bool]:
        return and_(self.leva.podminka(), self.prava.podminka())

    def uprav(self, dotaz: Select[Any]) -> Select[Any]:
        return self.prava.uprav(self.leva.uprav(dotaz))


@dataclass(frozen=True)
class NapsalUzivatel(Specifikace):
    prezdivka: str

    def podminka(self) -> ColumnElement[bool]:
        return Prispevek.autor.has(Uzivatel.prezdivka == self.prezdivka)


@dataclass(frozen=True)
class MaStitek(Specifikace):
    nazev: str

    def podminka(self) -> ColumnElement[bool]:
        return Prispevek.stitky.any(Stitek.nazev == self.nazev)


@dataclass(frozen=True)
class SKomentari(Specifikace):
    """Nefiltruje, jen přikáže načíst komentáře a jejich autory najednou."""

    def podminka(self) -> ColumnElement[bool]:
        return Prispevek.id.is_not(None)

    def uprav(self, dotaz: Select[Any]) -> Select[Any]:
        return dotaz.options(selectinload(Prispevek.komentare).joinedload(Komentar.autor))


@dataclass(frozen=True)
class SAutoremAStitky(Specifikace):
    def podminka(self) -> ColumnElement[bool]:
        return Prispevek.id.is_not(None)

    def uprav(self, dotaz: Select[Any]) -> Select[Any]:
        return dotaz.options(joinedload(Prispevek.autor), selectinload(Prispevek.stitky))


@dataclass(frozen=True)
class Nejnovejsi(Specifikace):
    pocet: int | None = None

    def podminka(self) -> ColumnElement[bool]:
        return Prispevek.id.is_not(None)

    def uprav(self, dotaz: Select[Any]) -> Select[Any]:
        return dotaz.order_by(Prispevek.vytvoreno.desc(), Prispevek.id.desc()).limit(self.pocet)
