from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI
from sqlalchemy.ext.asyncio import AsyncSession

from . import repositorio
from .db import Base, engine, get_session
from .schemas import PostOut


@asynccontextmanager
async def lifespan(app: FastAPI):
    async with engine.begin() as conn:
        await conn.run_sync(Base.metadata.create_all)
    yield


app = FastAPI(lifespan=lifespan)


@app.get("/usuarios/{usuario_id}/posts", response_model=list[PostOut])
async def posts_de_usuario(usuario_id: int, session: AsyncSession = Depends(get_session)):
    return await repositorio.posts_de_usuario(session, usuario_id)


@app.get("/posts", response_model=list[PostOut])
async def posts(session: AsyncSession = Depends(get_session)):
    return await repositorio.posts_sin_n_mas_1(session)
