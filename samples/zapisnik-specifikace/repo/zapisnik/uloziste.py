"""Obecné úložiště."""
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from zapisnik.model import Zaklad
from zapisnik.specifikace import Specifikace


class Uloziste[T: Zaklad]:
    """`Uloziste(Prispevek, relace).najdi(spec)`; o konkrétním modelu neví nic."""

    def __init__(self, model: type[T], relace: Session) -> None:
        self._model = model
        self._relace = relace

    def pridej(self, objekt: T) -> T:
        self._relace.add(objekt)
        return objekt

    def podle_id(self, id_: int) -> T | None:
        return self._relace.get(self._model, id_)

    def najdi(self, spec: Specifikace) -> Sequence[T]:
        return self._relace.scalars(spec.uprav(select(self._model))).unique().all()
