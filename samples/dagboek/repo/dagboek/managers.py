"""Managers in de trant van Django: `Bericht.objecten.van_auteur(...)`."""
from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, scoped_session, sessionmaker

M = TypeVar("M")

sessie = scoped_session(sessionmaker(expire_on_commit=False))


def actieve_sessie() -> Session:
    return sessie()


class Manager(Generic[M]):
    """Beschrijver die zich aan de klasse bindt waarop hij wordt opgevraagd."""

    model: type[M]

    def __get__(self, _instantie: Any, eigenaar: type[M]) -> "Manager[M]":
        gebonden = type(self)()
        gebonden.model = eigenaar
        return gebonden

    def kies(self) -> Select[tuple[M]]:
        return select(self.model)

    def alles(self, opdracht: Select[tuple[M]]) -> Sequence[M]:
        return actieve_sessie().scalars(opdracht).unique().all()
