from typing import Annotated

from fastapi import Depends, FastAPI, Query
from sqlalchemy.ext.asyncio import AsyncSession

from blogg.lager.anslutning import session
from blogg.lager.inlagg import InlaggForrad
from blogg.tjanst.inlagg import InlaggTjanst, InlaggVy

app = FastAPI(title="Blogg")


def tjanst(s: Annotated[AsyncSession, Depends(session)]) -> InlaggTjanst:
    return InlaggTjanst(InlaggForrad(s))


Tjanst = Annotated[InlaggTjanst, Depends(tjanst)]


@app.get("/skribenter/{skribent_id}/inlagg")
async def av_skribent(skribent_id: int, t: Tjanst, antal: Annotated[int, Query(le=100)] = 50) -> list[InlaggVy]:
    return await t.av_skribent(skribent_id, antal)


@app.get("/inlagg")
async def senaste(t: Tjanst, antal: Annotated[int, Query(le=100)] = 50) -> list[InlaggVy]:
    return await t.senaste(antal)
