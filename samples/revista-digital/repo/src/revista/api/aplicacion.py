import uuid
from typing import Annotated

from fastapi import Depends, FastAPI
from sqlalchemy.ext.asyncio import AsyncSession

from revista.api.esquemas import PublicacionLectura, PublicacionPortada
from revista.bd import dar_sesion
from revista.repositorios.publicaciones import RepositorioPublicaciones

aplicacion = FastAPI(title="Revista digital")
Sesion = Annotated[AsyncSession, Depends(dar_sesion)]


@aplicacion.get("/usuarios/{usuario_id}/publicaciones", response_model=list[PublicacionLectura])
async def publicaciones_de_usuario(usuario_id: uuid.UUID, sesion: Sesion):
    return await RepositorioPublicaciones(sesion).de_usuario_con_comentarios(usuario_id)


@aplicacion.get("/portada", response_model=list[PublicacionPortada])
async def portada(sesion: Sesion, limite: int = 20, desde: int = 0):
    return await RepositorioPublicaciones(sesion).portada(limite, desde)
