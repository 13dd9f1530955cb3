from datetime import datetime

from pydantic import BaseModel, ConfigDict


class ComentarioOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: int
    texto: str


class PostOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: int
    titulo: str
    creado: datetime
    comentarios: list[ComentarioOut]
