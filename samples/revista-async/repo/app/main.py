from typing import List

from fastapi import Depends, FastAPI
from sqlalchemy.ext.asyncio import AsyncSession

from app import services
from app.core.database import get_db
from app.schemas import PostagemFeed, PostagemSaida

app = FastAPI(title="Revista")


@app.get("/usuarios/{usuario_id}/postagens", response_model=List[PostagemSaida])
async def listar_postagens_do_usuario(usuario_id: int, db: AsyncSession = Depends(get_db)):
    return await services.postagens_do_usuario(db, usuario_id)


@app.get("/postagens", response_model=List[PostagemFeed])
async def listar_feed(limite: int = 20, db: AsyncSession = Depends(get_db)):
    return await services.feed(db, limite)
