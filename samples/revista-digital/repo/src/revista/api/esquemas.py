import uuid
from datetime import datetime

from pydantic import BaseModel, ConfigDict


class Lectura(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class ComentarioLectura(Lectura):
    id: uuid.UUID
    texto: str
    creado_en: datetime


class PublicacionLectura(Lectura):
    id: uuid.UUID
    titulo: str
    slug: str
    comentarios: list[ComentarioLectura]


class PersonaLectura(Lectura):
    nombre: str


class ComentarioFirmado(ComentarioLectura):
    autor: PersonaLectura


class EtiquetaLectura(Lectura):
    nombre: str


class PublicacionPortada(PublicacionLectura):
    autor: PersonaLectura
    etiquetas: list[EtiquetaLectura]
    comentarios: list[ComentarioFirmado]
