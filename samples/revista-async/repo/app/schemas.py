from typing import List

from pydantic import BaseModel, ConfigDict


class ComentarioSaida(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: int
    texto: str


class MarcadorSaida(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    nome: str


class PostagemSaida(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: int
    titulo: str
    conteudo: str
    comentarios: List[ComentarioSaida] = []


class PostagemFeed(PostagemSaida):
    marcadores: List[MarcadorSaida] = []
