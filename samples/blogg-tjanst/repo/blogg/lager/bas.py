"""Asynkront basförråd i stil med advanced-alchemy, utan beroendet."""
from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.interfaces import ORMOption

from blogg.dom.modeller import Rot

M = TypeVar("M", bound=Rot)


class SaknasError(LookupError):
    """Objektet finns inte."""


class AsyncForrad(Generic[M]):
    modell: type[M]
    laddning: Sequence[ORMOption] = ()

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    def urval(self) -> Select[tuple[M]]:
        return select(self.modell).options(*self.laddning)

    async def hamta(self, id_: int) -> M:
        objekt = await self.session.get(self.modell, id_, options=self.laddning)
        if objekt is None:
            raise SaknasError(f"{self.modell.__name__} {id_}")
        return objekt

    async def lista(self, *villkor: ColumnElement[bool], antal: int = 50, fran: int = 0) -> Sequence[M]:
        urval = self.urval().where(*villkor).order_by(self.modell.skapad.desc()).limit(antal).offset(fran)
        return (await self.session.scalars(urval)).unique().all()

    async def lagg_till(self, **falt: Any) -> M:
        objekt = self.modell(**falt)
        self.session.add(objekt)
        await self.session.flush()
        return objekt

    async def finns(self, *villkor: ColumnElement[bool]) -> bool:
        return bool(await self.session.scalar(select(exists(select(self.modell.id).where(*villkor)))))

    async def antal(self, *villkor: ColumnElement[bool]) -> int:
        return await self.session.scalar(select(func.count(self.modell.id)).where(*villkor)) or 0
